// Today with script: the page updates itself while a coordinator works, and shows no person
// after the session has ended.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { knock, launch, open, sound } from '../support/browser.mjs'
import { post, right, startService } from '../support/service.mjs'
import { addAccount, reference, signedIn } from '../support/staff.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService({ clock: '2027-01-11T09:00+01:00' }), launch()]) })
after(async () => { await browser.close(); await service.stop() })

let people = 0
async function arrive () {
  const answer = await post(`${service.url}/kristinehamn`, { ...right.self, name: `Person ${++people}`, age: '20-24' })
  assert.equal(answer.status, 200)
  return reference(service.sql('SELECT CAST(number AS TEXT) AS number FROM cases ORDER BY received_at DESC, number DESC LIMIT 1')[0].number)
}

/** Signed in at Today, at a clock of the page's own that a test moves. */
async function today (kind) {
  const page = await open(browser, { script: true, ...kind })
  await page.clock.install()
  await knock(page, service)
  await page.waitForURL('**/staff/queue')
  return page
}

/** A minute goes by; done when the page has asked, been answered, and shown it (what is waited for is attached, visible or so). */
async function aMinute (page, selector, state = 'attached') {
  await page.clock.runFor(61000)
  await page.waitForSelector(selector, { state })
}

const row = ref => `#row-case-${ref}`

describe('Today, open with script', () => {
  test('shows a new case in its place, and announces it', async () => {
    const first = await arrive()
    const page = await today()
    await page.focus(`#open-case-${first}`)
    const second = await arrive()
    await aMinute(page, row(second))
    assert.equal(await page.evaluate('document.activeElement.id'), `open-case-${first}`)
    assert.match(await page.textContent('#counts [role=status]'), /2 öppna/)
    await sound(page, 'a renewed page')
    await page.context().close()
  })

  test('keeps an open choice, and the element with the focus', async () => {
    const ref = await arrive()
    const page = await today()
    await page.click('summary')
    await page.selectOption('#choose-who', 'relative')
    await page.focus(`#claim-case-${ref}`)
    await page.evaluate(id => { window.had = document.getElementById(id) }, `claim-case-${ref}`)
    const other = await arrive()
    await aMinute(page, row(other))
    assert.ok(await page.evaluate('window.had === document.activeElement'))
    assert.equal(await page.inputValue('#choose-who'), 'relative')
    assert.ok(await page.evaluate("document.querySelector('.choose').open"))
    // What is renewed is pressed as what was there at first.
    await page.click(`#claim-case-${other}`)
    await page.waitForURL(`**/staff/case/${other}?**`)
    await page.context().close()
  })

  test('puts an overdue case on top, and counts it in the title', async () => {
    const ref = await arrive()
    const page = await today()
    assert.doesNotMatch(await page.title(), /försenat/)
    await page.focus(`#open-case-${ref}`)
    service.change(`UPDATE cases SET due_at = ${Math.floor(service.clock.now() / 1000) - 60} WHERE closed_at IS NULL AND number = (SELECT number FROM cases ORDER BY received_at DESC, number DESC LIMIT 1)`)
    await aMinute(page, `#group-overdue ${row(ref)}`)
    assert.match(await page.title(), /^\(1 försenat\)/)
    assert.equal(await page.evaluate('document.activeElement.id'), `open-case-${ref}`)
    await page.context().close()
  })

  test('removes a case that a colleague has taken', async () => {
    const ref = await arrive()
    const page = await today()
    const berit = await signedIn(service, addAccount(service, 'berit', 'coordinator', 'kristinehamn-unga', 'kristinehamn-kaa'))
    assert.equal((await berit.act(ref, 'claim')).status, 303)
    assert.equal((await berit.act(ref, 'attempt', { result: 'reached' })).status, 303)
    await aMinute(page, `#claim-case-${ref}`, 'detached')
    await page.context().close()
  })

  test('does not change while the reader moves the pointer', async () => {
    const page = await today()
    await page.clock.runFor(58000)
    const ref = await arrive()
    await page.mouse.move(100, 100)
    const answered = page.waitForResponse(answer => answer.url().includes('watch=1'))
    await page.clock.runFor(2000)
    await (await answered).finished()
    assert.equal(await page.locator(row(ref)).count(), 0)
    await page.clock.runFor(4000)
    await page.waitForSelector(row(ref))
    await page.context().close()
  })

  test('keeps filters and sorting', async () => {
    const page = await today()
    await page.goto(`${service.url}/staff/queue?who=relative`)
    await arrive()
    // No page from the service has it: gone once what came has been shown.
    await page.evaluate(() => document.querySelector('#live').setAttribute('data-before', ''))
    await aMinute(page, '#live:not([data-before])')
    assert.equal(await page.locator('#live [id^=row-]').count(), 0)
    await page.context().close()
  })
})

describe('Today, left open', () => {
  test('says when the service does not answer, and continues by itself', async () => {
    const page = await today()
    await page.context().setOffline(true)
    await aMinute(page, '#stale', 'visible')
    await sound(page, 'offline')
    await page.context().setOffline(false)
    await aMinute(page, '#stale', 'hidden')
    await page.context().close()
  })

  test('lets the session end, and then shows no person', async () => {
    const page = await today({ locale: 'ar' })
    const [{ seen_at: seen }] = service.sql('SELECT max(seen_at) AS seen_at FROM sessions')
    service.clock.forward(20 * 60)
    const answered = page.waitForResponse(answer => answer.url().includes('watch=1'))
    await page.clock.runFor(61000)
    assert.equal((await answered).status(), 200)
    assert.equal(service.sql('SELECT max(seen_at) AS seen_at FROM sessions')[0].seen_at, seen)
    service.clock.forward(11 * 60)
    await aMinute(page, '#ended', 'visible')
    assert.equal((await page.textContent('#live')).trim(), '')
    await sound(page, 'signed out')
    await page.click('#ended a')
    await page.waitForSelector('[name=passphrase]')
    await page.context().close()
  })
})

test('runs no other script, and sends requests to no other site', async () => {
  const page = await today()
  const policy = (await page.goto(`${service.url}/staff/queue`)).headers()['content-security-policy']
  assert.match(policy, /connect-src 'self'; .*script-src 'self';/)
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
    const asked = await fetch('http://127.0.0.1:9/').then(() => true, () => false)
    return window.ran === true || asked
  })
  assert.equal(ran, false)
  // Any other page of staff has the one that keeps the session, the choice of a municipality none, the form its own alone, by its digest.
  const form = await page.goto(`${service.url}/kristinehamn`)
  assert.match(form.headers()['content-security-policy'], /; script-src 'sha256-[\w+/]{43}=';/)
  for (const path of ['/staff/me', '/staff/colleagues', '/staff/notices']) {
    const answer = await page.goto(service.url + path)
    assert.match(answer.headers()['content-security-policy'], /; script-src 'self';/, path)
    assert.deepEqual(await page.locator('script').evaluateAll(scripts => scripts.map(script => script.getAttribute('src'))), ['/staff/session.js', '/staff/keys.js'], path)
  }
  assert.doesNotMatch((await page.goto(`${service.url}/`)).headers()['content-security-policy'], /script-src/)
  assert.equal(await page.locator('script').count(), 0)
  await page.context().close()
})
