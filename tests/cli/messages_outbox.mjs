// Mail to staff through a real SMTP server: the receiver and the time of each mail, no personal
// data in it, each sent once or reported. And the outbox process: one at a time, its key, its
// end.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Outbox, configWith, letter, startCutter, startSmtp, tell, until } from '../support/outbox.mjs'
import { right, startService } from '../support/service.mjs'
import { sendCase, signedIn } from '../support/staff.mjs'
import { traces } from '../support/traces.mjs'

let smtp, cutter, service, outbox
before(async () => {
  smtp = await startSmtp()
  cutter = await startCutter(smtp.port)
  service = await startService({
    config: configWith(`mail = { url = "${cutter.url}"; from = "ungdom@kommun.example"; };`), clock: '2027-01-11T10:00+01:00'
  })
  outbox = new Outbox(service)
  tell(service, 'anna', 'anna@example.org')
  tell(service, 'leo', 'leo@example.org', 0)
})
after(async () => { await service.stop(); await cutter.stop(); await smtp.stop() })

const states = () => service.sql("SELECT state, reason FROM messages WHERE way = 'mail' ORDER BY number").map(({ state, reason }) => `${state} ${reason}`)
let people = 0
const person = () => ({ ...right.self, name: `Qvzperson${++people}` })

describe('mail to staff', () => {
  test('has a count and no person', async () => {
    const ref = await sendCase(service, { ...person(), phone: '070-174 06 77' })
    assert.equal(await outbox.once(), 0)
    const [mail, ...more] = await until(() => smtp.mails().length && smtp.mails(), 'no mail')
    assert.deepEqual(more, [])
    assert.equal(mail.to, 'anna@example.org')
    assert.equal(mail.headers.from, 'ungdom@kommun.example')
    assert.equal(mail.subject, 'Nytt i kön')
    assert.match(mail.text, /^Det finns en ny att ringa\.$/m)
    assert.ok(mail.text.includes(`${service.url}/staff/queue`))
    assert.equal(mail.headers['auto-submitted'], 'auto-generated')
    assert.equal(mail.headers['reply-to'], undefined)
    assert.match(mail.headers['message-id'], /^<\w{13}@kommun\.example>$/)
    const strings = ['Qvzperson1', '07017406', '70-174', ref, 'Kristinehamn', 'kristinehamn']
    assert.deepEqual(traces(Buffer.from(mail.raw, 'latin1'), strings), [])
    assert.deepEqual(traces(Buffer.from(mail.text), strings), [])
    assert.deepEqual(states(), ['sent none'])
  })

  test('combines several alerts of a kind', async () => {
    const before = smtp.mails().length
    for (let i = 0; i < 3; i++) await sendCase(service, person())
    await outbox.once()
    await until(() => smtp.mails().length > before, 'no mail')
    assert.equal(smtp.mails().length, before + 1)
    assert.ok(smtp.mails().some(mail => mail.text.includes('Det finns 3 nya att ringa.')))
  })

  test('waits until the queue opens', async () => {
    service.clock.set('2027-01-11T17:00+01:00')
    await sendCase(service, person())
    const before = smtp.mails().length
    await outbox.once()
    service.clock.set('2027-01-12T07:30+01:00')
    tell(service, 'anna', 'anna@example.org', 1022)
    await outbox.once()
    assert.equal(smtp.mails().length, before)
    assert.equal(service.count('alerts'), 1)
    service.clock.set('2027-01-12T08:01+01:00')
    await outbox.once()
    // The new one, and the morning's digest.
    await until(() => smtp.mails().length === before + 2, 'no mail')
    const digest = smtp.mails().find(mail => mail.subject === 'Dagens läge')
    assert.match(digest.text, /^Alla öppna: 5$/m)
    assert.equal(service.count('alerts'), 0)
  })

  test('is reported when the server refuses the address', async () => {
    tell(service, 'anna', 'full@example.org', 2)
    await sendCase(service, person())
    await outbox.once()
    assert.deepEqual(states().at(-1), 'failed refused')
    tell(service, 'anna', 'anna@example.org', 2)
    assert.match(service.run('doctor'), /^warning: 1 mail: failed, refused$/m)
  })

  test('is tried again when the server does not answer', async () => {
    const before = smtp.mails().length
    cutter.when = () => true
    await sendCase(service, person())
    await outbox.once()
    assert.equal(states().at(-1), 'queued unreachable')
    await outbox.once()
    assert.equal(service.sql('SELECT max(tries) AS n FROM messages')[0].n, 1)
    cutter.when = undefined
    service.clock.forward(70)
    await outbox.once()
    assert.equal(states().at(-1), 'sent none')
    await until(() => smtp.mails().length === before + 1, 'no mail')
  })

  test('is reported, and not sent again, when the answer is lost', async () => {
    const before = smtp.mails().length
    cutter.when = said => said.includes('\r\n.\r\n')
    await sendCase(service, person())
    await outbox.once()
    assert.equal(states().at(-1), 'unknown lost')
    cutter.when = undefined
    service.clock.forward(70)
    await outbox.once()
    assert.equal(states().at(-1), 'unknown lost')
    assert.ok(smtp.mails().length <= before + 1)
    assert.match(service.run('doctor'), /^warning: 1 mail: unknown, lost$/m)
  })

  test('leaves no person in the log', () => {
    assert.deepEqual(traces(Buffer.from(outbox.said), ['Qvzperson', '07017406', 'example.org']), [])
  })
})

