// Prints brochures as a lead does: Chromium saves each as PDF, and poppler draws it at 300 dpi.
// Code and address are fixed, so that each run has the same symbols.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { enter, launch } from './browser.mjs'
import { unpacked } from './paper.mjs'
import { startService } from './service.mjs'

export const languages = ['sv', 'ar']
export const DPI = 300
const dots = mm => mm / 25.4 * DPI
const host = 'https://ungdom.k.se'
const code = 'DSHEBM'
/** The address in each symbol. */
export const address = `${host}/q/${code}`.toUpperCase().replace(/^HTTPS?/, scheme => scheme.toLowerCase())

/** Starts a service with the code, and a lead's page at a desk. */
export async function startPrinting () {
  const [service, browser] = await Promise.all([startService({ env: { EGENREMISS_URL: host } }), launch()])
  service.change(`INSERT INTO codes (code, area, channel, place, created_at) VALUES ('${code}', '1781', 'health', 'Prov', 0)`)
  const lead = await enter(browser, service, service.lead, { width: 1280 })
  return { service, lead, stop: async () => { await browser.close(); await service.stop() } }
}

export const query = (kind, language, more = '') => `code=${code}&kind=${kind}&language=${language}${more}`

/** Saves a brochure as PDF in the browser; poppler tells its pages and their sizes in millimetres. */
export async function printed ({ service, lead }, kind, language, more = '') {
  const file = join(service.folder, `${kind}-${language}${more}.pdf`)
  await lead.goto(`${service.url}/staff/brochures/print?${query(kind, language, more)}`)
  await lead.pdf({ path: file, preferCSSPageSize: true })
  const said = execFileSync('pdfinfo', ['-l', '9', file], { encoding: 'utf8' })
  return {
    file,
    pages: Number(/^Pages: +(\d+)$/m.exec(said)[1]),
    sizes: [...said.matchAll(/size: +([\d.]+) x ([\d.]+) pts/g)].map(([, ...points]) => points.map(point => point / 72 * 25.4))
  }
}

/** Each page's pixels. */
export function drawn (file, pages) {
  execFileSync('pdftoppm', ['-r', String(DPI), file, file])
  return Array.from({ length: pages }, (_, i) => {
    const picture = `${file}-${i + 1}.ppm`
    const pixels = unpacked(readFileSync(picture))
    rmSync(picture)
    return pixels
  })
}

/** Where the symbols stand on each page that is laid out, in dots of its picture, with the white around them. */
export const places = async ({ lead }) => (await lead.evaluate(() => [...document.querySelectorAll('.page')].map(sheet => {
  const from = sheet.getBoundingClientRect()
  return [...sheet.querySelectorAll('.scannable img')].map(image => {
    const box = image.getBoundingClientRect()
    return { x: box.x - from.x, y: box.y - from.y, width: box.width, height: box.height }
  })
}))).map(page => page.map(box => Object.fromEntries(Object.entries(box).map(([side, pixels]) => [side, Math.round(dots(pixels / 96 * 25.4))]))))
