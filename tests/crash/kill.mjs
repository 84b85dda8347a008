// Kills a process, or all processes, under load, twenty times. Every submission that got a
// receipt must be in the database afterwards.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService, until, wait } from '../support/service.mjs'
import { signedIn } from '../support/staff.mjs'
import { unsealed } from '../support/unseal.mjs'
import { ask } from '../support/wire.mjs'

const rounds = 10
const clients = 16
let service
before(async () => { service = await startService() })
after(() => service.stop())

let sent = 0
const receipts = []
const refused = { dropped: 0, unavailable: 0 }

/** Sends one form after another until it is told to stop; remembers each name that got a receipt. */
async function client (load) {
  while (!load.over) {
    const name = `Löpnummer ${++sent}`
    try {
      const answer = await ask(`${service.url}/kristinehamn`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...right.self, name }).toString()
      })
      if (answer.status === 200 && answer.text.includes('Tack, vi har fått det!')) { receipts.push(name); load.receipts++ } else refused.unavailable++
    } catch { refused.dropped++ }
  }
}

async function underLoad (act) {
  const load = { over: false, receipts: 0 }
  const all = Array.from({ length: clients }, () => client(load))
  await until(() => load.receipts >= 20, 'no load')
  await act(load)
  load.over = true
  await Promise.all(all)
}

describe('SIGKILL under load', () => {
  for (let round = 1; round <= rounds; round++) {
    test(`of a worker, ${round}`, async () => {
      const [one, two] = service.workers()
      const victim = round % 2 ? one : two
      await underLoad(async load => {
        await wait(round * 7 % 30)
        process.kill(victim, 'SIGKILL')
        const then = load.receipts
        await until(() => load.receipts > then + 20, 'the other worker takes nothing in')
      })
      await until(() => service.workers().length === 2 && !service.workers().includes(victim), 'the worker did not come back')
    })
  }
  for (let round = 1; round <= rounds; round++) {
    test(`of the whole group, ${round}`, async () => {
      await underLoad(async () => {
        await wait(round * 11 % 40)
        await service.end('SIGKILL')
      })
      await service.start()
    })
  }
})

describe('after the kills', () => {
  test('receipts had been given and clients had been cut off', () => {
    assert.ok(receipts.length > rounds * 2 * 20, `${receipts.length} receipts`)
    assert.ok(refused.dropped > 0, 'nobody was cut off')
  })
  test('the database is whole', () => {
    assert.deepEqual(service.sql('PRAGMA integrity_check'), [{ integrity_check: 'ok' }])
    assert.deepEqual(service.sql('PRAGMA foreign_key_check'), [])
    assert.match(service.run('doctor', '--data', service.folder), /^0 faults$/m)
    for (const table of ['case_keys', 'records', 'events', 'alerts']) assert.equal(service.count(table), service.count('cases'), table)
  })
  test('every submission with a receipt is stored and opens', () => {
    const names = new Map(unsealed(service).map(({ form }) => [form.get('name'), form]))
    assert.deepEqual(receipts.filter(name => !names.has(name)), [], 'told "we have it", and lost')
    assert.equal(new Set(receipts).size, receipts.length)
    for (const form of names.values()) assert.equal(form.get('phone'), '+46701740605')
  })
  test('a coordinator signs in, and sees and claims the new cases', async () => {
    const anna = await signedIn(service, service.coordinator)
    const { text } = await anna.page('/staff/queue')
    const [, ref] = /id="case-(\w{13})"/.exec(text)
    assert.equal((await anna.act(ref, 'claim')).status, 303)
    assert.match((await anna.page(`/staff/case/${ref}`)).text, /Löpnummer \d+/)
  })
})
