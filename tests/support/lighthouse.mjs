// Lighthouse on a service behind nginx and TLS, in one Chromium.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import puppeteer from 'puppeteer-core'
import { chromiumStart } from './browser.mjs'
import { startNginx } from './nginx.mjs'
import { freePort, postOnly, right, startService } from './service.mjs'

/** A service, nginx and a browser; `url` is nginx's, and `strike` ends them all. */
export async function stage () {
  const ends = []
  const strike = async () => { for (const end of ends.reverse()) await end() }
  try {
    const port = await freePort()
    const url = `https://localhost:${port}`
    const folder = mkdtempSync(join(tmpdir(), 'egenremiss-nginx-'))
    ends.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }))
    const service = await startService({ env: { EGENREMISS_URL: url } })
    ends.push(service.stop)
    const nginx = await startNginx({ folder, upstream: `127.0.0.1:${service.port}`, port })
    ends.push(nginx.end)
    const browser = await puppeteer.launch({ ...chromiumStart, acceptInsecureCerts: true, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false })
    ends.push(() => browser.close())
    return { service, url, browser, strike }
  } catch (error) {
    await strike()
    throw error
  }
}

/** The public pages that Lighthouse looks at: those between a code's address and the end. */
export async function pages ({ service, url }) {
  const { headers } = await postOnly(`${service.url}/kristinehamn?lang=sv`, right.self)
  return {
    'the form in Swedish': `${url}/kristinehamn?lang=sv`,
    'the form in Arabic': `${url}/kristinehamn?lang=ar`,
    'the first page': `${url}/`,
    'the receipt': new URL(headers.get('location'), url).href
  }
}

/**
 * The score of each category, 0 to 100, as for a phone; `lost` says which audits cost points. `settings` are
 * Lighthouse's.
 */
export async function scores (browser, address, categories, settings) {
  const page = await browser.newPage()
  try {
    const { lhr } = await lighthouse(address, { onlyCategories: categories, logLevel: 'silent', disableFullPageScreenshot: true, ...settings }, undefined, page)
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`)
    const all = Object.values(lhr.categories)
    const lost = all.flatMap(({ auditRefs }) => auditRefs).filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => {
        const { title, displayValue, explanation, errorMessage, details } = lhr.audits[id]
        return [id, title, displayValue, explanation, errorMessage, details?.items?.length && JSON.stringify(details.items).slice(0, 400)].filter(Boolean).join(': ')
      })
    return { scores: Object.fromEntries(all.map(({ id, score }) => [id, Math.round(score * 100)])), lost }
  } finally { await page.close() }
}
