// The list that a coordinator takes in at a glance, and the next call one press away: 26 cases
// over several days, on a phone and at a desk, in Swedish and Arabic.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { enter, launch, open, press, signIn, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, number, sendCase, signedIn } from '../support/staff.mjs'

let service, browser, anna
const refs = []
const arrive = fields => sendCase(service, { ...right.self, name: `Person ${refs.length + 1}`, phone: `070-174 06 ${10 + refs.length}`, ...fields })
const does = async (session, ref, what, fields) => assert.equal((await session.act(ref, what, fields)).status, 303, `${what} ${ref}`)

before(async () => {
  [service, browser] = await Promise.all([startService({ clock: '2027-01-07T08:00+01:00' }), launch()])
  anna = await signedIn(service, service.coordinator)
  const berit = addAccount(service, 'berit', 'coordinator', 'kristinehamn-unga', 'kristinehamn-kaa')
  // Ten on Thursday, who are late on Tuesday; then ten on Friday, and the rest on Monday.
  for (const [moment, count] of [['2027-01-07T09:00+01:00', 10], ['2027-01-08T09:00+01:00', 10], ['2027-01-11T08:00+01:00', 6]]) {
    service.clock.set(moment)
    for (let i = 0; i < count; i++) refs.push(await arrive({ age: i % 3 ? '20-24' : '15-17', when: ['any', 'morning', 'afternoon'][i % 3], speak: i % 5 ? 'sv' : 'so' }))
  }
  service.clock.set('2027-01-12T08:30+01:00')
  anna = await signedIn(service, service.coordinator)
  const colleague = await signedIn(service, berit)
  for (const [ref, result] of [[refs[3], 'no-answer'], [refs[4], 'left-message'], [refs[12], 'texted'], [refs[13], 'no-answer']]) {
    await does(anna, ref, 'claim')
    await does(anna, ref, 'attempt', { result })
  }
  for (const ref of [refs[5], refs[14], refs[21]]) await does(anna, ref, 'claim')
  await does(anna, refs[14], 'attempt', { result: 'reached', until: '2027-01-14' })
  await does(anna, refs[15], 'claim')
  await does(anna, refs[15], 'park', { until: '2027-01-18' })
  for (const ref of [refs[6], refs[16]]) await does(colleague, ref, 'claim')
})
after(async () => { await browser.close(); await service.stop() })

/** How many lines of text each row has; `more`: it has a reason of its own, or a name. */
const lines = page => page.evaluate(() => [...document.querySelectorAll('#live li')].map(row => {
  const bottoms = []
  const range = document.createRange()
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() === '' || node.parentElement.closest('button, .button, .unseen')) continue
    range.selectNodeContents(node)
    for (const { bottom, width } of range.getClientRects()) if (width > 0) bottoms.push(bottom)
  }
  // On one line, if less than half a line apart.
  const lines = bottoms.sort((a, b) => a - b).filter((bottom, i) => i === 0 || bottom - bottoms[i - 1] > 9).length
  return { row: row.textContent.replace(/\s+/g, ' ').trim(), lines, more: row.querySelector('.why, .title bdi') !== null }
}))

describe('26 cases', () => {
  for (const [locale, width, most, rowLines] of [['sv-SE', 1280, 2400, 2], ['sv-SE', 360, 4500, 3], ['ar', 360, 4500, 3], ['ar', 1280, 2400, 2]]) {
    test(`take at most ${most} pixels: ${locale}, ${width} wide`, async () => {
      const page = await open(browser, { locale, width })
      await signIn(page, service)
      assert.equal(await page.locator('#live li').count(), 26)
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      const rows = await lines(page)
      if (process.env.SHOW) { await page.screenshot({ path: `/tmp/wt/today-${locale}-${width}.png`, fullPage: true, ...width === 360 && { clip: { x: 0, y: 200, width, height: 1100 } } }); console.log(height, JSON.stringify(rows, null, 1)) }
      assert.ok(height <= most, `${height} pixels`)
      assert.deepEqual(rows.filter(({ lines, more }) => lines > rowLines + (more && width === 360 ? 1 : 0)), [], 'rows of more lines')
      // A link is pressed within its own 44 pixels.
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('#live a, #live button, .lists a, main [rel]')]
        .filter(node => node.getBoundingClientRect().height < 43.5).map(node => node.outerHTML)), [])
      await sound(page, 'Today with 26 cases')
      await page.context().close()
    })
  }
})

const events = ref => service.sql(`SELECT act FROM events WHERE case_number = ${number(ref)} ORDER BY step`).map(({ act }) => act)

