// Brochures: Chromium saves each as PDF, the paper has its size, poppler draws
// it at 300 dpi, and two decoders that know nothing of us read every symbol.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { cut, pixelsOf, read } from '../support/paper.mjs'
import { address, drawn, languages, places, printed, query, startPrinting } from '../support/print.mjs'

/** Millimetres of the paper when it is cut, and with bleed and marks; how many symbols each page has. */
const kinds = {
  poster: { size: [210, 297], whole: [229, 316], symbols: [1] },
  flyer: { size: [148, 210], whole: [166.9, 228.9], symbols: [1] },
  card: { size: [105, 148], whole: [124.2, 167.2], symbols: [1] },
  folded: { size: [297, 210], whole: [316, 229], symbols: [1, 1] },
  stickers: { size: [210, 297], symbols: [12] },
  'business-cards': { size: [210, 297], symbols: [10] }
}

let printing, service, lead
before(async () => {
  printing = await startPrinting();
  ({ service, lead } = printing)
})
after(() => printing.stop())

for (const [kind, { size, whole, symbols }] of Object.entries(kinds)) {
  for (const language of languages) {
    test(`${kind}, ${language}: on its paper, and every symbol read by both`, async () => {
      const { file, pages, sizes } = await printed(printing, kind, language)
      assert.equal(pages, symbols.length)
      // Chromium writes a page in whole points: nearer than half of one it cannot come.
      for (const got of sizes) got.forEach((mm, i) => assert.ok(Math.abs(mm - size[i]) <= 25.4 / 72 / 2 + .01, `${mm} for ${size[i]}`))
      assert.deepEqual(execFileSync('pdfimages', ['-list', file], { encoding: 'utf8' }).trim().split('\n').slice(2), [], 'a picture of dots')
      const where = await places(printing)
      drawn(file, pages).forEach((picture, i) => {
        assert.equal(where[i].length, symbols[i])
        const pixels = pixelsOf(picture)
        for (const place of where[i]) {
          const { zbar, jsqr } = read(cut(pixels, place))
          assert.deepEqual([zbar, jsqr], [address, address], `${i}: ${place.x},${place.y}`)
        }
      })
    })
    if (whole) test(`${kind}, ${language}: with bleed and marks it is right to a tenth of a millimetre`, async () => {
      const { pages, sizes } = await printed(printing, kind, language, '&bleed=1')
      assert.equal(pages, symbols.length)
      for (const got of sizes) got.forEach((mm, i) => assert.ok(Math.abs(mm - whole[i]) < .1, `${mm} for ${whole[i]}`))
    })
  }
}

/** Words that reach each limit: in capitals, which are wide; of one word that never ends, and usual ones. */
const longest = {
  sv: [most => 'MÖJLIGHETER '.repeat(30).slice(0, most - 1) + 'X', most => 'ungdomssamordnarverksamheten'.repeat(9).slice(0, most), most => 'Samordnarna hör av sig snart. '.repeat(20).slice(0, most - 1) + 'x'],
  ar: [most => 'المستقبل أمامكم '.repeat(30).slice(0, most - 1) + 'م', most => 'والمستقبلكم'.repeat(30).slice(0, most)]
}

/**
 * What of the pages' text leaves its box or lies upon other text or a symbol.
 * A line's own box is higher than its letters: a sixth above and below is air.
 */
const spilled = page => page.evaluate(() => [...document.querySelectorAll('.page')].flatMap((sheet, number) => {
  const lines = [...sheet.querySelectorAll('p, h2')].filter(node => !node.matches('.unreal')).flatMap(node => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter(box => box.width > 0).map(box => ({
      node, name: `${number} ${node.className || node.textContent.slice(0, 20)}`,
      left: box.left, right: box.right, top: box.top + box.height / 6, bottom: box.bottom - box.height / 6
    }))
  })
  const images = [...sheet.querySelectorAll('img, svg')].map(node => {
    const { left, right, top, bottom } = node.getBoundingClientRect()
    return { node, name: `${number} image`, left, right, top, bottom }
  })
  const out = [...lines, ...images].filter(box => {
    const around = box.node.closest('.sticker, .business-card, .panel, .talk, .answer, .paper').getBoundingClientRect()
    return box.left < around.left - .5 || box.right > around.right + .5 || box.top < around.top - .5 || box.bottom > around.bottom + .5
  }).map(box => `${box.name} leaves its box`)
  const upon = lines.flatMap((line, i) => [...lines.slice(i + 1), ...images].filter(other => other.node !== line.node && !other.node.contains(line.node) &&
    Math.min(line.right, other.right) - Math.max(line.left, other.left) > .5 && Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top) > .5)
    .map(other => `${line.name} lies upon ${other.name}`))
  return [...new Set([...out, ...upon])]
}))

/** Words every field that a kind has, and saves. */
async function word (kind, language, write) {
  await lead.goto(`${service.url}/staff/brochures?${query(kind, language)}`)
  for (const field of await lead.locator('[name^=words-]').all()) await field.fill(write(Number(await field.getAttribute('maxlength'))))
  await lead.click('text="Spara orden"')
  await lead.waitForURL('**notice=worded')
}

describe('the longest words that are let in fit', () => {
  for (const language of languages) {
    for (const [i, write] of longest[language].entries()) {
      test(`${language}, ${write(20)}`, async () => {
        await word('folded', language, write)
        for (const kind of Object.keys(kinds)) {
          const { pages } = await printed(printing, kind, language)
          assert.equal(pages, kinds[kind].symbols.length, `${kind}: more pages`)
          await lead.emulateMedia({ media: 'print' })
          const found = await spilled(lead)
          await lead.emulateMedia({ media: null })
          assert.deepEqual(found, [], `${kind} ${i}`)
        }
      })
    }
  }
  after(async () => {
    for (const language of languages) {
      await lead.goto(`${service.url}/staff/brochures?${query('folded', language)}`)
      await lead.click('text="Ta tillbaka våra förslag"')
      await lead.waitForURL('**notice=usual')
    }
    assert.equal(service.count('brochure_words'), 0)
  })
})
