// Brochures that Chromium saves as PDF: the paper has its size, and the longest texts fit.
// brochures_paper_sv.mjs and brochures_paper_ar.mjs test whether decoders read their symbols.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { DPI, address, drawn, languages, printed, query, startPrinting } from '../support/print.mjs'

/** Millimetres of the paper when it is cut, and with bleed and marks; how many pages. */
const kinds = {
  poster: { size: [210, 297], whole: [229, 316], pages: 1 },
  flyer: { size: [148, 210], whole: [166.9, 228.9], pages: 1 },
  card: { size: [105, 148], whole: [124.2, 167.2], pages: 1 },
  folded: { size: [297, 210], whole: [316, 229], pages: 2 },
  stickers: { size: [210, 297], pages: 1 },
  'business-cards': { size: [210, 297], pages: 1 }
}

let printing, service, lead
before(async () => {
  printing = await startPrinting();
  ({ service, lead } = printing)
})
after(() => printing.stop())

/**
 * How near to a length Chromium's paper comes: it writes whole points, and of
 * them whole dots of 300 an inch, whatever the page asks for.
 */
const nearest = mm => Math.round(Math.round(mm / 25.4 * 72) / 72 * 300) / 300 * 25.4

/** How far apart the marks for the knife stand, in millimetres: across, and down. */
function marked ({ width, height, data }) {
  const near = Math.round(3 / 25.4 * DPI)
  const middle = (from, to, dark) => {
    let sum = 0; let weighted = 0
    for (let i = Math.round(from); i < to; i++) { sum += dark(i); weighted += i * dark(i) }
    return weighted / sum
  }
  const apart = (length, dark) => (middle(length / 2, length, dark) - middle(0, length / 2, dark)) / DPI * 25.4
  const dark = (x, y) => 255 - data[(y * width + x) * 4]
  return [apart(width, x => dark(x, near)), apart(height, y => dark(near, y))]
}

for (const [kind, { size, whole, pages }] of Object.entries(kinds)) {
  for (const language of languages) {
    test(`${kind}, ${language}: the PDF has the size of its paper`, async () => {
      const brochure = await printed(printing, kind, language)
      assert.equal(brochure.pages, pages)
      for (const got of brochure.sizes) {
        got.forEach((mm, i) => assert.ok(Math.abs(mm - size[i]) < .1 || Math.abs(mm - nearest(size[i])) < .005, `${mm} for ${size[i]}`))
      }
      assert.deepEqual(execFileSync('pdfimages', ['-list', brochure.file], { encoding: 'utf8' }).trim().split('\n').slice(2), [], 'a picture of dots')
    })
    if (whole) test(`${kind}, ${language}: with bleed and marks it is right to a tenth of a millimetre, also when cut`, async () => {
      const brochure = await printed(printing, kind, language, '&bleed=1')
      assert.equal(brochure.pages, pages)
      const right = (got, wanted) => got.forEach((mm, i) => assert.ok(Math.abs(mm - wanted[i]) < .1, `${mm} for ${wanted[i]}`))
      for (const got of brochure.sizes) right(got, whole)
      for (const page of drawn(brochure.file, pages)) right(marked(page), size)
    })
  }
}

for (const language of languages) {
  test(`${language}: under each symbol of each kind stands how its address begins`, async () => {
    const host = new URL(address).host
    const words = { sv: `Adressen ska börja på ${host}`, ar: `يجب أن يبدأ العنوان بـ ${host}` }[language]
    for (const [kind, count] of Object.entries({ poster: 1, flyer: 1, card: 1, folded: 2, stickers: 12, 'business-cards': 10 })) {
      await printed(printing, kind, language)
      assert.deepEqual(await lead.locator('.scannable').evaluateAll(all => all.map(one => one.lastElementChild.textContent.replace(/[\u2066-\u2069]/g, ''))), Array(count).fill(words), kind)
    }
  })
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
  const images = [...sheet.querySelectorAll('img, svg:not(.cut)')].map(node => {
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

describe('the longest allowed texts fit', () => {
  for (const language of languages) {
    for (const [i, write] of longest[language].entries()) {
      test(`${language}, ${write(20)}`, async () => {
        await word('folded', language, write)
        for (const kind of Object.keys(kinds)) {
          const { pages } = await printed(printing, kind, language)
          assert.equal(pages, kinds[kind].pages, `${kind}: more pages`)
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
      await lead.click('text="Använd våra förslag igen"')
      await lead.waitForURL('**notice=usual')
    }
    assert.equal(service.count('brochure_words'), 0)
  })
})
