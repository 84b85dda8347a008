// Sends known texts through every form. Afterwards they are not on disk in any encoding, not in
// the log, not in a backup and not in the memory of a process, and a process that crashes leaves
// no core file. The sealed texts can be opened.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { right, startService, until } from '../support/service.mjs'
import { addAccount, reference, signIn, signedIn } from '../support/staff.mjs'
import { tracesInFolder, tracesInMemory } from '../support/traces.mjs'
import { unsealed } from '../support/unseal.mjs'
import { ask, talk } from '../support/wire.mjs'

/** What a person wrote, and what their browser says of them. A word of its own for each way in. */
const written = new Map()
const carried = new Map()
const mint = kept => way => {
  const word = `Qvz${way}${Math.random().toString(36).slice(2, 8).replace(/\d/g, 'q')}`
  kept.set(way, word)
  return word
}
const write = mint(written)
const carry = mint(carried)

let digits = 50
/** A telephone number that occurs nowhere else, as `format` writes it; the searches look for all its spellings. */
function phone (way, format) {
  const last = String(++digits)
  for (const [spelling, number] of Object.entries({ digits: `07017406${last}`, e164: `+467017406${last}`, national: `7017406${last}`, shown: `070-174 06 ${last}` })) written.set(`${way} ${spelling}`, number)
  return format.replace('NN', last)
}

let service, account, backup
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const headers = () => ({
  'user-agent': carry('agent'), referer: `https://x.example/${carry('referer')}`, 'x-forwarded-for': '198.51.100.177', cookie: `x=${carry('cookie')}`, 'accept-language': `sv, ${carry('language')}`
})
const submit = (path, fields, more = form) => ask(service.url + path, { method: 'POST', headers: { ...headers(), ...more }, body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString() })

async function everyWayIn () {
  carried.set('address', '198.51.100.177')
  const sent = [
    ['/hagfors', { ...right.self, area: '1783', name: write('self'), phone: phone('self', '070-174 06 NN'), message: `Hej, ${write('message')}` }],
    ['/kristinehamn?lang=ar', { ...right.relative, name: write('relative'), phone: phone('relative', '+46 (0)70 174 06 NN') }],
    [`/q/${service.codes.karlstad}`, { ...right.professional, area: '1780', name: write('professional'), phone: phone('professional', '00467017406NN'), helper_name: write('helper'), helper_phone: phone('helper', '07017406NN') }]
  ]
  for (const [path, fields] of sent) {
    assert.equal((await submit(path, fields)).status, 200)
    assert.equal((await submit(path, fields)).status, 200, 'a second tap')
  }
  const { self, professional } = right
  const encode = fields => new URLSearchParams(fields).toString()
  for (const [status, path, fields, more] of [
    [422, '/kristinehamn', { ...self, name: write('faulty'), age: '', phone: phone('faulty', '070-174 06 NN') }],
    [422, '/kristinehamn', { ...self, name: `${write('long')} `.repeat(20), phone: phone('long', '070-174 06 NN') }],
    [422, '/kristinehamn', { ...self, name: `\u202e${write('bidi')}`, phone: `${phone('wordy', '070-174 06 NN')} ${write('phone')}` }],
    [400, '/kristinehamn', { ...self, name: write('unknown'), phone: phone('unknown', '070-174 06 NN'), personnummer: write('extra') }],
    [400, '/kristinehamn', `${encode({ ...self, name: write('repeated'), phone: phone('repeated', '070-174 06 NN') })}&name=x`],
    [400, '/kristinehamn', `${encode({ ...self, name: write('broken'), phone: phone('broken', '070-174 06 NN') })}&x=%`],
    [413, '/kristinehamn', `${encode({ ...self, name: write('huge'), phone: phone('huge', '070-174 06 NN') })}&message=${`${write('flood')} `.repeat(6000)}`],
    [415, '/kristinehamn', JSON.stringify({ name: write('json'), phone: phone('json', '070-174 06 NN') }), { 'content-type': 'application/json' }],
    [403, '/filipstad', { ...self, area: '1782', name: write('closed'), phone: phone('closed', '070-174 06 NN') }],
    [200, '/kristinehamn', { ...professional, agreed: 'no', name: write('agreed'), phone: phone('agreed', '070-174 06 NN') }],
    [404, '/q/000000', { ...self, name: write('nocode'), phone: phone('nocode', '070-174 06 NN') }],
    [405, '/kristinehamn/personuppgifter', { ...self, name: write('method'), phone: phone('method', '070-174 06 NN') }],
    [404, '/nowhere', { ...self, name: write('nowhere'), phone: phone('nowhere', '070-174 06 NN') }]
  ]) assert.equal((await submit(path, fields, more)).status, status, `${path} ${JSON.stringify(fields).slice(0, 80)}`)
  for (const path of [`/kristinehamn?name=${carry('query')}`, `/${carry('path')}`, `/q/${carry('code')}`, `/staff?notice=${carry('notice')}`]) await ask(service.url + path, { headers: headers() })
  // Browsers send the headers in one packet and the body in another.
  for (const [way, length] of [['late', 0], ['latelong', 5000]]) {
    const body = encode({ ...self, area: '1783', name: write(way), phone: phone(way, '070-174 06 NN'), message: '&'.repeat(length / 15).concat(write(`${way}message`)) })
    const heard = await talk(service.port, [`POST /hagfors HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`, body.slice(0, 40), body.slice(40)], { gap: 60 })
    assert.match(heard, /^HTTP\/1\.1 303 /)
  }
  const cut = encode({ ...self, name: write('cut'), phone: phone('cut', '070-174 06 NN') })
  await talk(service.port, [`POST /kristinehamn HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${cut.length + 9}\r\n\r\n`, cut], { gap: 60, hangUp: true })
}

