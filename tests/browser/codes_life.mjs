// The whole life of a code in Chromium: a lead makes, prints, moves, retires and revives it. At
// each stage a new phone scans the printed page. Tests the page that it opens, the visits that
// it counts, and that it leaves no trace.
import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { enter, launch, open } from '../support/browser.mjs'
import { brought } from '../support/brought.mjs'
import { drawn } from '../support/print.mjs'
import { read } from '../support/scan.mjs'
import { startService } from '../support/service.mjs'
import { text } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, browser, lead, code, address, agent, logged
before(async () => {
  [service, browser] = await Promise.all([startService({ quick: true }), launch()])
  lead = await enter(browser, service, service.lead, { width: 1280 })
})
after(async () => { await browser.close(); await service.stop() })

const log = () => readFileSync(service.log, 'utf8')

/** Each worker reads codes anew, and writes visits, when it looks. */
const settled = () => service.looked()
const people = [['Zebranna', '070-174 07 11'], ['Zebertil', '070-174 07 12'], ['Zeblanka', '070-174 07 13']]

/** Scanned by a phone of its own: the page that opens, which is a form. */
async function scan (locale = 'sv-SE') {
  const phone = await open(browser, { locale })
  assert.equal((await phone.goto(address)).status(), 200)
  agent = await phone.evaluate(() => navigator.userAgent)
  return phone
}
const where = async phone => ({ area: await phone.getAttribute('form [name=area]', 'value'), language: await phone.getAttribute('html', 'lang') })
const leave = phone => phone.context().close()

/** The whole form, sent by the phone that has it open, to its receipt. */
async function send (phone, [name, number]) {
  const { language } = await where(phone)
  for (const [field, value] of [['who', 'self'], ['age', '20-24'], ['contact', 'sms-first']]) await phone.check(`[name=${field}][value="${value}"]`)
  await phone.fill('[name=name]', name)
  await phone.fill('[name=phone]', number)
  await phone.click('form details summary')
  await phone.check('[name=when][value=morning]')
  await phone.click('.answers > button')
  await phone.waitForSelector(`h1:has-text("${text(language, 'Tack, vi har fått det!')}")`)
  assert.deepEqual(await phone.context().cookies(), [])
}

/** What the database counts: visits of people, and who came by it. */
const counted = async () => {
  await settled()
  return service.sql(`SELECT (SELECT coalesce(sum(count), 0) FROM visits WHERE code = '${code}') AS visits, (SELECT count(*) FROM cases WHERE code = '${code}') AS came`)[0]
}

/** The same as the lead is shown it, which is one on the code's page, beside the other codes and in the file. */
async function shown () {
  await lead.goto(`${service.url}/staff/codes/${code}`)
  const own = await lead.locator('table:has(#brought) td.number').allInnerTexts()
  await lead.goto(`${service.url}/staff/outreach`)
  const beside = await lead.locator('tr', { hasText: code }).locator('td').allInnerTexts()
  const saved = lead.waitForEvent('download')
  await lead.click('a[href^="/staff/outreach.csv"]')
  const line = readFileSync(await (await saved).path(), 'utf8').replaceAll('"', '').split('\r\n').map(row => row.split(';')).find(row => row[2] === code)
  const [first, ...others] = [own.slice(0, 2), beside.slice(0, 2), [line[6], line[9]]].map(cells => cells.map(cell => cell.trim()))
  for (const other of others) assert.deepEqual(other, first)
  return first.join(', ')
}

/** A button on the code's page, pressed. */
async function press (action, notice) {
  await lead.goto(`${service.url}/staff/codes/${code}`)
  await lead.click(`form[action$="/${action}"] button`)
  await lead.waitForURL(`**/${code}?notice=${notice}`)
  await settled()
}

