// Small screens and large letters: every public page, in Chromium, in every language.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../support/browser.mjs'
import { publicPages } from '../support/narrow.mjs'
import { discard, post, right, root, startService } from '../support/service.mjs'
import { reading, text } from '../support/text.mjs'

let service, browser, folder, pages
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'egenremiss-sms-'))
  const config = join(folder, 'service.conf')
  writeFileSync(config, readFileSync(join(root, 'conf/service.conf'), 'utf8').replaceAll('"../assets', `"${root}assets`).replace(/^sms\s*=[^]*?};$/m, '') +
    '\nsms = { url = "http://127.0.0.1:1/sms"; from = "+46701740699"; };\n')
  service = await startService({ config })
  browser = await launch()
  pages = await publicPages(service)
})
after(async () => { await browser?.close(); await service?.stop(); discard(folder) })

const languages = { sv: 'sv-SE', en: 'en', ar: 'ar' }

/** What reaches out of the screen; in `boxes` also text that runs out of its own. */
const outside = (page, boxes) => page.evaluate(boxes => {
  const shown = [...document.querySelectorAll('body *')].filter(node => node.checkVisibility() && !node.matches('.skip, .skip *, option'))
  const out = shown.filter(node => {
    const { left, right, width } = node.getBoundingClientRect()
    return width > 1 && (left < -0.5 || right > innerWidth + 0.5)
  })
  // Text that runs out of a button, a label or a field.
  const tight = shown.filter(node => boxes && node.matches('button, .button, label, legend, h1, h2, p, li, a, bdi') && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline')
  const wide = document.documentElement.scrollWidth - innerWidth
  return [...wide > 0 ? [`page: ${wide}`] : [], ...[...new Set([...out, ...tight])].map(node => `${node.outerHTML.slice(0, 80)}: ${node.scrollWidth} of ${node.clientWidth}`)]
}, boxes)

for (const [language, locale] of Object.entries(languages)) {
  describe(language, () => {
    for (const [percent, width] of [[200, 320], [200, 360], [300, 320]]) {
      test(`at ${percent} % text and ${width} pixels ${percent > 200 ? 'every public page scrolls only down' : 'nothing leaves its box on any public page'}`, async () => {
        const page = await open(browser, { locale, width, script: true })
        await page.setViewportSize({ width, height: 640 })
        const wrong = []
        for (const [path, html] of pages) {
          if (!html.includes(`<html lang="${language}"`)) continue
          await page.setContent(html.replace('</head>', `<style>html { font-size: ${percent * 1.125}% !important; }</style></head>`))
          assert.equal(await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), 18 * percent / 100)
          for (const who of ['', 'relative', 'professional']) {
            if (who && !await page.$(`[name=who][value=${who}]`)) continue
            if (who) await page.evaluate(who => { document.querySelector(`[name=who][value=${who}]`).checked = true; for (const details of document.querySelectorAll('details')) details.open = true }, who)
            for (const fault of await outside(page, percent <= 200)) wrong.push(`${path} ${who}: ${fault}`)
          }
        }
        assert.deepEqual(wrong, [])
        await page.context().close()
      })
    }
    for (const languagesShown of [3, 11]) {
      test(`at 360 × 640 the first question's first answer is on the first screen, with ${languagesShown} languages`, async () => {
        const page = await open(browser, { locale, script: true })
        await page.setViewportSize({ width: 360, height: 640 })
        for (const slug of ['kristinehamn', 'karlstad', 'arvika', 'hagfors']) {
          await page.goto(`${service.url}/${slug}?lang=${language}`)
          // The form shows three, and the others when they are asked for: as the page would have them.
          if (languagesShown > 3) {
            await page.evaluate(more => document.querySelector('.languages').insertAdjacentHTML('beforeend', `<details><summary>${more}</summary></details>`), text(language, 'Fler språk'))
          }
          assert.ok(await page.$('.demonstration'))
          const bottom = await page.evaluate(() => document.getElementById('who-self-label').getBoundingClientRect().bottom)
          assert.ok(bottom <= 640, `${slug}: ${bottom}`)
        }
        await page.context().close()
      })
    }
    test('the privacy page has headings, and its numbers and addresses are links', async () => {
      const html = await (await fetch(`${service.url}/kristinehamn/personuppgifter?lang=${language}`)).text()
      assert.ok([...html.matchAll(/<h2>/g)].length >= 6)
      const main = /<main>([^]*?)<aside/.exec(html)[1]
      assert.match(main, /<a href="https:\/\/www\.imy\.se"><bdi>www\.imy\.se<\/bdi><\/a>/)
      assert.match(main, /<a href="tel:\+4686576100"><bdi>08-657 61 00<\/bdi><\/a>/)
      assert.match(main, /<a href="tel:\+46701740610"><bdi>070-174 06 10<\/bdi><\/a>/)
      const plain = main.replace(/<a [^]*?<\/a>/g, '').replace(/<[^>]*>/g, '')
      assert.doesNotMatch(plain, /\d[\d -]{6,}|www\.|@/)
    })
    test('the statement is called Tillgänglighetsredogörelse', async () => {
      const name = text(language, 'Tillgänglighetsredogörelse')
      assert.ok(reading(await (await fetch(`${service.url}/kristinehamn?lang=${language}`)).text()).includes(name))
      const html = await (await fetch(`${service.url}/kristinehamn/tillganglighet?lang=${language}`)).text()
      assert.ok(html.includes(`<h1>${name}</h1>`))
    })
    test('"sms först" says from which number the text comes', async () => {
      const path = `${service.url}/kristinehamn?lang=${language}&send`
      const says = async fields => reading(await (await post(path, fields)).text()).includes(text(language, 'Det kommer från {number}.', { number: '070-174 06 99' }))
      for (const fields of Object.values(right)) {
        assert.equal(await says({ ...fields, contact: 'sms-first', name: language }), true)
        assert.equal(await says({ ...fields, contact: 'call', name: language }), false)
      }
    })
    test('Swedish names carry lang', async () => {
      const page = await open(browser, { locale, script: true })
      for (const path of ['/', '/kristinehamn', '/filipstad', '/kristinehamn/tack/x']) {
        await page.goto(`${service.url}${path}?lang=${language}`)
        const unsaid = await page.evaluate(() => {
          const names = ['Kristinehamn', 'Karlstad', 'Arvika', 'Hagfors', 'Filipstad', 'SOS Alarm', 'Självmordslinjen', 'Medborgarkontoret']
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          const found = []
          for (let node; (node = walker.nextNode());) {
            if (names.some(name => node.data.includes(name)) && node.parentElement.closest('[lang]').lang !== 'sv') found.push(node.data.trim())
          }
          return found
        })
        assert.deepEqual(unsaid, [], path)
      }
      await page.context().close()
    })
  })
}

test('the contact card holds both numbers', async () => {
  const card = await (await fetch(`${service.url}/nummer/kristinehamn-kaa.vcf`)).text()
  assert.deepEqual([...card.matchAll(/^TEL;TYPE=([A-Z,]+):(.*)\r$/mg)].map(([, kind, number]) => [kind, number]), [['WORK,VOICE', '+46701740611'], ['CELL,TEXT', '+46701740699']])
  assert.match(card, /\r\nEND:VCARD\r\n$/)
})

for (const path of ['/kristinehamn', '/filipstad']) {
  test(`dark mode's button stands out at ${path}: 3:1 against the page at its edge`, async () => {
    const page = await open(browser, { dark: true, script: true })
    await page.goto(service.url + path)
    const ratio = await page.evaluate(() => {
      const light = colour => colour.match(/[\d.]+/g).slice(0, 3).map(n => { const c = n / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
      const button = getComputedStyle(document.querySelector('.answers > button, main > .button'))
      const [a, b] = [light(button.borderTopColor), light(getComputedStyle(document.documentElement).backgroundColor)].sort((a, b) => b - a)
      return (a + 0.05) / (b + 0.05)
    })
    assert.ok(ratio >= 3, String(ratio))
    await page.context().close()
  })
}
