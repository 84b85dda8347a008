// The service follows the clock that a test moves: page, event, due time and command.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
import { reference, sendCase, signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'

const zone = 'Europe/Stockholm'
/** "2027-01-12 09:30" by the clock on the wall. */
const wall = seconds => new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(seconds * 1000)

let service
before(async () => { service = await startService({ clock: '2027-01-11T09:00+01:00' }) })
after(() => service.stop())

test('the moved clock sets the promise, and the times of later acts', async () => {
  const ref = await sendCase(service, right.self)
  const [row] = service.sql('SELECT received_at, due_at FROM cases')
  assert.equal(wall(row.received_at), '2027-01-11 09:00')
  // Three working days on, at half past four.
  assert.equal(wall(row.due_at), '2027-01-14 16:30')

  service.clock.set('2027-01-12T09:30+01:00')
  const session = await signedIn(service, service.coordinator)
  assert.equal((await session.act(ref, 'claim')).status, 303)
  const [event] = service.sql("SELECT at FROM events WHERE act = 'claim'")
  assert.equal(wall(event.at), '2027-01-12 09:30')
  assert.ok(reading((await session.page(`/staff/case/${ref}`)).text).includes('i dag kl. 09:30'))
  assert.match(reading((await session.page('/staff/queue')).text), /tisdag 12 januari 09:3\d/)
})

test('a day later the case is overdue in every process, and the session has ended', async () => {
  service.clock.set('2027-01-15T08:00+01:00')
  const [{ number }] = service.sql('SELECT CAST(number AS TEXT) AS number FROM cases')
  const session = await signedIn(service, service.lead)
  for (let i = 0; i < 20; i++) {
    const { text } = await session.page('/staff/queue')
    assert.match(text, new RegExp(`Försenade[^]*${reference(number)}`))
  }
  assert.match(service.run('doctor', '--data', service.folder), /^warning: case \S+ of kristinehamn-kaa was promised a call that nobody has tried$/m)
  service.clock.forward(13 * 3600)
  assert.equal((await session.get('/staff/queue')).status, 303)
})

test('the processes survive the move', () => assert.equal(service.workers().length, 2))
