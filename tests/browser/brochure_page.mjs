// The page on which a lead chooses a brochure and words it, without script.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { startService } from '../support/service.mjs'

const kinds = ['poster', 'flyer', 'card', 'folded', 'stickers', 'business-cards']
let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const signIn = kind => enter(browser, service, service.lead, kind)
const address = (kind, language) => `${service.url}/staff/brochures?code=${service.codes.kristinehamn}&kind=${kind}&language=${language}`

for (const [locale, width] of [['sv-SE', 360], ['ar', 360], ['sv-SE', 1280], ['ar', 1280]]) {
  test(`every brochure, seen before it is printed: ${locale}, ${width} pixels`, async () => {
    const page = await signIn({ locale, width })
    for (const kind of kinds) {
      await page.goto(address(kind, locale.slice(0, 2)))
      await sound(page, kind)
    }
    await page.context().close()
  })
}

test('words are typed, saved, shown and taken back, by keyboard alone', async () => {
  const page = await signIn({ width: 360 })
  const keyboard = new Keyboard(page)
  await page.goto(address('flyer', 'sv'))
  const usual = await page.inputValue('[name=words-heading]')
  await keyboard.reach('[name=words-heading]')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('<b>Ring</b> & prata')
  await keyboard.press('form[action="/staff/brochures"] .call button:not([name])')
  await page.waitForURL('**notice=worded')
  assert.ok((await page.locator('.preview').innerText()).includes('<b>Ring</b> & prata'))
  assert.equal(await page.locator('.preview b').count(), 0)
  // Another kind of paper has the same words, another language its own.
  await page.goto(address('poster', 'sv'))
  assert.equal(await page.inputValue('[name=words-heading]'), '<b>Ring</b> & prata')
  await page.goto(address('poster', 'en'))
  assert.notEqual(await page.inputValue('[name=words-heading]'), '<b>Ring</b> & prata')
  await page.goto(address('flyer', 'sv'))
  await keyboard.press('[name=usual]')
  await page.waitForURL('**notice=usual')
  assert.equal(await page.inputValue('[name=words-heading]'), usual)
  assert.equal(service.count('brochure_words'), 0)
  await page.context().close()
})

test('words that are too long are refused, and not lost', async () => {
  const page = await signIn({ width: 1280 })
  await page.goto(address('flyer', 'sv'))
  const field = page.locator('[name=words-heading]')
  const long = 'Lång rubrik '.repeat(20).trim()
  await field.evaluate(node => node.removeAttribute('maxlength'))
  await field.fill(long)
  await page.locator('form[action="/staff/brochures"] .call button:not([name])').click()
  await page.waitForSelector('.faults')
  assert.equal(await field.inputValue(), long)
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  assert.equal(service.count('brochure_words'), 0)
  await sound(page, 'refused')
  await page.context().close()
})
