// An absence in Chromium, without script: a coordinator on a phone names a deputy, the deputy
// works on the cases, and the lead removes the deputy.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phones, signIn, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, sendCase } from '../support/staff.mjs'
import { text } from '../support/text.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format()

/** Folds out what holds that field, and waits for it. */
async function unfold (page, field) {
  await page.locator(`details:has(${field}) > summary`).click()
  await page.locator(field).waitFor()
}

for (const kind of phones) {
  const { locale } = kind
  test(`a coordinator is away with a deputy, and returns: ${locale}`, async () => {
    const language = locale.slice(0, 2), says = (swedish, holes) => text(language, swedish, holes)
    const vera = addAccount(service, `vera-${language}`, 'coordinator', 'kristinehamn-kaa')
    const olle = addAccount(service, `olle-${language}`, 'coordinator', 'kristinehamn-kaa')
    const [hers, his, lead] = await Promise.all([vera, olle, service.lead].map(async account => {
      const page = await open(browser, kind)
      await signIn(page, service, account)
      return page
    }))
    const ref = await sendCase(service, { ...right.self, name: `Robin ${locale}` })
    await hers.goto(`${service.url}/staff/case/${ref}`)
    await hers.click('form[action$="/claim"] button')
    await hers.click('form[action*="/attempt"] button[value=reached]')

    await hers.goto(`${service.url}/staff/absence`)
    await unfold(hers, '#from-me')
    assert.equal(await hers.inputValue('#from-me'), today)
    await sound(hers, 'my absence, to be registered')
    // Her own computer's check of the form is not what stops her.
    await hers.fill('#to-me', '2020-01-01')
    await hers.selectOption('#deputy-me', olle.user)
    await hers.click('form[action="/staff/absence"] button')
    assert.equal(await hers.inputValue('#to-me'), '2020-01-01', 'what was typed is lost')
    assert.equal(await hers.inputValue('#deputy-me'), olle.user, 'who was chosen is lost')
    await sound(hers, 'my absence, refused')
    await hers.fill('#to-me', '')
    await hers.click('form[action="/staff/absence"] button')
    await hers.waitForURL('**/staff/absence?notice=away')
    await sound(hers, 'my absence')

    await his.goto(`${service.url}/staff/queue`)
    const row = his.locator(`#row-case-${ref}`)
    const name = `${vera.user[0].toUpperCase()}${vera.user.slice(1)} Prov`
    assert.match(await row.innerText(), new RegExp(says('i stället för {who}', { who: name })))
    await sound(his, 'Today of the deputy')
    await row.locator('.title a').click()
    await sound(his, 'her case, the deputy’s to do')
    await his.click('form[action*="/attempt"] button[value=no-answer]')
    assert.match(await his.locator('.trail').last().innerText(), new RegExp(says('i stället för {who}', { who: name })))

    await lead.goto(`${service.url}/staff/absence`)
    await unfold(lead, `#deputy-${vera.user}`)
    await sound(lead, 'colleagues, one away')
    await lead.selectOption(`#deputy-${vera.user}`, '')
    await lead.locator(`form:has(#deputy-${vera.user}) button`).click()
    await lead.waitForURL('**/staff/absence?notice=away')
    await lead.goto(`${service.url}/staff/overview`)
    assert.ok((await lead.locator('main').innerText()).includes(says('Ingen ersätter')))
    await sound(lead, 'the overview with a gap')
    await his.goto(`${service.url}/staff/queue`)
    await row.locator('form button').click()
    assert.equal(await his.locator('h1').innerText(), `Robin ${locale}`)

    await hers.goto(`${service.url}/staff/absence`)
    await hers.click('form[action="/staff/absence/end"] button')
    await hers.waitForURL('**/staff/absence?notice=back')
    assert.equal(await hers.locator('form[action="/staff/absence/end"]').count(), 0)
    for (const page of [hers, his, lead]) await page.context().close()
  })
}
