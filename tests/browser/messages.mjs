// A text from a case, and the choice of mails, on a phone 360 pixels wide, in Swedish and
// Arabic, without script.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phones, signIn, sound } from '../support/browser.mjs'
import { Outbox } from '../support/outbox.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, sendCase } from '../support/staff.mjs'

let service, browser
before(async () => {
  [service, browser] = await Promise.all([startService({ clock: '2027-01-11T10:00+01:00' }), launch()])
  assert.equal(await new Outbox(service).once(), 0)
})
after(async () => { await browser.close(); await service.stop() })

for (const kind of phones) {
  const { locale } = kind
  test(`a coordinator sends a text from a case: ${locale}`, async () => {
    const page = await open(browser, kind)
    await signIn(page, service)
    const ref = await sendCase(service, { ...right.self, name: `Sasha ${locale}`, contact: 'sms-first', speak: locale === 'ar' ? 'ar' : 'sv' })
    await page.goto(`${service.url}/staff/case/${ref}`)
    await page.click('form[action$="/claim"] button')
    await page.waitForURL(`**/staff/case/${ref}?notice=claim`)
    await page.click('.call a[href$="/text"]')
    await sound(page, 'a text before it is sent')
    await page.click('button[value=tried]')
    assert.match(await page.inputValue('#text'), /070-174 06 11/)
    await page.fill('#text', 'a'.repeat(1000))
    await page.click('button[value=send]')
    await sound(page, 'a text that is too long')
    assert.equal((await page.inputValue('#text')).length, 1000)
    await page.fill('#text', 'Hej! Vi ringer dig i morgon.')
    await page.click('button[value=count]')
    await page.click('button[value=send]')
    await page.waitForURL('**/staff/queue?notice=texted**')
    assert.equal(service.sql("SELECT state FROM messages WHERE way = 'text' ORDER BY number DESC LIMIT 1")[0].state, 'queued')
    await page.goto(`${service.url}/staff/case/${ref}`)
    await sound(page, 'a case with a text on its way')
    await page.click('form[action$="/claim"] button')
    await page.click('.call a[href$="/text"]')
    await page.click('button[value=soon]')
    await sound(page, 'a text before a call')
    await page.click('button[value=send]')
    await page.waitForURL('**notice=announced')
    await page.goto(`${service.url}/staff/queue`)
    await sound(page, 'Today, with a call that was announced')
    assert.equal(await page.locator('#live section').first().getAttribute('id'), 'group-soon')
    assert.equal(await page.locator(`#group-soon #row-case-${ref}`).count(), 1)
    await page.context().close()
  })

  test(`a colleague chooses mails: ${locale}`, async () => {
    const page = await open(browser, kind)
    await signIn(page, service)
    await page.click('footer a[href="/staff/notices"]')
    await sound(page, 'notices')
    await page.fill('#address', 'anna@kommun')
    await page.uncheck('[name=kind-overdue]')
    await page.click('main button')
    await page.waitForURL('**/staff/notices?notice=notices')
    assert.ok(!(await page.isChecked('[name=kind-overdue]')))
    await page.check('[name=kind-overdue]')
    await page.click('main button')
    await page.context().close()
  })
}

test('the lead sees an unsent message and sends it again', async () => {
  service.change("UPDATE messages SET state = 'failed', reason = 'refused' WHERE state = 'queued' AND way = 'text'")
  for (const locale of ['sv-SE', 'ar']) {
    const page = await open(browser, { locale })
    await signIn(page, service, locale === 'ar' ? addAccount(service, 'lena', 'lead', 'kristinehamn-kaa') : service.lead)
    await page.goto(`${service.url}/staff/overview`)
    await sound(page, 'messages that were not sent')
    await page.locator('form[action$="/resend"] button').first().click()
    await page.waitForURL('**/staff/overview?notice=resend')
    await page.context().close()
  }
})
