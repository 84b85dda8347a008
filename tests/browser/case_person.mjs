// A case on a phone of 360 pixels: what is needed before and after a call stands on top, also when
// the number is wrong; corrections and a recusal by keyboard and thumb, in Swedish and Arabic.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, fillIn, launch, press, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { sendCase, signedIn } from '../support/staff.mjs'

let service, browser, anna, pages
before(async () => {
  [service, browser] = await Promise.all([startService(), launch()])
  anna = await signedIn(service, service.coordinator)
  pages = await Promise.all([['sv-SE', 360], ['ar', 360]].map(([locale, width]) => enter(browser, service, service.coordinator, { locale, width })))
})
after(async () => { await browser.close(); await service.stop() })

let people = 0
const note = 'Vill helst gå i skola igen, men är osäker på hur det går till. Har inte sovit på länge. '.repeat(30)
/** A case that has been talked about at length, with a later note of its own. */
async function talked (fields, kind = 'self') {
  const ref = await sendCase(service, { ...right[kind], name: `Kim Zebra ${++people}`, ...fields })
  await anna.act(ref, 'claim')
  await anna.act(ref, 'attempt', { result: 'reached', note: 'Vi hördes.' })
  await anna.act(ref, 'note', { note })
  await anna.act(ref, 'attempt', { result: 'left-message' })
  return ref
}
/** How far down the page each of them ends. */
const ends = page => page.evaluate(() => Object.fromEntries([['number', '.call'], ['note', '#said'], ...['reached', 'no-answer', 'left-message', 'texted', 'wrong-number'].map(result => [result, `button[value=${result}]`])]
  .map(([what, selector]) => [what, Math.round(document.querySelector(selector).getBoundingClientRect().bottom + scrollY)])))

for (const [what, fields, kind] of [
  ['a young person’s', {}],
  ['one with a wish and another language', { contact: 'sms-first', speak: 'so' }],
  ['a parent’s', {}, 'relative'],
  ['a professional’s', {}, 'professional']
]) {
  test(`number, last note and attempts are within the first 1 200 pixels: ${what}`, async () => {
    const ref = await talked(fields, kind)
    const [page] = pages
    await page.goto(`${service.url}/staff/case/${ref}`)
    for (const [thing, bottom] of Object.entries(await ends(page))) assert.ok(bottom <= 1200, `${thing} ends at ${bottom}`)
  })
}

test('so are they before any call, with a long message of the person’s', async () => {
  const message = 'Jag vill ha hjälp att komma i gång igen. '.repeat(12).slice(0, 490)
  const ref = await sendCase(service, { ...right.self, area: '1783', name: `Kim Zebra ${++people}`, message }, '/hagfors')
  await anna.act(ref, 'claim')
  const [page] = pages
  await page.goto(`${service.url}/staff/case/${ref}`)
  for (const [thing, bottom] of Object.entries(await ends(page))) assert.ok(bottom <= 1200, `${thing} ends at ${bottom}`)
  assert.ok((await page.textContent('.person')).includes(message.trim()))
})

test('a wrong number asks for another, which is rung; what is refused has the focus', async () => {
  const ref = await talked()
  for (const page of pages) {
    await page.goto(`${service.url}/staff/case/${ref}`)
    await press(page, 'button[value=wrong-number]')
    await page.waitForURL('**notice=wrong-number')
    await sound(page, 'a wrong number')
    assert.equal(await page.locator('a[href^="tel:"], a[href^="sms:"], a[href$="/text"]').count(), 0)
    await fillIn(page, { phone: '12' })
    await press(page, 'form:has(#new-phone) button')
    await page.waitForURL('**/answer/**')
    await sound(page, 'a new number that is refused')
    assert.equal(await page.locator('[role=alert]:focus').count(), 1)
    assert.equal(await page.inputValue('#new-phone'), '12')
    const last = page === pages[0] ? '98' : '99'
    await fillIn(page, { phone: `070-174 06 ${last}` })
    await press(page, 'form:has(#new-phone) button')
    await page.waitForURL('**notice=new-number')
    assert.equal(await page.getAttribute('.call a', 'href'), `tel:+467017406${last}`)
  }
})

test('a correction is refused in its field, then stands, with the old value struck through', async () => {
  const ref = await talked()
  for (const [i, page] of pages.entries()) {
    await page.goto(`${service.url}/staff/case/${ref}`)
    await page.click('details:has(#correct-name) > summary')
    await fillIn(page, { name: '' })
    await press(page, 'form:has(#correct-name) button')
    await page.waitForURL('**/answer/**')
    await sound(page, 'a correction that is refused')
    await page.click('.faults a')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'correct-name')
    await fillIn(page, { name: `Kim Ny ${i}` })
    await press(page, 'form:has(#correct-name) button')
    await page.waitForURL('**notice=correct')
    await sound(page, 'a case that was corrected')
    assert.equal(await page.locator('.facts del').count(), i + 1)
  }
})

test('who knows the person is asked once, sees nothing, and takes it back', async () => {
  const ref = await talked()
  for (const page of pages) {
    await page.goto(`${service.url}/staff/case/${ref}`)
    assert.equal(await page.locator('form[action$="/recuse"] button').isVisible(), false)
    await page.click('details:has(form[action$="/recuse"]) > summary')
    await press(page, 'form[action$="/recuse"] button')
    await page.waitForURL('**notice=recuse**')
    await sound(page, 'the list with the way back')
    await page.goto(`${service.url}/staff/case/${ref}`)
    await sound(page, 'the case of who knows the person')
    assert.equal(await page.getByText('Kim Zebra').count(), 0)
    await press(page, 'form[action$="/undo"] button')
    await page.waitForURL('**notice=undo**')
    assert.ok(await page.getByText('Kim Zebra').count() > 0)
  }
})
