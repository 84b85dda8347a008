// Undo, closing by two people, follow-up, and reopening: on a phone, in Swedish and Arabic, and
// by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch, open, phones, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { outcomesOfCase, right, startService } from '../support/service.mjs'
import { sendCase } from '../support/staff.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

let people = 0
const arrive = () => sendCase(service, { ...right.self, age: '18-19', name: `Kim ${++people}` })
const row = () => service.sql(`SELECT state, ${outcomesOfCase} FROM cases ORDER BY number DESC LIMIT 1`)[0]
const acts = () => service.sql('SELECT act FROM events WHERE case_number = (SELECT max(number) FROM cases) ORDER BY step').map(event => event.act).filter(act => act !== 'open')

const signedIn = (kind, account) => enter(browser, service, account, kind)

/** As a thumb does it: what is folded in is unfolded, then pressed, written or chosen. */
function thumb (page) {
  const unfold = async selector => {
    const folded = page.locator('details:not([open])').filter({ has: page.locator(selector) }).locator('> summary')
    if (await folded.count() > 0) await folded.click()
  }
  return {
    async press (selector) { await unfold(selector); await page.click(selector) },
    async write (selector, text) { await unfold(selector); await page.fill(selector, text) },
    async choose (selector, value) { await unfold(selector); await page.selectOption(selector, value) }
  }
}

const keys = page => new Keyboard(page)

for (const [kind, by] of phones.map((kind, i) => [kind, [keys, thumb][i]])) {
  test(`attempt, undo, two close, plan, decline, remind, reopen: ${kind.locale}, ${by.name}`, async () => {
    const [anna, leo] = await Promise.all([service.coordinator, service.lead].map(who => signedIn(kind, who)))
    const ref = await arrive()
    const go = page => page.goto(`${service.url}/staff/case/${ref}`)
    const [mine, hers] = [by(anna), by(leo)]
    await go(anna)
    await mine.press('form[action$="/claim"] button')
    await anna.waitForURL('**notice=claim')

    await mine.press('button[value=no-answer]')
    await anna.waitForURL('**notice=no-answer**')
    await sound(anna, 'the list with the way back')
    await mine.press('form[action$="/undo"] button')
    await anna.waitForURL('**notice=undo')
    assert.equal(await anna.locator('.trail del').count(), 1)
    await sound(anna, 'a case with a step taken back')

    await mine.choose('#proposed', 'moved')
    await mine.write('#propose-note', 'Har flyttat.')
    await mine.press('form[action$="/propose"] button')
    await anna.waitForURL('**notice=propose')
    await sound(anna, 'waiting for a second person')
    await go(leo)
    assert.match(await leo.textContent('.asked'), /Har flyttat\./)
    await sound(leo, 'asked to confirm')
    await hers.write('#object-note', 'Ring igen.')
    await hers.press('form[action$="/object"] button')
    await leo.waitForURL('**notice=object**')

    await go(anna)
    await mine.press('button[value=reached]')
    await anna.waitForURL('**notice=reached')
    await mine.choose('#month', '12')
    await mine.choose('#year', String(new Date().getFullYear() + 1))
    await mine.press('form[action$="/remind"] button')
    await anna.waitForURL('**notice=remind')
    await mine.choose('#begun', 'work')
    await mine.press('form[action$="/begin"] button')
    await anna.waitForURL('**notice=begin')
    assert.equal(service.count('plans'), 3)
    await sound(anna, 'a plan and a reminder')
    await mine.press('form[action$="/decline"] button')
    await anna.waitForURL('**notice=decline')
    assert.equal(await anna.inputValue('#outcome'), 'work')
    await sound(anna, 'ready to close')

    await mine.choose('#proposed', 'own-request')
    await mine.write('#propose-note', 'Vill inte mer.')
    await mine.press('form[action$="/propose"] button')
    await anna.waitForURL('**notice=propose')
    await go(leo)
    await hers.press('form[action$="/confirm"] button')
    await leo.waitForURL('**notice=confirm**')
    assert.deepEqual(row(), { state: 'closed', outcomes: 'own-request work' })
    await go(leo)
    await sound(leo, 'a closed case')
    await hers.choose('#added', 'studies')
    await hers.press('form[action$="/close"] button')
    await leo.waitForURL('**notice=added')
    await hers.press('form[action$="/reopen"] button')
    await leo.waitForURL('**notice=reopen')
    assert.equal(row().state, 'claimed')
    assert.deepEqual(acts(), ['receive', 'claim', 'no-answer', 'undo', 'propose', 'object', 'reached', 'remind', 'begin', 'decline', 'propose', 'confirm', 'close', 'reopen'])
    await Promise.all([anna, leo].map(page => page.context().close()))
  })
}

test('one of two browsers wins that undo and confirm at once, the other is told', async () => {
  const [one, two, leo] = await Promise.all([service.coordinator, service.coordinator, service.lead].map(who => signedIn({}, who)))
  const ref = await arrive()
  await one.goto(`${service.url}/staff/case/${ref}`)
  await one.click('form[action$="/claim"] button')
  await one.click('button[value=reached]')
  await one.waitForURL('**notice=reached')
  await two.goto(`${service.url}/staff/case/${ref}`)
  await Promise.all([one, two].map(page => page.click('form[action$="/undo"] button')))
  const told = await Promise.all([one, two].map(page => page.textContent('.notice')))
  assert.deepEqual(told.map(text => /går inte att ångra/.test(text)).sort(), [false, true], told.join(' | '))
  assert.equal(acts().filter(act => act === 'undo').length, 1)

  await two.goto(`${service.url}/staff/case/${ref}`)
  await two.click('details:has(#proposed) > summary')
  await two.selectOption('#proposed', 'detained')
  await two.fill('#propose-note', 'Skäl.')
  await two.click('form[action$="/propose"] button')
  await two.waitForURL('**notice=propose')
  await Promise.all([leo, one].map(page => page.goto(`${service.url}/staff/case/${ref}`)))
  await Promise.all([leo.click('form[action$="/confirm"] button'), one.click('.asked form[action$="/object"] button')])
  const pages = await Promise.all([leo, one].map(page => page.textContent('.notice')))
  assert.equal(pages.filter(text => /har ändrats|hann före/.test(text)).length, 1, pages.join(' | '))
  await Promise.all([one, two, leo].map(page => page.context().close()))
})
