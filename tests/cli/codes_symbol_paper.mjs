// Two independent decoders must read every printed symbol, also when it is blurred, tilted,
// faded and stained. Codes and addresses are fixed, so that each run has the same symbols. The
// test prints the results as a table: make test T=codes_symbol_paper.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { blot, blur, faded, papers, perspective, pixelsOf } from '../support/paper.mjs'
import { asItIs, qr, read } from '../support/scan.mjs'
import { command, root } from '../support/service.mjs'

const folder = mkdtempSync(join(tmpdir(), 'egenremiss-paper-'))
const config = join(root, 'conf/service.conf')
after(() => rmSync(folder, { recursive: true }))

const run = (url, ...words) => execFileSync(command, [...words, '--data', folder, '--config', config],
  { env: { PATH: process.env.PATH, EGENREMISS_URL: url }, encoding: 'utf8', stdio: 'pipe' })

// A short address and a long one: at Q and H 29 modules, and 33.
const symbols = [
  ['https://ungdom.k.se', 'DSHEBM', 'Q', 29], ['https://ungdom.k.se', '4M0Z6A', 'H', 29],
  ['https://egenremiss.kristinehamn.se', 'DSHEBM', 'Q', 33], ['https://egenremiss.kristinehamn.se', '4M0Z6A', 'H', 33]
].map(([url, code, level, size]) => ({ url, code, level, size, text: `${url}/Q/${code}`.toUpperCase().replace(/^HTTPS?/, scheme => scheme.toLowerCase()) }))

before(() => {
  run('https://ungdom.k.se', 'init', '--demo')
  for (const code of new Set(symbols.map(({ code }) => code))) {
    execFileSync('sqlite3', [join(folder, 'egenremiss.db'), `INSERT INTO codes (code, area, channel, place, created_at)
      VALUES ('${code}', '1781', 'health', 'Prov', 0) ON CONFLICT DO NOTHING`])
  }
})

/** Draws it 30 mm wide, as its file says. */
function draw ({ url, code, level }, ending) {
  const file = join(folder, `${code}-${level}.${ending}`)
  run(url, 'qr', code, '-o', file, '--level', level, '--mm', '30')
  return file
}

/** Where its modules lie in the picture, by the upper left finder pattern, which is seven wide. */
function gridOf (pixels, size) {
  const black = (x, y) => pixels.data[(y * pixels.width + x) * 4] < 128
  const start = [...Array(pixels.width).keys()].find(i => black(i, i))
  const seven = [...Array(pixels.width).keys()].find(i => !black(start + i, start))
  return { start, scale: seven / 7, size }
}

/** Whether a picture is dark in the middle of a module. */
function dark (pixels, { start, scale }, column, row) {
  const [x, y] = [column, row].map(at => start + at * scale + (scale >> 1))
  return pixels.data[(y * pixels.width + x) * 4] < 128
}

// A printed table, a line a distortion, a column a symbol: where each decoder had to be to read it.
const table = new Map()
function shown (reading, { text: right }) {
  if (reading?.text !== right) return reading === null ? '-' : 'WRONG'
  const { times, turns } = reading.frame
  return asItIs(reading) ? 'yes' : `x${times.toFixed(2)}/${turns * 90}°`
}
function note (what, symbol, cells) {
  if (!table.has(what)) table.set(what, new Map())
  table.get(what).set(symbol, cells)
}
after(() => {
  const column = text => text.padEnd(22)
  console.log('zbar and qr: yes, as it is; x1.50/90°, that much nearer by and so much turned; -, in no frame')
  console.log(''.padEnd(40) + symbols.map(({ level, size }) => column(`${level}, ${size} wide`)).join(''))
  for (const [what, cells] of table) console.log(what.padEnd(40) + symbols.map(symbol => column(cells.get(symbol)?.join(' ') ?? '')).join(''))
})

/** Both read it. */
async function look (what, symbol, pixels) {
  const [found] = await read([pixels])
  note(what, symbol, ['zbar', 'qr'].map(name => shown(found[name], symbol)))
  for (const name of ['zbar', 'qr']) assert.equal(found[name]?.text, symbol.text, `${name}: ${what}`)
}

const inks = { ink: [0, 0, 0], coffee: [120, 80, 40], 'worn off': [255, 255, 255] }

/** Round places for a blot of that radius, in modules, which keep off the finder patterns. */
function placesOf (size, radius) {
  const [near, far, middle] = [radius, size - radius, size / 2]
  const alignment = size - 6.5
  const all = {
    'in the middle': [middle, middle], above: [middle, near], below: [middle, far], left: [near, middle], right: [far, middle],
    'on the alignment pattern': [far, far].map(at => Math.min(at, alignment))
  }
  return Object.entries(all).map(([name, [x, y]]) => {
    const finders = [[3.5, 3.5], [size - 3.5, 3.5], [3.5, size - 3.5]]
    for (const [fx, fy] of finders) assert.ok(Math.hypot(Math.max(Math.abs(x - fx) - 3.5, 0), Math.max(Math.abs(y - fy) - 3.5, 0)) >= radius, `${name} touches a finder pattern`)
    return { name, x, y }
  })
}

for (const symbol of symbols) {
  const { level, size, text } = symbol
  describe(`${text}, level ${level}`, () => {
    let pixels, grid
    before(() => {
      pixels = pixelsOf(draw(symbol, 'png'))
      grid = gridOf(pixels, size)
    })

    test('the plain symbol is in alphanumeric mode but for the scheme', async () => {
      // In any other mode it would be larger.
      assert.deepEqual(qr(pixels), { text, size })
      await look('plain', symbol, pixels)
    })
    test('the EPS is readable as Ghostscript draws it', async () => {
      const drawn = join(folder, 'eps.png')
      execFileSync('gs', ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=png16m', '-r300', '-dEPSCrop', `-sOutputFile=${drawn}`, draw(symbol, 'eps')], { stdio: 'pipe' })
      const print = pixelsOf(drawn)
      // 30 mm are 354.3 dots.
      assert.deepEqual([print.width, print.height], [354, 354])
      const point = at => Math.floor((at + 4.5) * 354.33 / (size + 8))
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) assert.equal(print.data[(point(row) * 354 + point(column)) * 4] < 128, dark(pixels, grid, column, row), `${column},${row}`)
      }
      await look('EPS by Ghostscript', symbol, print)
    })
    test('the symbol is readable when it is blurred by half a module', () => look('blur, sigma half a module', symbol, blur(pixels, grid.scale / 2)))
    for (const [degrees, axis] of [[10, 0], [-10, 45], [10, 90], [-10, 135]]) {
      test(`turned by ${degrees} degrees about an axis at ${axis}`, () => look(`${degrees} degrees about ${axis}`, symbol, perspective(pixels, degrees, axis)))
    }
    for (const [name, paper] of Object.entries(papers)) {
      test(`grey on ${name} paper`, () => look(`contrast 0.5 on ${name}`, symbol, faded(pixels, 0.5, paper)))
    }

    const share = { Q: 0.08, H: 0.15 }[level]
    const radius = Math.sqrt(share * size ** 2 / Math.PI)
    for (const { name, x, y } of placesOf(size, radius)) {
      test(`with a blot ${name} over ${share * 100} % of it`, async () => {
        for (const [ink, colour] of Object.entries(inks)) {
          const stained = blot(pixels, { x: grid.start + x * grid.scale, y: grid.start + y * grid.scale, radius: radius * grid.scale, colour })
          await look(`${share * 100} % ${ink} ${name}`, symbol, stained)
        }
      })
    }
  })
}