test('is made and printed at a desk', async () => {
  await lead.goto(`${service.url}/staff/codes`)
  await lead.click('#add')
  await lead.fill('#place-new', 'Väntrummet')
  await lead.selectOption('#area-new', '1781')
  await lead.selectOption('#channel-new', 'health')
  await lead.click('form[action^="/staff/codes?send"] button')
  await lead.waitForURL(/codes\/\w{6}\?notice=code-made/)
  code = /(\w{6})\?/.exec(lead.url())[1]
  await lead.click(`a[href="/staff/brochures?code=${code}"]`)
  await lead.click('a[href^="/staff/brochures/print?"]')
  await lead.waitForSelector('.page img')
  const file = join(service.folder, 'printed.pdf')
  await lead.pdf({ path: file, preferCSSPageSize: true })
  const [{ zbar }] = await read(drawn(file, 1))
  address = zbar?.text
  // Capitals but for the scheme, which some cameras refuse in capitals.
  assert.equal(address, `${service.url}/q/${code}`.toUpperCase().replace('HTTP', 'http'))
  rmSync(file)
  logged = log().length
})

test('opens the form of its area, in the reader’s language', async () => {
  const [swedish, arabic] = [await scan(), await scan('ar')]
  assert.deepEqual(await where(swedish), { area: '1781', language: 'sv' })
  assert.deepEqual(await where(arabic), { area: '1781', language: 'ar' })
  assert.deepEqual(await counted(), { visits: 2, came: 0 })
  assert.equal(await shown(), '2, 0')
  await send(swedish, people[0])
  assert.deepEqual(await counted(), { visits: 2, came: 1 })
  assert.equal(await shown(), '2, visas inte')
  await Promise.all([swedish, arabic].map(leave))
})

test('opens another area’s form in another language after it has been moved', async () => {
  await lead.goto(`${service.url}/staff/codes/${code}`)
  await lead.click('#change')
  await lead.selectOption('#area-code', '1780')
  await lead.selectOption('#language-code', 'ar')
  await lead.click('form[action$="/change"] button')
  await lead.waitForURL(`**/${code}?notice=code-changed`)
  await settled()
  const phone = await scan()
  assert.deepEqual(await where(phone), { area: '1780', language: 'ar' })
  await send(phone, people[1])
  await leave(phone)
  assert.deepEqual(await counted(), { visits: 3, came: 2 })
  assert.deepEqual(service.sql(`SELECT area FROM cases WHERE code = '${code}' ORDER BY area`), [{ area: '1780' }, { area: '1781' }])
  assert.equal(await shown(), '3, visas inte')
})

test('still opens a form when it is retired, and counts no visit', async () => {
  await press('retire', 'code-retired')
  const phone = await scan()
  assert.deepEqual(await where(phone), { area: '1780', language: 'ar' })
  await send(phone, people[2])
  await leave(phone)
  assert.deepEqual(await counted(), { visits: 3, came: 2 })
  assert.equal(service.count('cases'), 3)
  assert.equal(await shown(), '3, visas inte')
})

test('counts again when it is revived, and shows figures of five persons or more', async () => {
  await press('revive', 'code-revived')
  const phone = await scan()
  assert.deepEqual(await where(phone), { area: '1780', language: 'ar' })
  await leave(phone)
  assert.deepEqual(await counted(), { visits: 4, came: 2 })
  brought(service, code, 5)
  assert.equal(await shown(), '4, 7')
})

test('leaves no trace of its visitors in database or log', () => {
  const own = [agent, ...people.flat(), ...people.flatMap(([, number]) => ['+46', '0'].map(prefix => prefix + number.replace(/\D/g, '').slice(1)))]
  assert.match(agent, /Mobile/)
  assert.deepEqual(tracesInFolder(service.folder, own), [])
  // Where they came from, and what they asked for; the service's own address stands in the log as it starts.
  assert.doesNotMatch(log().slice(logged), new RegExp(`127\\.0\\.0\\.1|${code}|/q/`, 'i'))
  assert.deepEqual(tracesInFolder(service.folder, ['127.0.0.1'], ['kore.conf', 'kore.log']), [])
  assert.ok(tracesInFolder(service.folder, ['Väntrummet']).length > 0)
})