async function everyWayBack () {
  assert.equal((await signIn(service, { ...account, passphrase: write('wrong') })).status, 403)
  assert.equal((await signIn(service, { user: write('stranger'), passphrase: write('guess') })).status, 403)
  written.set('passphrase', account.passphrase)
  const session = await signedIn(service, account)
  written.set('session', session.cookie.split('=')[1])
  for (const find of [write('find'), phone('findnumber', '070-174 06 NN'), written.get('self')]) assert.equal((await session.post('/staff/search', { find })).status, 200)
  const call = { way: 'phone', who: 'self', area: '1783', age: '18-19', contact: 'call', when: 'any', speak: 'sv' }
  for (const [status, fields] of [[303, { ...call, name: write('entry'), phone: phone('entry', '070-174 06 NN'), message: write('entrymessage') }],
    [422, { ...call, age: '', name: write('entryfault'), phone: phone('entryfault', '070-174 06 NN') }]]) {
    assert.equal((await session.post('/staff/new', fields)).status, status)
  }
  for (const { n } of service.sql('SELECT CAST(number AS TEXT) AS n FROM cases')) {
    const ref = reference(n)
    assert.equal((await session.act(ref, 'claim')).status, 303)
    assert.match((await session.page(`/staff/case/${ref}`)).text, /Qvz/)
    assert.equal((await session.act(ref, 'note', { note: `Anteckning: ${write('note')}` })).status, 303)
    assert.equal((await session.act(ref, 'note', { note: `${'أ'.repeat(3800)} ${write('longnote')}` })).status, 303)
    assert.equal((await session.act(ref, 'note', { note: `\u0007${write('badnote')}` })).status, 422)
    assert.equal((await session.act(ref, 'attempt', { result: 'reached', note: write('reached') })).status, 303)
    assert.equal((await session.act(ref, 'attempt', { result: 'nonsense', note: write('nonsense') })).status, 422)
    assert.equal((await session.act(ref, 'correct', { name: write('corrected'), phone: phone('corrected', '070-174 06 NN') })).status, 303)
    assert.equal((await session.act(ref, 'correct', { name: `\u0007${write('badcorrection')}` })).status, 422)
    assert.match((await session.page('/staff/queue')).text, /Qvz/)
    assert.match((await session.page(`/staff/case/${ref}`)).text, /Qvz/)
  }
  assert.equal((await session.post('/staff/out')).status, 303)
}

before(async () => {
  service = await startService({ limits: 'ulimit -c unlimited', quick: true, argon2: 'real' })
  account = addAccount(service, 'sentinel', 'lead', 'kristinehamn-kaa', 'kristinehamn-unga', 'karlstad-unga', 'hagfors-unga')
  backup = join(service.folder, 'backup.db')
})
after(() => service.stop())

const describeTrace = ({ file, map, string, spelling, around }) =>
  `${file ?? map}: ${[...written, ...carried].find(([, word]) => word === string)?.[0]} as ${spelling}${around ? `: ${around}` : ''}`

