// A disk without room, and a database that another process has locked: the page asks to try
// again or to ring, with the answers still in the form, and never gives a receipt for an answer
// that is not stored.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { build, post, right, root, startService } from '../support/service.mjs'
import { sendCase, signIn, signedIn } from '../support/staff.mjs'
import { held, reading, text } from '../support/text.mjs'
import { unsealed } from '../support/unseal.mjs'

/** A file system of its own, four megabytes large, filled to the last byte. */
function mounted () {
  const data = mkdtempSync(join(tmpdir(), 'egenremiss-full-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', data]).status !== 0) {
    rmSync(data, { recursive: true })
    return null
  }
  const filler = join(data, 'filler')
  return {
    data,
    fill () {
      const file = openSync(filler, 'w')
      for (let size = 65536; size >= 1;) {
        try { writeSync(file, Buffer.alloc(size, 1)) } catch { size = Math.floor(size / 2) }
      }
      closeSync(file)
    },
    empty: () => rmSync(filler),
    end () { execFileSync('umount', [data]); rmSync(data, { recursive: true }) }
  }
}

/** The same by a library that refuses to write, where mounting is not allowed. */
function preloaded () {
  const data = mkdtempSync(join(tmpdir(), 'egenremiss-full-'))
  const library = join(build, 'tests/full_disk.so')
  execFileSync('mkdir', ['-p', join(build, 'tests')])
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-D_GNU_SOURCE', '-o', library, join(root, 'tests/crash/full_disk.c'), '-ldl'])
  const flag = join(data, 'full')
  return {
    data,
    env: { LD_PRELOAD: library, FULL_DISK: flag },
    fill: () => writeFileSync(flag, ''),
    empty: () => rmSync(flag),
    end: () => rmSync(data, { recursive: true })
  }
}

let sent = 0
const form = fields => ({ ...right.self, name: `Åsa <${++sent}>`, phone: '070-174 06 55', contact: 'sms-first', ...fields })

/** Sends a form, and checks the page when it cannot be stored. Returns the name, and whether it was stored. */
async function send (service, language) {
  const fields = form()
  const answer = await post(`${service.url}/kristinehamn?lang=${language}`, fields)
  const html = await answer.text()
  if (answer.status === 200) return { name: fields.name, kept: true }
  assert.equal(answer.status, 503)
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
  assert.equal(answer.headers.get('content-language'), language)
  const page = reading(html)
  assert.ok(page.includes(text(language, 'Det gick inte att spara just nu')))
  assert.ok(page.includes(text(language, 'Det du skrev står kvar. Tryck på knappen igen om en stund, eller ring {number}.', { number: '070-174 06 10' })), page)
  assert.ok(!page.includes(text(language, 'Tack, vi har fått det!')))
  for (const name of ['name', 'phone', 'age', 'contact', 'who']) assert.equal(held(html, name), fields[name])
  return { name: fields.name, kept: false }
}

async function assertUnavailable (service, language) {
  assert.equal((await send(service, language)).kept, false)
}

const stored = service => unsealed(service).map(({ form }) => form.get('name')).filter(name => name !== null)

