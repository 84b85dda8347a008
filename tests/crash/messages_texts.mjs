// Texts through a gateway that fails, refuses, hangs, answers twice or closes early, and an
// outbox that is killed at random. Each text is delivered once, or is reported as failed or as
// unknown.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Outbox, configWith, startGateway, until } from '../support/outbox.mjs'
import { right, startService, wait } from '../support/service.mjs'
import { sendCase, signedIn } from '../support/staff.mjs'
import { tracesInFolder } from '../support/traces.mjs'

const rounds = 8
const each = 6
let gateway, service, anna, leo, outbox
before(async () => {
  gateway = await startGateway()
  service = await startService({
    config: configWith(`sms = { url = "${gateway.url}"; from = "+46701740605"; user = "kommun"; password_file = "password"; };`),
    clock: '2027-01-11T09:00+01:00'
  })
  outbox = new Outbox(service)
  assert.equal(await outbox.once(), 0)
  anna = await signedIn(service, service.coordinator)
  leo = await signedIn(service, service.lead)
})
after(async () => { await service.stop(); await gateway.stop() })

let people = 0
/** Sends a text to a new person; returns the case and the text, which is different for each. */
async function press () {
  const words = `Hej! Vi ringer dig. Nr ${++people}.`
  const phone = `070-174 06 ${String(10 + people % 80)}`
  const ref = await sendCase(service, { ...right.self, name: `Person ${people}`, phone })
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  const answer = await anna.act(ref, 'text', { text: words, step: 'send' })
  assert.equal(answer.status, 303, answer.text)
  return { ref, words, phone }
}

const last = () => service.sql("SELECT state, reason, box IS NULL AS erased FROM messages WHERE way = 'text' ORDER BY number DESC LIMIT 1")[0]
const takenOf = ({ words }) => gateway.taken.filter(({ form }) => form.message === words)
const fate = () => { const { state, reason } = last(); return `${state} ${reason}` }

describe('a gateway that', () => {
  test('accepts a text gets from, to and message once, with basic authentication', async () => {
    const sent = await press()
    await outbox.once()
    const [{ form, headers, method }, ...more] = takenOf(sent)
    assert.deepEqual(more, [])
    assert.deepEqual(form, { from: '+46701740605', to: `+46${sent.phone.replace(/\D/g, '').slice(1)}`, message: sent.words })
    assert.equal(method, 'POST')
    assert.equal(headers['content-type'], 'application/x-www-form-urlencoded')
    assert.equal(headers.authorization, `Basic ${Buffer.from('kommun:hemligt lösen').toString('base64')}`)
    assert.equal(fate(), 'sent none')
    assert.equal(last().erased, 1)
    assert.match((await anna.page(`/staff/case/${sent.ref}`)).text, /Skickat/)
  })

  for (const [what, behave, expected] of [
    ['fails', 'fails', 'queued unreachable'], ['is too busy', 'busy', 'queued unreachable'],
    ['refuses', 'refuses', 'failed refused'], ['stands behind one that cannot reach it', 'badGateway', 'unknown lost'],
    ['answers twice', 'answersTwice', 'sent none'], ['answers and is cut off', 'cutsAnswer', 'sent none'],
    ['closes after it has read', 'closes', 'unknown lost']
  ]) {
    test(`${what}: ${expected}`, async () => {
      gateway.behave = behave === 'busy' ? gateway.ways.sends(429) : behave
      const sent = await press()
      await outbox.once()
      assert.equal(fate(), expected)
      assert.equal(takenOf(sent).length, 1)
      gateway.behave = 'takes'
      service.clock.forward(70)
      await outbox.once()
      const again = expected.startsWith('queued')
      assert.equal(takenOf(sent).length, again ? 2 : 1)
      assert.equal(fate(), again ? 'sent none' : expected)
      assert.equal(last().erased, Number(fate() === 'sent none'))
    })
  }

  test('closes the connection before reading is tried again, or reported', async () => {
    gateway.early = true
    const sent = await press()
    await outbox.once()
    gateway.early = false
    assert.match(fate(), /^(unknown lost|queued unreachable)$/)
    assert.equal(takenOf(sent).length, 0)
  })

  test('does not listen is tried again, and got nothing', async () => {
    const { url } = gateway
    await gateway.stop()
    const sent = await press()
    await outbox.once()
    assert.equal(fate(), 'queued unreachable')
    const back = await startGateway()
    assert.notEqual(back.url, url)
    await back.stop()
    gateway = await startGateway(Number(new URL(url).port))
    service.clock.forward(70)
    await outbox.once()
    assert.equal(fate(), 'sent none')
    assert.equal(takenOf(sent).length, 1)
  })

  test('hangs is given up in time, reported, and not tried again', async () => {
    gateway.behave = 'hangs'
    const sent = await press()
    // A real one has a minute's patience.
    const hung = new Outbox(service, { EGENREMISS_TEST_ANSWER_MS: '1500' }).start()
    await until(() => takenOf(sent).length === 1, 'it was not asked')
    hung.process.kill('SIGTERM')
    assert.equal(await hung.ended, 0)
    assert.equal(fate(), 'unknown lost')
    const [, waited] = /timed out after (\d+) milliseconds/.exec(hung.said)
    assert.ok(waited >= 1500 && waited < 60000, waited)
    gateway.behave = 'takes'
    service.clock.forward(70)
    await outbox.once()
    assert.equal(takenOf(sent).length, 1)
  })

  test('may have the text: a lead sends it again or drops it', async () => {
    const unsent = (await leo.page('/staff/overview')).text
    assert.match(unsent, /Kanske skickat: svaret kom bort/)
    const before = gateway.taken.length
    const message = [...unsent.matchAll(/name="message" value="(\w{13})"/g)][0][1]
    assert.equal((await leo.post('/staff/messages/resend', { message })).status, 303)
    assert.equal((await leo.post('/staff/messages/resend', { message })).status, 409)
    await outbox.once()
    assert.equal(gateway.taken.length, before + 1)
    const { text } = await leo.page('/staff/overview')
    const next = [...text.matchAll(/name="message" value="(\w{13})"/g)][0][1]
    assert.notEqual(next, message)
    assert.equal((await leo.post('/staff/messages/drop', { message: next })).status, 303)
    await outbox.once()
    assert.equal(gateway.taken.length, before + 1)
  })
})

