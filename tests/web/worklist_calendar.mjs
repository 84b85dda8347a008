// The reader's planned calls in another calendar, over HTTP: the secret address, what it says
// and what it never says, and the file for one call.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { parsed } from '../support/icalendar.mjs'
import { right, send, startService } from '../support/service.mjs'
import { addAccount, number, sendCase, signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, anna, leo, sent = 0
const secrets = []
before(async () => {
  service = await startService({ clock: '2027-01-11T08:00+01:00' })
  ;[anna, leo] = await Promise.all([service.coordinator, service.lead].map(account => signedIn(service, account)))
})
after(() => service.stop())

/** Makes an address, as its owner, and returns its path. */
async function addressOf (session) {
  const answer = await session.post('/staff/me/calendar')
  assert.equal(answer.status, 200)
  const address = /id="link-text"[^>]* value="([^"]+)"/.exec(await answer.text())[1].replaceAll('&amp;', '&')
  const path = address.slice(service.url.length)
  assert.match(path, /^\/staff\/calendar\/[\w-]{43}\.ics\?lang=sv$/)
  secrets.push(path.slice(16, 59))
  return path
}
const fetched = async path => {
  const answer = await send(service.url + path, { redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}
async function calendarAt (path) {
  const { status, headers, bytes } = await fetched(path)
  assert.equal(status, 200)
  assert.equal(headers.get('content-type'), 'text/calendar; charset=utf-8')
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('set-cookie'), null)
  return parsed(bytes)
}
/** A case that anna holds, whose person has names that may not leave the service. */
async function claimed (session = anna) {
  const ref = await sendCase(service, { ...right.self, name: `Hemlig${++sent}` })
  assert.equal((await session.act(ref, 'claim')).status, 303)
  return ref
}
const dueOf = ref => service.sql(`SELECT due_at FROM cases WHERE number = ${number(ref)}`)[0].due_at
const day = days => new Date(Date.parse('2027-01-11') + days * 86400000).toISOString().slice(0, 10)

describe('the calendar of an account', () => {
  test('is a calendar without events while nothing is planned', async () => {
    const { events, name, parts } = await calendarAt(await addressOf(leo))
    assert.deepEqual(events, [])
    assert.equal(name, 'Planerade samtal')
    assert.ok(parts.includes('VTIMEZONE'))
  })
  test('has the due time of each case that its owner holds, and nothing about a person', async () => {
    const path = await addressOf(anna)
    const [one, two] = [await claimed(), await claimed()]
    await claimed(leo)
    await sendCase(service, { ...right.self, name: `Hemlig${++sent}` })
    const { events } = await calendarAt(path)
    assert.deepEqual(events.map(({ url }) => url).sort(), [one, two].map(ref => `${service.url}/staff/case/${ref}`).sort())
    for (const event of events) {
      assert.equal(event.summary, 'Planerat samtal')
      assert.equal(event.dtend, dueOf(event.url.slice(-13)))
      assert.equal(event.dtend - event.dtstart, 1800)
      assert.equal(event.dtstamp, event['last-modified'])
      assert.match(event.description, /^Ring senast när tiden är slut\. Logga in för att se ärendet:\nhttp:.*\/staff\/case\/\w{13}$/)
    }
    const { bytes } = await fetched(path)
    assert.doesNotMatch(bytes.toString(), /Hemlig|17406|18-19|KAA|Kristinehamn|Anna|ungdom/i)
  })
  test('keeps the event when a call moves, and tells that it was changed', async () => {
    const path = await addressOf(anna), ref = await claimed()
    const find = async () => (await calendarAt(path)).events.find(({ url }) => url.endsWith(ref))
    const before = await find()
    assert.equal((await anna.page(`/staff/case/${ref}`)).status, 200)
    assert.deepEqual(await find(), before, 'reading the case has changed its event')
    service.clock.forward(60)
    assert.equal((await anna.act(ref, 'attempt', { result: 'reached', until: day(9) })).status, 303)
    const moved = await find()
    assert.equal(moved.uid, before.uid)
    assert.equal(moved.dtend, dueOf(ref))
    assert.ok(moved.dtend > before.dtend && moved.sequence > before.sequence && moved.dtstamp > before.dtstamp)
    assert.equal((await anna.act(ref, 'undo')).status, 303)
    const undone = await find()
    assert.equal(undone.dtend, before.dtend)
    assert.ok(undone.sequence > moved.sequence, 'an undo is a change too')
  })
  test('has the planned contacts of a follow-up, until they are made or the case ends', async () => {
    const path = await addressOf(anna), ref = await claimed()
    const own = async () => (await calendarAt(path)).events.filter(({ url }) => url.endsWith(ref)).sort((a, b) => a.dtend - b.dtend)
    assert.equal((await anna.act(ref, 'attempt', { result: 'reached' })).status, 303)
    assert.equal((await anna.act(ref, 'begin', { outcome: 'work', call1: day(14), call2: day(42), call3: day(84) })).status, 303)
    const planned = await own()
    assert.deepEqual(planned.map(({ summary }) => summary), Array(3).fill('Planerad uppföljning'))
    assert.deepEqual(planned.map(({ dtend }) => new Date(dtend * 1000).toISOString().slice(0, 10)), [day(14), day(42), day(84)])
    service.clock.forward(60)
    assert.equal((await anna.act(ref, 'attempt', { result: 'reached' })).status, 303)
    assert.deepEqual((await own()).map(({ dtend }) => dtend), planned.slice(1).map(({ dtend }) => dtend))
    assert.equal((await anna.act(ref, 'close', { outcome: 'work' })).status, 303)
    assert.deepEqual(await own(), [])
  })
  test('has the cases of a colleague who is away, for whom its owner stands in', async () => {
    const path = await addressOf(leo), ref = await claimed()
    const own = async () => (await calendarAt(path)).events.some(({ url }) => url.endsWith(ref))
    assert.equal(await own(), false)
    assert.equal((await anna.post('/staff/absence', { from: day(0), to: day(0), deputy: 'leo' })).status, 303)
    assert.equal(await own(), true)
    assert.equal((await anna.post('/staff/absence/end')).status, 303)
    assert.equal(await own(), false)
  })
  test('is written in the language of its address, with long lines folded', async () => {
    const path = (await addressOf(anna)).replace('lang=sv', 'lang=ar')
    await claimed()
    const { events, name } = await calendarAt(path)
    assert.match(name, /[\u0600-\u06ff]/)
    assert.match(events[0].summary, /[\u0600-\u06ff]/)
    assert.ok((await fetched(path)).bytes.includes('\r\n '), 'no line was long enough')
  })
})

describe('the secret address', () => {
  const nowhere = async () => fetched('/staff/no-such-page?lang=sv')
  /** The answer is the one of a page that does not exist, byte for byte. */
  async function leadsNowhere (path, what) {
    const [answer, none] = [await fetched(path), await nowhere()]
    assert.equal(answer.status, 404, what)
    assert.equal(answer.bytes.toString(), none.bytes.toString(), what)
    for (const name of ['cache-control', 'content-type', 'etag']) assert.equal(answer.headers.get(name), none.headers.get(name), `${what}: ${name}`)
  }
  test('is as if it were not there when it is wrong', async () => {
    const path = await addressOf(anna)
    const token = path.slice(16, 59)
    for (const wrong of [token.slice(0, -1), `${token}A`, 'A'.repeat(43), token.toLowerCase(), '', '.', `${token}%00`]) await leadsNowhere(`/staff/calendar/${wrong}.ics?lang=sv`, wrong)
    for (const wrong of [`/staff/calendar/${token}?lang=sv`, `/staff/calendar/${token}.ICS?lang=sv`]) await leadsNowhere(wrong, wrong)
    assert.equal((await fetched(path)).status, 200)
  })
  test('needs no sign-in, and is not opened by one', async () => {
    const path = await addressOf(anna)
    const answer = await leo.get(path)
    assert.equal(answer.status, 200)
    assert.equal((await leo.get(path.replace(/[\w-]{43}/, 'B'.repeat(43)))).status, 404)
  })
  test('is replaced by a new one, and ends when its owner takes it back', async () => {
    const first = await addressOf(anna)
    assert.match(reading((await anna.page('/staff/me')).text), /Du har en kalenderadress sedan i dag/)
    const second = await addressOf(anna)
    await leadsNowhere(first, 'the old one')
    assert.equal((await fetched(second)).status, 200)
    const answer = await anna.post('/staff/me/calendar/end')
    assert.equal(answer.headers.get('location'), '/staff/me?notice=calendar-ended#calendar')
    await leadsNowhere(second, 'taken back')
    assert.match(reading((await anna.page('/staff/me?notice=calendar-ended')).text), /Kalenderadressen fungerar inte längre\..*Gör en kalenderadress/)
  })
  test('ends at once with the account, and with its keys', async () => {
    for (const [how, user] of [['deactivate', 'doris'], ['restore', 'edit']]) {
      const session = await signedIn(service, addAccount(service, user, 'coordinator', 'kristinehamn-kaa'))
      const path = await addressOf(session)
      await claimed(session)
      assert.equal((await calendarAt(path)).events.length, 1)
      service.tell(`${service.recovery}\n`, 'user', how, user, '--data', service.folder)
      await leadsNowhere(path, how)
    }
  })
  test('is another’s to renew only for its owner, and none of an administrator', async () => {
    const path = await addressOf(anna)
    await addressOf(leo)
    assert.equal((await fetched(path)).status, 200)
    const administrator = await signedIn(service, service.administrator)
    assert.equal((await administrator.post('/staff/me/calendar')).status, 403)
    assert.doesNotMatch((await administrator.page('/staff/me')).text, /id="calendar"/)
  })
  test('stands neither on disk nor in a log', () => {
    assert.ok(secrets.length > 8)
    assert.deepEqual(tracesInFolder(service.folder, secrets), [])
    assert.doesNotMatch(readFileSync(service.log, 'utf8'), /calendar/)
  })
})

describe('the file of one call', () => {
  test('has the next call, under the number of the case', async () => {
    const ref = await claimed()
    const answer = await anna.get(`/staff/case/${ref}/event`)
    assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${ref}.ics"`)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const { events } = parsed(Buffer.from(await answer.arrayBuffer()))
    assert.deepEqual(events.map(({ uid, dtend }) => [uid, dtend]), [[`${ref}@${new URL(service.url).host}`, dueOf(ref)]])
    assert.match((await anna.page(`/staff/case/${ref}`)).text, new RegExp(`href="/staff/case/${ref}/event"`))
  })
  test('is only for those who have a part in the case, while it is open', async () => {
    const ref = await claimed()
    const berit = await signedIn(service, addAccount(service, 'berit', 'coordinator', 'karlstad-unga'))
    assert.equal((await berit.get(`/staff/case/${ref}/event`)).status, 404)
    assert.equal((await leo.get(`/staff/case/${ref}/event`)).status, 200)
    assert.equal((await leo.act(ref, 'recuse')).status, 303)
    assert.equal((await leo.get(`/staff/case/${ref}/event`)).status, 404)
    assert.equal((await anna.act(ref, 'attempt', { result: 'reached' })).status, 303)
    assert.equal((await anna.act(ref, 'close', { outcome: 'work' })).status, 303)
    const closed = await anna.page(`/staff/case/${ref}/event`)
    assert.equal(closed.status, 404)
    assert.match(reading(closed.text), /Inget samtal är planerat/)
    assert.doesNotMatch((await anna.page(`/staff/case/${ref}`)).text, /\/event"/)
  })
})
