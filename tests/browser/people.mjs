// Colleagues in Chromium, without script: a lead at a desk, and the invited colleague on a
// phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phones, signIn, sound } from '../support/browser.mjs'
import { post, right, startService, until } from '../support/service.mjs'

const queue = 'kristinehamn-kaa'
const phrase = 'gurka trappsteg novell kastrull'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const form = (action, user) => `form[action$="/${action}"]${user ? `:has([value="${user}"])` : ''}`

async function unfold (page, action, value) {
  const details = page.locator(`details:has(> ${form(action, value)})`)
  await details.locator('summary').click()
  await details.locator('button').click()
}

/** The link that the lead has been shown, opened by its owner on a phone. */
async function follow (page, locale) {
  const link = await page.inputValue('#link-text')
  const phone = await open(browser, { locale })
  await phone.goto(link)
  return phone
}

async function invite (lead) {
  await lead.click('a[href="/staff/colleagues"]')
  await lead.click(`label[for="invite-${queue}"]`)
  await lead.click(`${form('invite')} button`)
}

for (const kind of phones) {
  const { locale } = kind
  test(`a colleague is invited, and later restored: ${locale}`, async () => {
    const user = `nils-${locale.slice(0, 2)}`
    const lead = await open(browser, kind)
    await signIn(lead, service, service.lead)
    await invite(lead)
    await sound(lead, 'colleagues with a link')

    const phone = await follow(lead, locale)
    assert.equal(await phone.getAttribute('html', 'dir'), locale === 'ar' ? 'rtl' : 'ltr')
    await sound(phone, 'an invitation')
    await phone.fill('#name', 'Nils Ny')
    await phone.fill('#user', 'anna')
    await phone.fill('#passphrase', phrase)
    await phone.click('main button')
    assert.equal(await phone.inputValue('#name'), 'Nils Ny', 'what was typed is lost')
    assert.equal(await phone.inputValue('#passphrase'), '')
    assert.equal(await phone.getAttribute('#user', 'aria-invalid'), 'true')
    await sound(phone, 'an invitation with a fault')
    await phone.fill('#user', user)
    await phone.fill('#passphrase', phrase)
    await phone.click('main button')
    await phone.waitForURL('**/staff?notice=welcome')
    await signIn(phone, service, { user, passphrase: phrase })

    await lead.goto(`${service.url}/staff/colleagues`)
    await sound(lead, 'colleagues')
    await unfold(lead, 'restore', user)
    const again = await follow(lead, locale)
    await sound(again, 'a new passphrase')
    await again.fill('#passphrase', 'kantarell spade vinter moped')
    await again.click('main button')
    await phone.reload()
    assert.equal(new URL(phone.url()).pathname, '/staff', 'the old session is ended')
    await signIn(again, service, { user, passphrase: 'kantarell spade vinter moped' })
    await Promise.all([lead, phone, again].map(page => page.context().close()))
  })
}

test('a used link says what to do, in the reader’s language', async () => {
  const lead = await open(browser, { width: 1280 })
  await signIn(lead, service, service.lead)
  await invite(lead)
  const link = await lead.inputValue('#link-text')
  await lead.goto(`${service.url}/staff/colleagues`)
  assert.ok(!(await lead.content()).includes(link), 'the link is shown again')
  await lead.locator(`${form('withdraw')} button`).click()
  await lead.waitForURL('**notice=withdrawn')
  for (const locale of ['sv-SE', 'ar']) {
    const phone = await open(browser, { locale })
    assert.equal((await phone.goto(link)).status(), 404)
    await sound(phone, 'a link that was taken back')
    await phone.context().close()
  }
  await lead.context().close()
})

test('a link is copied by a press; without script its field has the focus and no button is shown', async () => {
  for (const script of [true, false]) {
    const lead = await open(browser, { width: 360, script })
    await signIn(lead, service, service.lead)
    await invite(lead)
    assert.equal(await lead.isVisible('#copy button'), script)
    assert.equal(await lead.evaluate(() => document.activeElement.id), 'link-text')
    if (script) {
      const link = await lead.inputValue('#link-text')
      assert.equal(await lead.evaluate(() => getSelection().toString()), link)
      await lead.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await lead.click('#copy button')
      await lead.waitForFunction(() => document.querySelector('#copy [role=status]').textContent === 'Länken är kopierad.')
      assert.equal(await lead.evaluate(() => navigator.clipboard.readText()), link)
      await sound(lead, 'a link that was copied')
    }
    await lead.context().close()
  }
})

test('a queue gets a new key while a colleague works in it', async () => {
  assert.equal((await post(`${service.url}/kristinehamn`, { ...right.self, name: 'Wilma', age: '20-24' })).status, 200)
  const [lead, anna] = [await open(browser, { width: 1280 }), await open(browser)]
  await signIn(lead, service, service.lead)
  await signIn(anna, service, service.coordinator)
  await anna.locator('form[action$="/claim"] button').first().click()
  assert.match(await anna.textContent('h1'), /Wilma/)
  await lead.click('a[href="/staff/colleagues"]')
  await lead.click('details:has(> ul [id^=key-]) > summary')
  await unfold(lead, 'rotate', queue)
  await lead.waitForURL('**notice=rotated')
  await sound(lead, 'after a new key')
  await anna.reload()
  assert.match(await anna.textContent('h1'), /Wilma/)
  await until(() => service.count(`case_keys WHERE queue = '${queue}' AND generation = 1`) === 0, 'cases stay under the old key')
  await anna.reload()
  assert.match(await anna.textContent('h1'), /Wilma/)
  await lead.reload()
  assert.match(await lead.textContent(`li:has(#key-${queue})`), /Nyckel 2/)
  await Promise.all([lead, anna].map(page => page.context().close()))
})
