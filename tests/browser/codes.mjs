// Codes in Chromium, without script: a lead makes one on a phone, changes it,
// retires it and takes it back, and sends a list with faults; by keyboard too.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch, open, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { startService, wait } from '../support/service.mjs'
import { text } from '../support/text.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

async function signIn (kind) {
  const page = await enter(browser, service, service.lead, kind)
  await page.goto(`${service.url}/staff/codes`)
  return page
}

for (const [locale, width] of [['sv-SE', 360], ['ar', 360], ['sv-SE', 1280]]) {
  test(`a code, from made to revived: ${locale}, ${width} pixels`, async () => {
    const language = locale.slice(0, 2), says = (swedish, holes) => text(language, swedish, holes)
    const page = await signIn({ locale, width })
    await sound(page, 'the list')
    await page.click('#add')
    await page.fill('#place-new', `Skolan ${locale} ${width}`)
    await page.selectOption('#area-new', '1781')
    await page.selectOption('#channel-new', 'school')
    await page.fill('#first-new', '2027-02-02')
    await page.fill('#last-new', '2027-02-01')
    await page.locator('form[action="/staff/codes"] button').click()
    await page.waitForSelector('#fault-new')
    await sound(page, 'refused')
    assert.equal(await page.inputValue('#place-new'), `Skolan ${locale} ${width}`)
    await page.fill('#last-new', '')
    await page.fill('#first-new', '')
    await page.locator('form[action="/staff/codes"] button').click()
    await page.waitForURL(/codes\/\w{6}\?notice=code-made/)
    await sound(page, 'the code')

    const address = await page.locator('a.secret').getAttribute('href')
    await page.click('#change')
    await page.selectOption('#language-code', 'ar')
    await page.locator('form[action$="/change"] button').click()
    await page.waitForURL(/notice=code-changed/)
    await wait(1500)
    const phone = await open(browser, { locale, width: 360 })
    await phone.goto(service.url + address)
    assert.equal(await phone.locator('html').getAttribute('lang'), 'ar')
    await phone.context().close()

    await page.locator('form[action$="/retire"] button').click()
    await page.waitForURL(/notice=code-retired/)
    assert.ok((await page.locator('#state').innerText()).length > 20)
    await sound(page, 'a retired code')
    await page.locator('form[action$="/revive"] button').click()
    await page.waitForURL(/notice=code-revived/)
    assert.equal(await page.locator('#state').count(), 0)

    await page.goto(`${service.url}/staff/codes`)
    await page.click('#import')
    await page.fill('#lines', `Bra ${locale} ${width};Skola;1781\nDålig;Sjukhus;1781`)
    await page.locator('form[action$="/import"] button').click()
    await page.waitForSelector('#import-report')
    assert.match(await page.locator('#import-report li').innerText(), new RegExp(`^${says('Rad {line}', { line: '2' })}`))
    await sound(page, 'a list, reported')
    await page.context().close()
  })
}

test('by keyboard alone', async () => {
  const page = await signIn({ width: 360 })
  const keyboard = new Keyboard(page)
  await keyboard.write('#place-new', 'Biblioteket')
  await keyboard.choose('#channel-new', 'other')
  await keyboard.choose('#area-new', '1781')
  await keyboard.press('form[action="/staff/codes"] button')
  await page.waitForURL(/notice=code-made/)
  assert.equal(await page.locator('h1').innerText(), 'Biblioteket')
  await keyboard.press('form[action$="/retire"] button')
  await page.waitForURL(/notice=code-retired/)
  await page.context().close()
})
