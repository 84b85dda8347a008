// The figures of codes in Chromium, without script: the lead's pages, a campaign made by
// keyboard, and a code opened by a person, a robot and the lead.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phones, signIn, sound } from '../support/browser.mjs'
import { brought, visited } from '../support/brought.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { startService } from '../support/service.mjs'
import { text } from '../support/text.mjs'

let service, browser, many, few
before(async () => {
  [service, browser] = await Promise.all([startService({ quick: true }), launch()])
  many = add('Vårdcentralen Kristinehamn', 'health')
  few = add('Brogårdsgymnasiet', 'school')
  visited(service, many, { '-40': 9, '-3': 12, 0: 5 })
  visited(service, few, { '-2': 1 })
  brought(service, many, 9, { reached: 9, outcomes: 'work' })
  brought(service, many, 8, { outcomes: 'care' })
  brought(service, few, 2, { reached: 1 })
})
after(async () => { await browser.close(); await service.stop() })

function add (place, channel) {
  return /^code: (\S+)$/m.exec(service.run('code', 'add', '--data', service.folder, '--area', '1781', '--channel', channel, '--place', place))[1]
}

const day = days => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format(Date.now() + days * 86400000)

/** How far the bars of a chart lie from its left edge, as they are drawn, from the first in the markup on. */
const bars = page => page.locator('figure.chart').first().locator('rect').evaluateAll(all => all.map(bar => bar.getBoundingClientRect()).map(({ left, height }) => ({ left, height })))

for (const kind of phones) {
  const { locale } = kind
  test(`the lead reads figures of codes and campaigns: ${locale}`, async () => {
    const says = swedish => text(locale.slice(0, 2), swedish)
    const page = await open(browser, kind)
    await signIn(page, service, service.lead)
    for (const path of ['/staff/outreach', '/staff/outreach?period=month', '/staff/outreach?period=all', `/staff/codes/${many}`, `/staff/codes/${few}`, '/staff/campaigns']) {
      assert.equal((await page.goto(service.url + path)).status(), 200, path)
      for (const summary of await page.locator('main summary').all()) await summary.click()
      await sound(page, path)
    }
    await page.goto(`${service.url}/staff/outreach`)
    const drawn = await bars(page)
    assert.equal(drawn.length, 13)
    assert.equal(drawn[0].left < drawn[1].left, locale !== 'ar', 'time does not run as the page reads')
    assert.ok(drawn.some(({ height }) => height > 50) && drawn.every(({ height }) => height <= 200))
    const name = await page.locator('figure.chart svg').first().getAttribute('aria-labelledby')
    assert.ok((await page.locator(`#${name}`).innerText()).includes(says('Besök av människor, alla koder.')))
    const row = await page.locator('tr', { hasText: 'Brogårdsgymnasiet' }).innerText()
    assert.ok(row.includes(says('visas inte')), row)

    await page.goto(`${service.url}/staff/campaigns`)
    await page.locator('#add').click()
    await page.fill('#campaign-name', `Vår ${locale}`)
    await page.fill('#campaign-from', day(-5))
    await page.fill('#campaign-to', day(-6))
    await page.check(`#tick-${many}`)
    await page.click('form[action^="/staff/campaigns?"] button')
    assert.equal(await page.inputValue('#campaign-name'), `Vår ${locale}`, 'what was typed is lost')
    assert.ok(await page.isChecked(`#tick-${many}`), 'what was ticked is lost')
    await sound(page, 'a campaign, refused')
    await page.fill('#campaign-to', day(5))
    await page.click('form[action^="/staff/campaigns?"] button')
    await page.waitForURL('**/staff/campaigns/*?notice=campaign')
    for (const summary of await page.locator('main summary').all()) await summary.click()
    await sound(page, 'a campaign')
    const rows = await page.locator('table').first().locator('tbody tr').allInnerTexts()
    assert.deepEqual(rows.slice(0, 2).map(row => row.trim().split(/\s+/).slice(-2)), [['17', '0'], ['17', '0']])
    await page.context().close()
  })
}

test('a campaign is made and removed by keyboard alone', async () => {
  const page = await open(browser, { width: 1280 })
  const keys = new Keyboard(page)
  await signIn(page, service, service.lead)
  await page.goto(`${service.url}/staff/campaigns`)
  await keys.write('#campaign-name', 'Tangenter')
  // A date field takes its parts one after the other, as the browser's language writes them.
  for (const [field, date] of [['#campaign-from', day(-2)], ['#campaign-to', day(2)]]) {
    await keys.reach(field)
    await page.fill(field, date)
  }
  await keys.press(`#tick-${few}`, 'Space')
  await keys.press('form[action^="/staff/campaigns?"] button')
  await page.waitForURL('**/staff/campaigns/*?notice=campaign')
  assert.equal(await page.locator('h1').innerText(), 'Tangenter')
  await keys.press('form[action$="/remove"] button')
  await page.waitForURL('**/staff/campaigns?notice=campaign-removed')
  assert.equal(await page.locator('main', { hasText: 'Tangenter' }).count(), 0)
  await page.context().close()
})

test('visits of a person, a robot and the lead are counted by kind', async () => {
  const code = add('Biblioteket', 'other')
  const person = await open(browser)
  assert.equal((await person.goto(`${service.url}/q/${code}`)).status(), 200)
  await person.context().close()
  const robot = await (await browser.newContext({ userAgent: 'WhatsApp/2.24.6.77 A' })).newPage()
  await robot.goto(`${service.url}/q/${code}`)
  await robot.context().close()
  const lead = await open(browser)
  await signIn(lead, service, service.lead)
  await lead.goto(`${service.url}/staff/codes/${code}`)
  await lead.locator(`a[href="/q/${code}"]`).click()
  await lead.waitForURL(`**/q/${code}`)
  await service.looked()
  assert.deepEqual(service.sql(`SELECT kind, count FROM visits WHERE code = '${code}' ORDER BY kind`),
    [{ kind: 'person', count: 1 }, { kind: 'robot', count: 1 }, { kind: 'staff', count: 1 }])
  await lead.context().close()
})
