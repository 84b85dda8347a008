// Sign-in in Chromium, on a phone without script: a second factor from the QR code on the page,
// a sign-in with a one-time code, one with a recovery code, and a service that requires a second
// factor.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { knock, launch, open, sound } from '../support/browser.mjs'
import { configWith } from '../support/outbox.mjs'
import { startService } from '../support/service.mjs'
import { addAccount } from '../support/staff.mjs'
import { code } from '../support/totp.mjs'

let service, strict, browser
before(async () => {
  const config = configWith('', text => text.replace(/^second_factor = "offered";/m, 'second_factor = "required";'));
  [service, strict, browser] = await Promise.all([startService(), startService({ config }), launch()])
})
after(async () => { await browser.close(); await Promise.all([service.stop(), strict.stop()]) })

/** What an app reads from the picture on the screen: a key address, and the key that the page writes too. */
async function scan (page) {
  const file = join(service.folder, 'screen.png')
  await page.locator('img.symbol').screenshot({ path: file })
  const address = new URL(execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8', stdio: 'pipe' }).trim())
  const secret = address.searchParams.get('secret')
  assert.equal(address.protocol, 'otpauth:')
  assert.equal(address.host, 'totp')
  assert.equal(secret, (await page.textContent('.secret')).replace(/ /g, ''))
  assert.equal(await page.getAttribute('ol a.button', 'href'), address.href)
  return secret
}

async function enrol (page, account) {
  await page.fill('[name=passphrase]', account.passphrase)
  await page.click('main form button')
  await page.waitForSelector('img.symbol')
  const secret = await scan(page)
  await sound(page, 'the picture to scan')
  await page.fill('#code', '000000')
  await page.click('main form button')
  await page.waitForSelector('#fault')
  await sound(page, 'a wrong code')
  await page.fill('#code', code(secret))
  await page.click('main form button')
  await page.waitForLoadState()
  const codes = await page.locator('.codes .secret').allTextContents()
  assert.equal(codes.length, 10)
  await sound(page, 'recovery codes')
  return { secret, codes }
}

for (const locale of ['sv-SE', 'ar']) {
  test(`a second factor is enrolled from the screen, and opens the next sign-in: ${locale}`, async () => {
    const account = addAccount(service, `dorr${locale[0]}`, 'coordinator', 'kristinehamn-kaa')
    const page = await open(browser, { locale })
    await knock(page, service, account)
    await page.waitForURL('**/staff/queue')
    await page.goto(`${service.url}/staff/me`)
    await page.click('a[href="/staff/me/factor"]')
    const { secret, codes } = await enrol(page, account)
    await page.context().close()

    const another = await open(browser, { locale })
    await knock(another, service, account)
    await another.waitForURL('**/staff/code?*')
    await sound(another, 'asked for a code')
    await another.fill('#code', '123456')
    await another.click('main form button')
    await another.waitForSelector('#fault')
    await sound(another, 'a wrong code at the door')
    // The one that made the factor is used up: the next half minute's counts already.
    await another.fill('#code', code(secret, 1))
    await another.click('main form button')
    await another.waitForURL('**/staff/queue')
    await another.context().close()

    const lost = await open(browser, { locale })
    await knock(lost, service, account)
    await lost.click('summary')
    await sound(lost, 'without the telephone')
    await lost.fill('#recovery', codes[0])
    await lost.click('details form button')
    await lost.waitForURL(/\/staff\/(queue|me)/)
    await lost.context().close()
  })
}

test('a required second factor must be made first', async () => {
  const page = await open(browser)
  await knock(page, strict, strict.coordinator)
  await page.waitForURL('**/staff/me/factor')
  for (const path of ['/staff/queue', '/staff/me', '/staff/colleagues', '/staff/notices']) {
    await page.goto(strict.url + path)
    assert.equal(new URL(page.url()).pathname, '/staff/me/factor', path)
  }
  await sound(page, 'must make one')
  await enrol(page, strict.coordinator)
  await page.goto(`${strict.url}/staff/queue`)
  assert.equal(new URL(page.url()).pathname, '/staff/queue')
  await page.context().close()
})