describe('the moment', () => {
  test('five calls are five times three presses, and each begins with the next one', async () => {
    const page = await enter(browser, service, service.coordinator, { width: 360 })
    const rung = []
    let presses = 0
    const go = async selector => {
      presses++
      await Promise.all([page.waitForNavigation(), press(page, selector)])
    }
    for (const result of ['no-answer', 'left-message', 'reached', 'no-answer', 'texted']) {
      await go(rung.length === 0 ? '#live .next [data-key=n]' : '.onward [data-key=n]')
      rung.push(/case\/(\w{13})/.exec(page.url())[1])
      assert.doesNotMatch(page.url(), /Person|20-24/i)
      // Its second press leaves the browser for the telephone.
      assert.equal(await page.locator('.call a[href^="tel:"]').count() > 0, true)
      presses++
      await go(`[name=result][value=${result}]`)
    }
    assert.equal(presses, 15)
    assert.equal(new Set(rung).size, 5)
    const rows = service.sql(`SELECT part_of_day AS day, holder FROM cases WHERE number IN (${rung.map(number)})`)
    assert.deepEqual(rows.filter(({ day }) => day === 'afternoon'), [], 'in the morning')
    await sound(page, 'a case, and the next one')
    await page.context().close()
  })

  test('is marked once, on the first page alone, and names nobody of a colleague', async () => {
    const page = await enter(browser, service, service.coordinator, { width: 1280 })
    assert.equal(await page.locator('#live .next').count(), 1)
    assert.equal(await page.locator('#live .begin').count(), 1)
    assert.equal(await page.locator('#live .next [data-key=n]').count(), 1)
    assert.doesNotMatch(await page.textContent('#live .next'), /har det/)
    await page.context().close()
  })

  for (const [what, ref, acts] of [['waits', () => refs[25], ['receive', 'find', 'rang-back']], ['a colleague has', () => refs[6], ['receive', 'claim', 'find', 'rang-back']]]) {
    test(`who rings back is logged in three presses, in a case that ${what}`, async () => {
      const page = await enter(browser, service, service.coordinator)
      const phone = `06${10 + refs.indexOf(ref())}`
      await page.fill('#find', phone)
      await page.keyboard.press('Enter')
      await page.waitForSelector('#hits')
      assert.match(await page.textContent('main'), /Numret slutar så/)
      await sound(page, 'hits by the last digits')
      await Promise.all([page.waitForNavigation(), press(page, '.rows a')])
      await sound(page, 'a case whose person may ring back')
      await Promise.all([page.waitForNavigation(), press(page, 'form[action$="/rang-back"] button')])
      assert.match(await page.textContent('main'), /Sparat: personen ringde tillbaka\./)
      assert.deepEqual(events(ref()).filter(act => act !== 'open'), acts)
      await Promise.all([page.waitForNavigation(), press(page, '.undo button')])
      assert.equal(events(ref()).at(-1), 'undo')
      await page.context().close()
    })
  }
})

describe('with script', () => {
  test('a full stop and a letter do what the page of shortcuts says, outside of fields, until they are turned off', async () => {
    const page = await enter(browser, service, service.coordinator, { script: true })
    const keys = async (...keys) => { for (const key of keys) await page.keyboard.press(key) }
    await keys('.', 's')
    assert.equal(await page.evaluate('document.activeElement.id'), 'find')
    await keys('.', 'm')
    assert.equal(await page.inputValue('#find'), '.m')
    await page.evaluate('document.activeElement.blur()')
    await Promise.all([page.waitForURL('**/staff/queue?mine=1'), keys('.', 'm')])
    await Promise.all([page.waitForURL('**/staff/keys'), keys('?')])
    await sound(page, 'shortcuts')
    await page.click('[for=keys-on]')
    await page.evaluate('document.activeElement.blur()')
    await keys('.', 'm')
    await page.waitForTimeout(200)
    assert.match(page.url(), /\/staff\/keys$/)
    await page.click('[for=keys-on]')
    await page.evaluate('document.activeElement.blur()')
    await Promise.all([page.waitForURL('**/staff/queue'), keys('.', 'i')])
    // The letter alone is nobody's.
    await keys('m')
    await Promise.all([page.waitForURL('**/staff/case/**'), keys('.', 'n')])
    await page.context().close()
  })

  test('the browser tells of news while the page is not in sight, in neutral words, if the reader says so', async () => {
    const page = await enter(browser, service, service.coordinator, { script: true })
    await page.context().grantPermissions(['notifications'], { origin: service.url })
    await page.addInitScript(() => {
      window.told = []
      window.Notification = class { constructor (...told) { window.told.push(told) } static permission = 'granted'; static requestPermission = async () => 'granted' }
    })
    await page.clock.install()
    await page.goto(`${service.url}/staff/queue`)
    const minute = async () => {
      const answered = page.waitForResponse(answer => answer.url().includes('watch=1'))
      await page.clock.runFor(61000)
      await (await answered).finished()
      await page.clock.runFor(4000)
    }
    const hide = hidden => page.evaluate(hidden => Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }), hidden)
    await page.click('#tell-on')
    assert.ok(await page.isVisible('#tell-off'))
    await sound(page, 'Today, which tells')
    await hide(true)
    await minute()
    assert.deepEqual(await page.evaluate('window.told'), [])
    await arrive({ name: 'Zebra Randig' })
    await minute()
    assert.deepEqual(await page.evaluate('window.told'), [['Något har ändrats i kön', { tag: 'egenremiss', lang: 'sv' }]])
    await hide(false)
    await page.click('#tell-off')
    await hide(true)
    await arrive({ name: 'Zebra Två' })
    await page.clock.runFor(130000)
    assert.equal(await page.evaluate('window.told.length'), 1)
    await page.context().close()
  })
})
