// Prints every brochure in one language, then blurs, tilts, fades and stains it. Two independent
// decoders must read every symbol. The test prints the results as a table: make test
// T="brochures_paper_sv brochures_paper_ar".
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { blot, blur, cut, faded, papers, perspective } from './paper.mjs'
import { address, drawn, places, printed, startPrinting } from './print.mjs'
import { asItIs, qr, read } from './scan.mjs'

/** How many symbols each page has. */
const kinds = { poster: [1], flyer: [1], card: [1], folded: [1, 1], stickers: [12], 'business-cards': [10] }
const QUIET = 4 // modules of white around a symbol
const STAINED = 0.08 // of a symbol at Q, as brochures have it

/** Places of blots beside the finder patterns: in the middle, at each edge, and over the alignment pattern. */
function stained (pixels, size, scale) {
  const radius = Math.sqrt(STAINED * size ** 2 / Math.PI)
  const [near, middle, far] = [radius, size / 2, size - radius]
  const spots = { middle: [middle, middle], above: [middle, near], below: [middle, far], left: [near, middle], right: [far, middle], corner: [far, far] }
  return Object.entries(spots).map(([name, [x, y]]) =>
    [`blot, ${name}`, blot(pixels, { x: (x + QUIET) * scale, y: (y + QUIET) * scale, radius: radius * scale })])
}

/** The symbol as it was printed, and after each kind of damage. */
function hardships (pixels) {
  const { size } = qr(pixels)
  const scale = pixels.width / (size + 2 * QUIET)
  return [
    ['plain', pixels], ['blurred', blur(pixels, scale / 2)],
    ['10° upright', perspective(pixels, 10, 90)], ['10° aslant', perspective(pixels, -10, 45)],
    ...Object.entries(papers).map(([name, paper]) => [`on ${name}`, faded(pixels, 0.5, paper)]),
    ...stained(pixels, size, scale)
  ]
}

/** The results of one decoder for all symbols of a page, for half a cell of the table. */
function counted (readings) {
  const right = readings.filter(reading => reading?.text === address)
  return `${right.length}/${readings.length}${right.every(asItIs) ? '' : '*'}`
}

/** Makes the tests of one language. */
export function onPaper (language) {
  let printing
  /** A table with a line for each kind of damage and a column for each page. */
  const table = new Map()
  before(async () => { printing = await startPrinting() })
  after(async () => {
    const line = (first, cells) => console.log(first.padEnd(14) + cells.map(cell => cell.padStart(17)).join(''))
    console.log("Of each page's symbols zbar and qr read so many; * some of them nearer by, farther off or turned.")
    line(language, [...table.keys()])
    for (const what of [...table.values()][0]?.keys() ?? []) line(what, [...table.values()].map(cells => cells.get(what)))
    await printing.stop()
  })

  for (const [kind, symbols] of Object.entries(kinds)) {
    test(`${kind}, ${language}: both decoders read every symbol, also a damaged one`, async () => {
      const { file, pages } = await printed(printing, kind, language)
      const where = await places(printing)
      assert.deepEqual(where.map(page => page.length), symbols)
      const missed = []
      for (const [number, page] of drawn(file, pages).entries()) {
        const tried = where[number].flatMap((place, i) => hardships(cut(page, place)).map(([what, pixels]) => ({ what, i, pixels })))
        const found = await read(tried.map(({ pixels }) => pixels))
        found.forEach((reading, i) => Object.assign(tried[i], reading))
        const cells = [...new Set(tried.map(({ what }) => what))].map(name => {
          const same = tried.filter(({ what }) => what === name)
          return [name, `${counted(same.map(({ zbar }) => zbar))} ${counted(same.map(({ qr }) => qr))}`]
        })
        table.set(pages === 1 ? kind : `${kind} ${number + 1}`, new Map(cells))
        missed.push(...tried.filter(({ zbar, qr }) => [zbar, qr].some(reading => reading?.text !== address)).map(({ what, i }) => `page ${number + 1}, symbol ${i + 1}: ${what}`))
      }
      assert.deepEqual(missed, [])
    })
  }
}
