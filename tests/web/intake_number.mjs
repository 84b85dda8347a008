// The number from which a queue's coordinators ring: a lead confirms, once, that a person who is
// rung sees it, and `egenremiss check` asks for it until then.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, startService } from '../support/service.mjs'
import { addAccount, signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'

let service, leo, lena
before(async () => {
  service = await startService({ clock: '2027-01-11T10:00+01:00' })
  leo = await signedIn(service, service.lead)
  lena = await signedIn(service, addAccount(service, 'lena', 'lead', 'karlstad-unga'))
})
after(() => service.stop())

const numbers = async session => reading(/<h2 id="numbers">([^]*?)<\/ul>/.exec((await session.page('/staff/intake')).text)[1])
const confirm = async (session, fields) => {
  const answer = await session.post('/staff/intake/number', { queue: 'kristinehamn-kaa', day: '2027-01-11', ...fields })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}
/** The queues whose number `egenremiss check` asks about. */
const asked = (config = join(root, 'conf/service.conf')) => {
  const { status, stdout, stderr } = spawnSync(join(process.env.BUILD ?? join(root, 'build'), 'egenremiss'), ['check', '--data', service.folder, '--config', config], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const queues = [...stderr.matchAll(/warning: nobody has confirmed that a call from queue (\S+) shows 070-174 06 \d\d, /g)].map(([, queue]) => queue)
  assert.match(stdout, new RegExp(`^faults: 0, warnings: ${queues.length}$`, 'm'))
  return queues
}

test('check asks for each number until it is confirmed, which breaks nothing', () => {
  const queues = asked()
  assert.ok(queues.includes('kristinehamn-kaa') && queues.includes('karlstad-unga'))
})

test('a lead sees the numbers of the own queues, and confirms one with the day', async () => {
  assert.match(await numbers(leo), /KAA Kristinehamn 070-174 06 11 Inte bekräftat/)
  assert.match(await numbers(lena), /^ ?Numret som vi ringer från .* Ungdomstorget Karlstad 070-174 06 22 Inte bekräftat/)
  assert.doesNotMatch(await numbers(lena), /Kristinehamn/)
  assert.equal((await confirm(leo)).location, '/staff/intake?notice=number')
  assert.match(await numbers(leo), /KAA Kristinehamn 070-174 06 11 Bekräftat måndag 11 januari 2027/)
  assert.ok(!asked().includes('kristinehamn-kaa'))
  assert.ok(asked().includes('karlstad-unga'))
})

test('a day that cannot be right is asked about, and changes nothing', async () => {
  for (const day of ['2027-01-12', '2025-12-31', '0014-12-20', '', 'i dag']) {
    const before = service.contents()
    const answer = await confirm(leo, { day })
    assert.equal(answer.status, 422, day)
    assert.ok(reading(answer.text).includes('Välj en dag som har varit, högst ett år bakåt.'))
    assert.ok(answer.text.includes(`value="${day}"`))
    assert.deepEqual(service.changes(before), [])
  }
})

test('only a lead of the queue confirms it', async () => {
  const before = service.contents()
  for (const queue of ['kristinehamn-kaa', 'nowhere', '']) assert.equal((await confirm(lena, { queue })).status, 404, queue)
  assert.equal((await confirm(await signedIn(service, service.coordinator))).status, 403)
  assert.deepEqual(service.changes(before), [])
})

test('another number in the configuration is not confirmed; the same, written otherwise, is', () => {
  const changed = (find, replace) => {
    const file = join(service.folder, 'changed.conf')
    writeFileSync(file, readFileSync(join(root, 'conf/service.conf'), 'utf8').replace(find, replace).replaceAll('../assets', join(root, 'assets')))
    return file
  }
  assert.ok(asked(changed('"070-174 06 11"', '"070-174 06 19"')).includes('kristinehamn-kaa'))
  assert.ok(!asked(changed('"070-174 06 11"', '"+46701740611"')).includes('kristinehamn-kaa'))
})
