// A coordinator writes down a call during the call, by keyboard alone, on a phone and at a desk,
// without script.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch, phones, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { startService } from '../support/service.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

/** Whether a relative and a professional see their questions. */
const seen = page => Promise.all(['#knows', '#workplace'].map(field => page.isVisible(field)))

for (const kind of phones) {
  const { locale } = kind
  test(`a coordinator writes down a call and claims it: ${locale}`, async () => {
    const page = await enter(browser, service, service, kind)
    const keyboard = new Keyboard(page)
    await keyboard.press('a[href="/staff/new"]')
    await page.waitForURL('**/staff/new')
    await sound(page, 'nothing written yet')
    await keyboard.press('main form button')
    await page.waitForSelector('[role=alert]')
    await sound(page, 'what is missing')
    assert.equal(await page.locator('[aria-invalid]').count(), 7)
    await keyboard.choose('#way', 'phone')
    assert.deepEqual(await seen(page), [false, false], 'nobody is asked what others are')
    await keyboard.choose('#who', 'professional')
    assert.deepEqual(await seen(page), [false, true])
    await keyboard.choose('#who', 'relative')
    assert.deepEqual(await seen(page), [true, false])
    await keyboard.choose('#who', 'self')
    assert.deepEqual(await seen(page), [false, false])
    await keyboard.write('#name', `Robin ${locale}`)
    await keyboard.write('#phone', '0701740605')
    await keyboard.choose('#age', '18-19')
    await keyboard.choose('#area', '1781')
    await keyboard.choose('#contact', 'call')
    await keyboard.write('#message', 'Vill börja läsa igen.')
    await keyboard.press('#take', 'Space')
    await keyboard.press('main form button')
    await page.waitForURL('**notice=taken')
    assert.match(await page.textContent('h1'), /Robin/)
    await sound(page, 'the case')
    await page.context().close()
  })
}