describe('known texts sent through every form', () => {
  test('are stored and can be opened', async () => {
    await everyWayIn()
    await everyWayBack()
    service.run('backup', backup, '--data', service.folder)
    await service.looked()
  })

  test('are in no file: database, WAL, its index, log, backup', () => {
    const files = readdirSync(service.folder)
    for (const file of ['egenremiss.db', 'egenremiss.db-wal', 'egenremiss.db-shm', 'kore.log', 'backup.db']) assert.ok(files.includes(file), file)
    assert.deepEqual(tracesInFolder(service.folder, [...written.values(), ...carried.values()]).map(describeTrace), [])
  })

  test('are in no process’s memory a moment later', t => {
    const processes = [service.process.pid, ...service.workers()]
    assert.equal(processes.length, 3)
    const found = processes.flatMap(pid => tracesInMemory(pid, [...written.values()]))
    assert.deepEqual(found.map(describeTrace), [])
    const left = processes.flatMap(pid => tracesInMemory(pid, [...carried.values()]))
    t.diagnostic(`of what browsers say of themselves, ${left.length} traces are in memory until it is used again`)
  })

  for (const [way, status, path, fields] of [
    ['longlast', 422, '/kristinehamn', word => ({ ...right.self, name: `${word} `.repeat(20) })],
    ['rightlast', 200, '/kristinehamn', word => ({ ...right.self, name: word })],
    ['agelast', 422, '/hagfors', word => ({ ...right.self, area: '1783', name: word, age: '' })],
    ['helperlast', 422, `/kristinehamn`, word => ({ ...right.professional, name: word, helper_phone: '12' })]
  ]) {
    test(`are in no process’s memory without a later request: ${way}`, async () => {
      const sent = { ...fields(write(way)), phone: phone(way, '070-174 06 NN') }
      assert.equal((await submit(path, sent)).status, status)
      await service.looked()
      const words = [...written].filter(([key]) => key.startsWith(way)).map(([, word]) => word)
      assert.deepEqual([service.process.pid, ...service.workers()].flatMap(pid => tracesInMemory(pid, words)).map(describeTrace), [])
    })
  }

  test('are found where they must be, so that the searches can fail', () => {
    assert.ok(tracesInFolder(service.folder, ['Mottagningen', 'kristinehamn-kaa']).length > 0)
    const place = 'Det är långt till stan'
    for (const text of [place, Buffer.from(place).toString('hex'), Buffer.from(`xy${place}z`).toString('base64'), encodeURIComponent(place)]) {
      service.run('code', 'add', '--data', service.folder, '--area', '1781', '--channel', 'other', '--place', text)
    }
    const spellings = tracesInFolder(service.folder, [place]).map(({ spelling }) => spelling)
    for (const spelling of ['raw', 'hex', 'percent']) assert.ok(spellings.includes(spelling), spelling)
    assert.ok(spellings.some(spelling => spelling.startsWith('base64')))
    assert.ok(service.workers().every(pid => tracesInMemory(pid, ['Ungdomscentrum Kristinehamn']).length > 0))
  })

  test('open with the recovery key, from the database and from the backup', () => {
    for (const database of [undefined, backup]) {
      const records = unsealed(service, database)
      const all = records.map(({ form }) => form.toString()).join('\n')
      for (const way of ['self', 'relative', 'professional', 'helper', 'message', 'late', 'latelong', 'note', 'longnote', 'reached', 'corrected', 'entry', 'entrymessage']) assert.ok(all.includes(written.get(way)), way)
      for (const way of ['self e164', 'relative e164', 'professional e164', 'helper e164', 'corrected e164']) assert.ok(all.includes(encodeURIComponent(written.get(way))), way)
      for (const way of ['faulty', 'closed', 'agreed', 'badnote', 'badcorrection', 'extra', 'find', 'entryfault']) assert.ok(!all.includes(written.get(way)), way)
      assert.equal(records.filter(({ kind }) => kind === 1).length, database === backup ? 6 : 7, 'the last one came after the backup')
    }
  })
})

describe('a process that crashes', () => {
  for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGBUS']) {
    test(`by ${signal} leaves no core file, and another takes its place`, async () => {
      const [victim] = service.workers()
      assert.match(readFileSync(`/proc/${victim}/limits`, 'utf8'), /^Max core file size\s+0\s+0\s/m)
      process.kill(victim, signal)
      await until(() => service.workers().length === 2 && !service.workers().includes(victim), 'no worker in its place')
      const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim()
      const folder = pattern.startsWith('/') ? join(pattern, '..') : service.folder
      if (!pattern.startsWith('|')) assert.deepEqual(readdirSync(folder).filter(file => /^core/.test(file) && file.includes(String(victim) || 'core')), [])
      assert.ok(!readdirSync(service.folder).some(file => /^core/.test(file)))
      assert.equal((await ask(`${service.url}/kristinehamn`)).status, 200)
    })
  }
})
