// A coordinator's work in Chromium, in Swedish and Arabic, on a phone and at a desk, without
// script: from the queue to the closed case.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { knock, launch, open, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { post, right, startService } from '../support/service.mjs'
import { reference } from '../support/staff.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const signIn = (page, account) => knock(page, service, account)

/** A new case; its name differs each time, since the same form twice makes one case. */
let people = 0
const person = name => `${name} ${++people}`

async function arrive (name) {
  assert.equal((await post(`${service.url}/kristinehamn`, { ...right.self, name, age: '20-24', contact: 'call' })).status, 200)
}

const state = () => service.sql('SELECT state FROM cases ORDER BY received_at DESC, number DESC LIMIT 1')[0].state

async function claim (page, name) {
  await arrive(name)
  await page.goto(`${service.url}/staff/queue`)
  await page.locator('form[action$="/claim"] button').last().click()
  assert.match(await page.textContent('h1'), new RegExp(name))
}

const unfold = (page, action) => page.click(`details:has(form[action$="/${action}"]) > summary`)

for (const [locale, width, dark] of [['sv-SE', 360, false], ['sv-SE', 1280, true], ['ar', 360, false]]) {
  test(`a coordinator works a case from the queue to the closing: ${locale}, ${width} pixels`, async () => {
    const page = await open(browser, { locale, width, dark })
    await page.goto(`${service.url}/staff`)
    await sound(page, 'sign-in')
    await signIn(page)
    await page.waitForURL('**/staff/queue')
    const stranger = person('Rowan')
    await arrive(stranger)
    await page.reload()
    assert.ok(!(await page.textContent('main')).includes(stranger), 'shown before it is claimed')
    await sound(page, 'queue')

    await claim(page, person('Sasha'))
    assert.equal(await page.getAttribute('a[href^="tel:"]', 'href'), 'tel:+46701740605')
    await sound(page, 'an open case')
    await page.fill('#note', 'Ringde, signalerna gick fram. <b>')
    await page.click('button[value=no-answer]')
    await page.waitForURL('**/staff/queue?notice=no-answer&**')
    await sound(page, 'queue after an attempt')
    assert.equal(state(), 'waiting')

    await page.locator('form[action$="/claim"] button').first().click()
    await page.waitForURL('**/staff/case/**')
    await claim(page, person('Tintin'))
    await page.click('button[value=reached]')
    assert.equal(state(), 'reached')
    await unfold(page, 'note')
    await page.fill('#only-note', 'Vill börja läsa svenska.')
    await page.click('form[action$="/note"] button')
    assert.match(await page.textContent('main'), /Vill börja läsa svenska\./)
    await sound(page, 'a case with a note')

    await unfold(page, 'close')
    assert.ok(await page.locator('option[value=no-contact]').isDisabled())
    await page.selectOption('#outcome', 'work+studies')
    await page.click('form[action$="/close"] button')
    await page.waitForURL('**/staff/queue?notice=close&**')
    const [closed] = service.sql("SELECT * FROM cases WHERE state = 'closed' ORDER BY closed_at DESC LIMIT 1")
    assert.ok(closed.closed_at > 0)
    await page.context().close()
  })
}

test('a coordinator parks, releases and plans a case by keyboard alone', async () => {
  const page = await open(browser)
  await signIn(page)
  await page.waitForURL('**/staff/queue')
  await arrive('Uma')
  await page.reload()
  const keyboard = new Keyboard(page)
  const arrived = async pattern => page.waitForURL(pattern)
  await keyboard.press('form[action$="/claim"] button'); await arrived('**/staff/case/**')
  await keyboard.press('form[action$="/park"] button'); await arrived('**/queue?notice=park&**')
  await keyboard.press('form[action$="/claim"] button'); await arrived('**/staff/case/**')
  await keyboard.press('form[action$="/release"] button'); await arrived('**/queue?notice=release&**')
  await keyboard.press('form[action$="/claim"] button'); await arrived('**/staff/case/**')
  await keyboard.press('button[value=reached]'); await arrived('**notice=reached')
  await keyboard.press('form[action$="/follow"] button'); await arrived('**notice=follow')
  await page.context().close()
})

test('two coordinators press claim at once: one has the case, the other is told who', async () => {
  const [anna, leo] = await Promise.all([open(browser), open(browser)])
  await signIn(anna); await anna.waitForURL('**/staff/queue')
  await signIn(leo, service.lead); await leo.waitForURL('**/staff/queue')
  await arrive('Vide')
  await Promise.all([anna.reload(), leo.reload()])
  const [{ number }] = service.sql('SELECT CAST(number AS TEXT) AS number FROM cases ORDER BY received_at DESC, number DESC LIMIT 1')
  const button = page => page.locator(`form[action="/staff/case/${reference(number)}/claim"] button`)
  await Promise.all([button(anna).click(), button(leo).click()])
  const [one, other] = await Promise.all([anna, leo].map(page => page.textContent('main')))
  const [winner, loser, name] = /Vide/.test(one) ? [one, other, 'Anna Andersson'] : [other, one, 'Leo Lind']
  assert.match(winner, /Vide/)
  assert.match(loser, new RegExp(`${name} hann före`))
  assert.doesNotMatch(loser, /Vide/)
  await sound(/Vide/.test(one) ? leo : anna, 'told who has it')
  await Promise.all([anna, leo].map(page => page.context().close()))
})

test('lead and administrator see the overview, and the chosen language stays', async () => {
  for (const [who, lands] of [[service.lead, '**/staff/queue'], [service.administrator, '**/staff/overview']]) {
    const page = await open(browser, { width: 1280 })
    await signIn(page, who)
    await page.waitForURL(lands)
    await page.goto(`${service.url}/staff/overview`)
    await sound(page, 'overview')
    await page.click('a[hreflang=ar]')
    await page.goto(`${service.url}/staff/overview`)
    assert.equal(await page.getAttribute('html', 'dir'), 'rtl')
    await sound(page, 'overview in Arabic')
    await page.context().close()
  }
})
