// The search for a person, and duplicates with the same telephone number: on a phone and by
// keyboard, in Swedish and Arabic.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { sendCase } from '../support/staff.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const signedIn = kind => enter(browser, service, service, kind)

/** Tab until that has the focus. */
async function reach (page, selector) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(selector => document.activeElement?.matches(selector), selector)) return
  }
  assert.fail(`${selector} cannot be reached by keyboard`)
}

for (const kind of [{ locale: 'sv-SE' }, { locale: 'ar' }, { locale: 'sv-SE', width: 1280, dark: true }]) {
  test(`a coordinator searches a person: ${kind.locale}, ${kind.width ?? 360} pixels`, async () => {
    const ref = await sendCase(service, { ...right.self, name: `Östen Långtnamnsson-af-Ugglas ${kind.locale} ${kind.width}` })
    const page = await signedIn(kind)
    await page.goto(`${service.url}/staff/queue`)
    await reach(page, '#find')
    await page.keyboard.type('östen')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#hits')
    assert.match(page.url(), /\/staff\/answer\/[0-9A-Z]{13}$/, 'what was typed is in the address')
    assert.equal(await page.inputValue('#find'), 'östen')
    await sound(page, 'hits')
    await page.fill('#find', 'Ingen Sådan')
    await page.click('.search button')
    await page.waitForSelector('#told')
    await sound(page, 'nothing found')
    await page.fill('#find', ref)
    await page.click('.search button')
    await page.waitForSelector('#hits')
    await page.click('.rows h3 a')
    await page.waitForURL(`**/staff/case/${ref}`)
    await page.context().close()
  })
}

for (const kind of [{ locale: 'sv-SE' }, { locale: 'ar' }]) {
  test(`a coordinator links cases with the same number: ${kind.locale}`, async () => {
    const phone = kind.locale === 'ar' ? '070-174 06 41' : '070-174 06 42'
    const [one, two, ref] = [await sendCase(service, { ...right.self, name: 'Ett', phone }), await sendCase(service, { ...right.self, name: 'Två', phone }), await sendCase(service, { ...right.self, name: 'Tre', phone })]
    const page = await signedIn(kind)
    await page.goto(`${service.url}/staff/case/${ref}`)
    await page.click('form[action$="/claim"] button')
    await page.waitForSelector('#repeats')
    await sound(page, 'likely repeats')
    await page.locator('.repeat', { hasText: one }).locator('button[value=same]').click()
    await page.waitForURL('**notice=link')
    await page.locator('.repeat', { hasText: one }).locator('button[value=unlink]').click()
    await page.waitForURL('**notice=unlink')
    await page.locator('.repeat', { hasText: one }).locator('button[value=same]').click()
    await page.waitForURL('**notice=link')
    await page.locator('.repeat', { hasText: two }).locator('button[value=apart]').click()
    await page.waitForURL('**notice=apart')
    assert.equal(await page.locator('.repeat').count(), 1)
    await sound(page, 'linked')
    await page.context().close()
  })
}