describe('the outbox process', () => {
  test('refuses to start twice', async () => {
    const first = new Outbox(service).start()
    await until(() => readFileSync('/proc/locks', 'utf8').includes(` ${first.process.pid} `), 'no lock')
    const second = new Outbox(service)
    assert.equal(await second.once(), 3)
    assert.match(second.said, /another outbox has .*; one is enough/)
    assert.equal(await first.end(), 0)
    assert.equal(await second.once(), 0)
  })

  test('keeps its secret key for its user alone, and the public half in the database', () => {
    const path = join(service.folder, 'outbox.key')
    assert.equal(statSync(path).mode & 0o777, 0o600)
    const key = readFileSync(path)
    assert.equal(key.length, 33)
    assert.equal(key[0], 1)
    for (const file of readdirSync(service.folder).filter(file => file.startsWith('egenremiss.db'))) assert.equal(readFileSync(join(service.folder, file)).indexOf(key.subarray(1)), -1)
    assert.equal(service.sql("SELECT length(value) AS n FROM meta WHERE key = 'outbox'")[0].n, 32)
  })

  test('stops at a damaged key and makes no new one', async () => {
    const path = join(service.folder, 'outbox.key')
    const before = service.sql("SELECT hex(value) AS key FROM meta WHERE key = 'outbox'")[0].key
    writeFileSync(path, 'x')
    assert.equal(await outbox.once(), 3)
    unlinkSync(path)
    assert.equal(await outbox.once(), 0)
    assert.notEqual(service.sql("SELECT hex(value) AS key FROM meta WHERE key = 'outbox'")[0].key, before)
  })
})

test('writes messages into a folder in a demonstration without mail', async () => {
  const demo = await startService({ clock: '2027-01-11T10:00+01:00' })
  try {
    const outbox = new Outbox(demo)
    tell(demo, 'anna', 'anna@example.org')
    tell(demo, 'leo', '', 0)
    await sendCase(demo, person())
    assert.equal(await outbox.once(), 0)
    const [file] = readdirSync(join(demo.folder, 'outbox'))
    assert.equal(letter(readFileSync(join(demo.folder, 'outbox', file), 'latin1')).subject, 'Nytt i kön')
    assert.match(outbox.said, /a demonstration: what would be sent stands in/)
  } finally { await demo.stop() }
})

test('keeps messages in a real service without mail, and reports it', async () => {
  const real = await startService({ clock: '2027-01-11T10:00+01:00' })
  try {
    const config = configWith('', text => text.replace('demonstration = true;', 'demonstration = false;').replace('http://localhost', 'https://localhost'))
    tell(real, 'anna', '', 0)
    tell(real, 'leo', 'leo@example.org', 2)
    await sendCase(real, person())
    await new Outbox({ ...real, environment: { ...real.environment, EGENREMISS_CONFIG: config } }).once()
    assert.deepEqual(real.sql('SELECT state, reason FROM messages'), [{ state: 'failed', reason: 'no-mail' }])
    const leo = await signedIn(real, real.lead)
    const page = (await leo.page('/staff/overview')).text
    assert.match(page, /Inte skickat: tjänsten kan inte skicka mejl än/)
    assert.match(page, /action="\/staff\/messages\/resend"/)
  } finally { await real.stop() }
})
