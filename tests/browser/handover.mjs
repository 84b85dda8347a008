// A case goes from one queue to another in Chromium, by keyboard, without script, on a phone:
// offered, read, accepted, shared and ended.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch, phones, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, sendCase } from '../support/staff.mjs'
import { text } from '../support/text.mjs'

let service, browser, sender, receiver, sent = 0
before(async () => {
  [service, browser] = await Promise.all([startService(), launch()])
  sender = addAccount(service, 'vera', 'coordinator', 'kristinehamn-kaa')
  receiver = addAccount(service, 'una', 'coordinator', 'karlstad-unga')
})
after(async () => { await browser.close(); await service.stop() })


const press = (page, selector) => new Keyboard(page).press(selector)
const unfold = (page, action) => new Keyboard(page).unfold(`form[action$="/${action}"]`)
const today = () => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format()

for (const kind of phones) {
  const { locale } = kind
  test(`a case is offered, accepted, shared and left: ${locale}`, async () => {
    const language = locale === 'ar' ? 'ar' : 'sv'
    const ref = await sendCase(service, { ...right.self, name: `Sasha ${++sent}` })
    const vera = await enter(browser, service, sender, kind)
    await vera.goto(`${service.url}/staff/case/${ref}`)
    await sound(vera, 'before the claim')
    await press(vera, 'form[action$="/claim"] button')
    await vera.waitForURL('**notice=claim')

    await unfold(vera, 'offer')
    await vera.selectOption('#offer-queue', 'karlstad-unga')
    await vera.fill('#offer-note', 'Ring efter tre.')
    await unfold(vera, 'share')
    await sound(vera, 'the forms')
    await press(vera, 'form[action$="/offer"] button')
    await vera.waitForURL('**notice=offer')
    await sound(vera, 'an offer that waits')

    const una = await enter(browser, service, receiver, kind)
    assert.ok(await una.locator(`a[href*="${ref}"]`).count() > 0, 'the offer is not in the list')
    await una.goto(`${service.url}/staff/case/${ref}`)
    const seen = await una.textContent('main')
    assert.ok(seen.includes('Ring efter tre.'))
    assert.ok(!seen.includes('Sasha'))
    await unfold(una, 'return')
    await sound(una, 'an offer to answer')
    await press(una, 'form[action$="/accept"] button')
    await una.waitForURL('**notice=accept')
    assert.match(await una.textContent('h1'), /Sasha/)

    await unfold(una, 'share')
    await una.selectOption('#share-queue', 'kristinehamn-kaa')
    await una.fill('#share-what', 'Namn och nummer')
    await una.fill('#share-day', today())
    await press(una, 'form[action$="/share"] button')
    await una.waitForURL('**notice=share')
    await sound(una, 'a case with a partner')

    await vera.goto(`${service.url}/staff/case/${ref}`)
    assert.ok((await vera.textContent('main')).includes(text(language, 'Ni deltar.')))
    await sound(vera, 'a case in which one takes part')
    await press(vera, 'form[action$="/unshare"] button')
    await vera.waitForURL('**/staff/queue?notice=unshare')

    await press(una, 'form[action$="/recuse"] button')
    await una.waitForURL('**/staff/queue?notice=recuse**')
    assert.equal(await una.locator(`a[href*="${ref}"]`).count(), 0)
    await una.context().close()
    await vera.context().close()
  })
}
