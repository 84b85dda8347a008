// The intake in Chromium, without script: a lead closes the form with a reason, chooses a day
// and opens it again; also by keyboard.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch, open, phones, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { right, startService } from '../support/service.mjs'
import { text } from '../support/text.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService({ clock: '2027-01-11T09:00+01:00', quick: true }), launch()]) })
after(async () => { await browser.close(); await service.stop() })

async function signIn (kind) {
  const page = await enter(browser, service, service.lead, kind)
  await page.goto(`${service.url}/staff/intake`)
  return page
}
const follows = () => service.looked()

for (const kind of phones) {
  const { locale } = kind
  test(`a lead closes an intake with a text and a day, and opens it: ${locale}`, async () => {
    const says = (swedish, holes) => text(locale.slice(0, 2), swedish, holes)
    const page = await signIn(kind)
    await sound(page, 'the list')
    await page.click('a[href="/staff/intake?area=1780"]')
    await sound(page, 'an open form')
    await page.click('#words-sv summary')
    await page.fill('#say-sv', 'x'.repeat(501))
    await page.click('#words-sv [value=say]')
    await page.waitForSelector('#fault-sv')
    await sound(page, 'words that are too long')
    assert.equal((await page.inputValue('#say-sv')).length, 501)
    await page.fill('#say-sv', 'Vi har stängt.\n\nKom igen.')
    await page.click('#words-sv [value=look]')
    await page.waitForSelector('#words-sv .late')
    await sound(page, 'words that are looked at')
    await page.click('#words-sv [value=say]')
    await page.waitForURL('**/staff/intake?area=1780&notice=intake-say')

    await page.fill('#back', '2027-01-11')
    await page.click('[aria-describedby=close-what]')
    // A browser keeps an early day back; one that does not is told by the service.
    assert.ok(await page.evaluate(() => document.querySelector('#back').matches(':invalid')))
    await page.fill('#back', '2027-01-20')
    await page.click('[aria-describedby=close-what]')
    await page.waitForURL('**/staff/intake?area=1780&notice=intake-close')
    await sound(page, 'a closed form')
    await follows()
    const phone = await open(browser, kind)
    await phone.goto(`${service.url}/karlstad?lang=sv`)
    assert.equal(await phone.locator('.written').innerText(), 'Vi har stängt.\n\nKom igen.')
    assert.match(await phone.locator('main').innerText(), /Formuläret öppnar onsdag 20 januari 2027\./)
    await sound(phone, 'the closed page')
    await phone.goto(service.url)
    await sound(phone, 'the choice of area')

    await page.click('[value=stay]')
    await page.waitForURL('**&notice=intake-stay')
    await page.click('[aria-describedby=open-what]')
    await page.waitForURL('**&notice=intake-open')
    assert.ok((await page.locator('main').innerText()).includes(says('Formuläret är öppet.')))

    await page.fill('#day', '2027-07-01')
    await page.fill('#day-back', '2027-06-30')
    await page.click('form:has(#day) button')
    await page.waitForSelector('#day-back-fault')
    await sound(page, 'a day to open again that comes before the closing')
    assert.equal(await page.inputValue('#day'), '2027-07-01')
    await page.fill('#day-back', '2027-08-03')
    await page.click('form:has(#day) button')
    await page.waitForURL('**&notice=intake-day')
    await sound(page, 'a form that closes and opens again')
    assert.match(await page.locator('.what').innerText(), new RegExp(says('Stänger {day} och öppnar igen {back}', { day: '.+ 2027', back: '.+ 2027' })))
    await page.click('[value=stay]')
    await page.waitForURL('**&notice=intake-stay')
    await follows()
    await phone.goto(`${service.url}/karlstad`)
    assert.ok(await phone.isVisible('form [name=phone]'))
    await phone.context().close()
    await page.context().close()
  })
}

test('a form that was opened before the closing is accepted', async () => {
  const lead = await signIn({})
  const phone = await open(browser)
  await phone.goto(`${service.url}/kristinehamn`)
  await lead.goto(`${service.url}/staff/intake?area=1781`)
  await lead.click('[aria-describedby=close-what]')
  await lead.waitForURL('**&notice=intake-close')
  await follows()
  for (const name of ['who', 'age', 'contact']) await phone.check(`[name=${name}][value="${right.self[name]}"]`, { force: true })
  await phone.fill('[name=name]', right.self.name)
  await phone.fill('[name=phone]', right.self.phone)
  await phone.click('.answers > button')
  await phone.waitForSelector('text=Tack, vi har fått det!')
  await phone.goto(`${service.url}/kristinehamn`)
  assert.match(await phone.locator('h1').innerText(), /stängt/)
  await lead.click('[aria-describedby=open-what]')
  await lead.waitForURL('**&notice=intake-open')
  await Promise.all([phone.context().close(), lead.context().close()])
})

test('an intake that cannot be opened says why', async () => {
  const page = await signIn({})
  await page.goto(`${service.url}/staff/intake?area=1784`)
  await page.click('[aria-describedby=close-what]')
  await page.waitForURL('**&notice=intake-close')
  service.change("DELETE FROM memberships WHERE queue = 'arvika-unga'")
  await page.click('[aria-describedby=open-what]')
  await page.waitForSelector('.notice-bad')
  assert.match(await page.locator('.notice-bad').innerText(), /ingen kan läsa det som kommer till Navet Arvika/)
  await sound(page, 'refused')
  await page.context().close()
})

test('a lead closes and opens an intake by keyboard alone', async () => {
  const page = await signIn({ width: 1280 })
  const keyboard = new Keyboard(page)
  await keyboard.press('a[href="/staff/intake?area=1783"]')
  await page.waitForURL('**/staff/intake?area=1783')
  await keyboard.write('#say-en', 'Back soon.')
  await keyboard.press('#words-en [value=say]')
  await page.waitForURL('**&notice=intake-say')
  await keyboard.press('[aria-describedby=close-what]')
  await page.waitForURL('**&notice=intake-close')
  await keyboard.reach('#day')
  await keyboard.press('[aria-describedby=open-what]')
  await page.waitForURL('**&notice=intake-open')
  await keyboard.press('#day-back', 'ArrowUp')
  await keyboard.reach('form:has(#day) button')
  await page.context().close()
})

test('with script the field shows how many more characters fit', async () => {
  const page = await signIn({ script: true })
  await page.goto(`${service.url}/staff/intake?area=1781`)
  await page.click('#words-ar summary')
  await page.fill('#say-ar', 'x'.repeat(480))
  assert.equal(await page.locator('#hint-ar').innerText(), 'Högst 500 tecken. Tecken kvar: 20')
  await page.fill('#say-ar', 'x'.repeat(501))
  assert.equal(await page.locator('#hint-ar .late').innerText(), 'För många tecken: 1')
  await sound(page, 'too many')
  await page.context().close()
})

test('Back to the answer that a form came too late shows it again', async () => {
  const lead = await signIn({})
  const phone = await open(browser)
  await phone.goto(`${service.url}/hagfors?lang=sv`)
  await lead.goto(`${service.url}/staff/intake?area=1783`)
  await lead.click('[aria-describedby=close-what]')
  await lead.waitForURL('**&notice=intake-close')
  service.clock.forward(3660)
  await follows()
  await phone.check('[name=who][value=self]', { force: true })
  await phone.click('.answers > button')
  await phone.waitForSelector('#form', { state: 'detached' })
  const answer = await phone.textContent('main')
  await phone.click('footer a')
  await phone.goBack()
  assert.equal(await phone.textContent('main'), answer)
  await Promise.all([phone.context().close(), lead.context().close()])
})