describe('SIGKILL at any moment', () => {
  const sent = []
  const random = most => Math.floor(Math.random() * most)

  for (let round = 1; round <= rounds; round++) {
    test(`of the outbox, ${round}`, async () => {
      gateway.behave = socket => gateway.ways.late(random(25))(socket)
      for (let i = 0; i < each; i++) sent.push(await press())
      const victim = new Outbox(service).start()
      const began = gateway.seen
      if (round % 2) await until(() => gateway.seen > began + random(each - 1), 'nothing was sent')
      await wait(random(40))
      assert.equal(await victim.end('SIGKILL'), 'SIGKILL')
    })
  }

  test('afterwards each text was delivered once, or is reported as unknown', async () => {
    gateway.behave = 'takes'
    await outbox.once()
    const rows = service.sql(`SELECT state, count(*) AS n FROM messages WHERE number IN (SELECT number FROM messages WHERE way = 'text' ORDER BY number DESC LIMIT ${sent.length}) GROUP BY state`)
    const count = Object.fromEntries(rows.map(({ state, n }) => [state, n]))
    const taken = sent.map(one => takenOf(one).length)
    assert.deepEqual(taken.filter(times => times > 1), [], 'somebody got it twice')
    assert.equal((count.sent ?? 0) + (count.unknown ?? 0), sent.length, JSON.stringify(count))
    const once = taken.filter(times => times === 1).length
    assert.ok(once >= count.sent, 'told to be sent, and was not')
    assert.ok(once <= count.sent + (count.unknown ?? 0))
    const shown = (await leo.page('/staff/overview')).text.match(/Kanske skickat/g)?.length ?? 0
    assert.ok(shown >= (count.unknown ?? 0), 'an unknown one is not told')
  })
})

test('no text, name or number is in the database, its write-ahead log or a log', async () => {
  assert.deepEqual(tracesInFolder(service.folder, ['Vi ringer dig. Nr', 'Person 1', '46701740', 'hemligt'], ['outbox.key']).map(({ file, string }) => `${file}: ${string}`), [])
  assert.doesNotMatch(readFileSync(join(service.folder, 'outbox.log'), 'utf8'), /\d{8}/)
})