for (const [what, make] of [['a file system of four megabytes', mounted], ['writes that are refused', preloaded]]) {
  const disk = make()
  describe(`a full disk: ${what}`, { skip: disk === null && 'mounting is not allowed here' }, () => {
    let service, anna, ref, workers
    const receipts = []
    const refused = []
    before(async () => {
      service = await startService({ data: disk.data, env: disk.env })
      anna = await signedIn(service, service.coordinator)
      ref = await sendCase(service, right.relative)
      assert.equal((await anna.act(ref, 'claim')).status, 303)
      workers = service.workers()
    })
    after(async () => { await service.stop(); disk.end() })

    /** The last page, or room that the log gets back, may still hold one: then it is really kept. */
    async function press (language) {
      const { name, kept } = await send(service, language);
      (kept ? receipts : refused).push(name)
    }

    test('gives receipts while there is room', async () => {
      const fields = form()
      assert.equal((await post(`${service.url}/kristinehamn`, fields)).status, 200)
      receipts.push(fields.name)
    })
    test('then gives no receipt, in any language, and shows the answers again', async () => {
      disk.fill()
      for (const language of ['sv', 'ar', 'en', 'sv', 'ar', 'en', 'sv']) await press(language)
      assert.ok(refused.length > 3)
    })
    test('answers twenty requests at once', async () => {
      await Promise.all(Array.from({ length: 20 }, () => press('sv')))
    })
    test('still serves pages and the queue', async () => {
      for (const path of ['/', '/kristinehamn', `/q/${service.codes.arvika}`, '/health', '/staff']) assert.equal((await fetch(service.url + path)).status, 200, path)
      assert.equal((await anna.page('/staff/queue')).status, 200)
    })
    // A refused write leaves its room in the log, where a small one may still find place:
    // what is too large for that is refused, and what is let in is really kept.
    test('refuses every act that must be stored', async () => {
      const note = await anna.act(ref, 'note', { note: '😀'.repeat(4000) })
      assert.equal(note.status, 503)
      assert.ok(reading(note.text).includes('Ingenting har ändrats. Försök igen om en stund.'))
      const before = service.count('sessions')
      const { status } = await signIn(service, service.lead)
      assert.equal(service.count('sessions') - before, { 303: 1, 503: 0 }[status], `answered ${status}`)
    })
    test('takes the same form, in the same processes, when there is room again', async () => {
      disk.empty()
      for (let i = 0; i < 5; i++) {
        const fields = form()
        assert.equal((await post(`${service.url}/kristinehamn`, fields)).status, 200)
        receipts.push(fields.name)
      }
      assert.equal((await anna.act(ref, 'note', { note: '😀'.repeat(4000) })).status, 303)
      assert.equal((await signIn(service, service.lead)).status, 303)
      assert.deepEqual(service.workers(), workers)
    })
    test('has stored each submission with a receipt and no other', () => {
      const names = stored(service).filter(name => name.startsWith('Åsa'))
      assert.deepEqual(names.sort(), receipts.sort())
      assert.ok(refused.length > 20)
      assert.deepEqual(service.sql('PRAGMA integrity_check'), [{ integrity_check: 'ok' }])
      assert.match(service.run('doctor', '--data', service.folder), /^0 faults$/m)
    })
  })
}

describe('a database that another process has locked', () => {
  let service, holder
  before(async () => { service = await startService() })
  after(() => service.stop())
  // A check that failed has not let it go, and the next would wait for it.
  afterEach(() => holder.kill())

  /** Holds the write lock until it is let go. */
  async function lock () {
    holder = spawn('sqlite3', [join(service.folder, 'egenremiss.db')], { stdio: ['pipe', 'pipe', 'inherit'] })
    holder.stdin.write('.timeout 5000\nBEGIN EXCLUSIVE;\n.print held\n')
    await new Promise(resolve => holder.stdout.once('data', resolve))
    return async () => {
      const ended = new Promise(resolve => holder.once('exit', resolve))
      holder.stdin.end('ROLLBACK;\n')
      await ended
    }
  }

  /** Milliseconds until a GET is answered. */
  async function time (path) {
    const began = performance.now()
    const answer = await fetch(service.url + path)
    await answer.text()
    assert.equal(answer.status, 200)
    return performance.now() - began
  }

  test('is waited for, then told, while pages answer at once', async () => {
    const release = await lock()
    const began = performance.now()
    let waiting = true
    const told = assertUnavailable(service, 'ar').finally(() => { waiting = false })
    const times = []
    while (waiting) times.push(await time('/kristinehamn'), await time(`/q/${service.codes.karlstad}`))
    await told
    assert.ok(performance.now() - began > 1000, 'it was not waited for')
    assert.ok(times.length > 20, `${times.length} pages while one waited`)
    times.sort((a, b) => a - b)
    assert.ok(times[Math.floor(times.length / 2)] < 50, `a page took ${times[Math.floor(times.length / 2)]} ms`)
    assert.ok(times.at(-1) < 1000, `the slowest page took ${times.at(-1)} ms`)
    await release()
    assert.equal(service.count('cases'), 0)
  })
  test('gives twenty requests an answer within a few seconds', async () => {
    const release = await lock()
    const began = performance.now()
    await Promise.all(Array.from({ length: 20 }, (_, i) => assertUnavailable(service, i % 2 ? 'sv' : 'ar')))
    assert.ok(performance.now() - began < 9000)
    await release()
    assert.equal(service.count('cases'), 0)
  })
  test('that is unlocked in time causes no fault', async () => {
    const release = await lock()
    const fields = form()
    const answer = post(`${service.url}/kristinehamn`, fields)
    // Time is the matter: so long the form waits for the lock.
    await new Promise(resolve => setTimeout(resolve, 500))
    await release()
    assert.equal((await answer).status, 200)
    assert.deepEqual(stored(service), [fields.name])
  })
})
