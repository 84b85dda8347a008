// Unexpected use of the service: many sign-ins at once, a sign-in from another site, a database
// that is removed, odd headers.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { build, command, post, right, root, startService } from '../support/service.mjs'
import { sendCase, signIn, signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'

const files = mkdtempSync(join(tmpdir(), 'egenremiss-'))
let service, anna, ref
before(async () => {
  const config = join(files, 'service.conf')
  writeFileSync(config, readFileSync(join(root, 'conf/service.conf'), 'utf8')
    .replaceAll('"../assets/', `"${root}assets/`).replace('slug = "hagfors"', 'slug = "staffanstorp"'))
  service = await startService({ config, workers: 1, argon2: 'real' })
  anna = await signedIn(service, service.coordinator)
  ref = await sendCase(service, right.self)
  assert.equal((await anna.act(ref, 'claim')).status, 303)
})
after(async () => {
  await service.stop()
  rmSync(files, { recursive: true, force: true })
})

/** fetch writes Accept-Encoding and Sec-Fetch-Site itself; this sends what it is given. */
const send = (path, { method = 'GET', headers = {}, body = '' } = {}) => new Promise((resolve, reject) => {
  http.request(service.url + path, { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, answer => {
    answer.resume().on('end', () => resolve({ status: answer.statusCode, headers: answer.headers }))
  }).on('error', reject).end(body)
})

test('every day of every year gets an answer', async () => {
  for (const [until, year] of [['0001-01-01', 1], ['1969-12-31', 1969], ['1970-01-01', 1970], ['9999-12-31', 9999], ['2199-12-31'], ['2026-02-30'], ['x']]) {
    for (const [what, fields] of [['park', {}], ['attempt', { result: 'reached' }]]) {
      const answer = await anna.act(ref, what, { until, ...fields })
      assert.ok([409, 422].includes(answer.status), `${what} ${until}: ${answer.status}`)
      assert.ok(reading(answer.text).includes(year ? `Det blev år ${year}. Stämmer datumet?` : 'Välj ett datum inom ett år framåt.'), until)
    }
  }
})

test('a client that refuses gzip gets plain text', async () => {
  const encoded = { gzip: true, 'deflate, gzip': true, 'GZIP;q=0.5': true, 'br, gzip ; q=1': true, 'gzip;q=0': false, 'gzip; q=0.000, *': false, 'x-gzipped': false, br: false, '': false }
  for (const [list, gzip] of Object.entries(encoded)) {
    const { headers } = await send('/kristinehamn', { headers: { 'accept-encoding': list } })
    assert.equal(headers['content-encoding'] === 'gzip', gzip, list)
  }
})

test('a public address that begins like the staff’s sets no cookie and reads none', async () => {
  const answer = await post(`${service.url}/staffanstorp?lang=ar`, {})
  assert.equal(answer.status, 422)
  assert.equal(answer.headers.get('set-cookie'), null)
  const swedish = await post(`${service.url}/staffanstorp`, {}, { cookie: '__Host-lang=ar' })
  assert.equal(swedish.headers.get('content-language'), 'sv')
  assert.match((await fetch(`${service.url}/staff?lang=ar`)).headers.get('set-cookie'), /^__Host-lang=ar;/)
})

test('a sign-in that another site sends is refused before it is tried', async () => {
  const body = new URLSearchParams({ user: service.coordinator.user, passphrase: service.coordinator.passphrase }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const from of ['cross-site', 'same-site']) {
    const answer = await send('/staff', { method: 'POST', body, headers: { ...headers, 'sec-fetch-site': from } })
    assert.equal(answer.status, 403, from)
    assert.equal(answer.headers['set-cookie'], undefined)
  }
  for (const from of ['same-origin', 'none']) {
    assert.equal((await send('/staff', { method: 'POST', body, headers: { ...headers, 'sec-fetch-site': from } })).status, 303, from)
  }
  // Partners may post the public form from their own sites.
  assert.equal((await send('/kristinehamn', { method: 'POST', body: 'who=self', headers: { ...headers, 'sec-fetch-site': 'cross-site' } })).status, 422)
})

describe('a database file that is removed while the service runs', () => {
  const move = (from, to) => readdirSync(from).filter(name => name.startsWith('egenremiss.db')).forEach(name => renameSync(join(from, name), join(to, name)))

  test('prevents every receipt, and /health reports it', async () => {
    move(service.folder, files)
    const answer = await post(`${service.url}/kristinehamn`, { ...right.self, name: 'Borta' })
    assert.equal(answer.status, 503)
    assert.ok((await answer.text()).includes('Borta'), 'what was typed came back')
    assert.equal((await fetch(`${service.url}/health`)).status, 503)
    assert.equal((await anna.page('/staff/queue')).status, 503)
    assert.equal((await anna.act(ref, 'note', { note: 'N' })).status, 503)
    assert.equal((await signIn(service, service.lead)).status, 503)
    assert.match(readFileSync(service.log, 'utf8'), /removed or replaced while in use/)
  })
  test('lets the service go on when it is put back', async () => {
    move(files, service.folder)
    assert.equal((await fetch(`${service.url}/health`)).status, 200)
    assert.equal((await post(`${service.url}/kristinehamn`, { ...right.self, name: 'Borta' })).status, 200)
    assert.equal((await anna.page('/staff/queue')).status, 200)
  })
})

test('a database with another owner stops the start, with a remedy', { skip: process.getuid() !== 0 && 'needs root' }, () => {
  const data = join(files, 'data')
  const env = { ...process.env, EGENREMISS_DATA: data, EGENREMISS_CONFIG: join(root, 'conf/service.conf') }
  execFileSync(command, ['init', '--demo', '--data', data], { env })
  writeFileSync(join(files, 'kore.conf'), readFileSync(join(root, 'conf/kore.conf'), 'utf8')
    .replaceAll('/var/lib/egenremiss', data).replaceAll('/run/egenremiss', files)
    .replace(/^runas.*$/m, 'runas www-data').replace(/^load.*$/m, `load ${join(build, 'egenremiss.so')}`))
  const { status, stderr } = spawnSync('kore', ['-fq', '-c', join(files, 'kore.conf')], { env, encoding: 'utf8', timeout: 10000, killSignal: 'SIGTERM' })
  assert.equal(status, 1, stderr)
  assert.match(stderr, /does not belong to www-data.*chown -R www-data/)
})

test('many sign-ins wait in a short queue, and the form does not wait for them', async () => {
  const tries = Array.from({ length: 80 }, (_, i) => signIn(service, { user: `nobody-${i}`, passphrase: 'x' }))
  let tried = 0
  for (const each of tries) each.then(({ status }) => { tried += status === 503 ? 0 : 1 }, () => {})
  const sent = await post(`${service.url}/kristinehamn`, { ...right.self, name: 'Under tiden' })
  // However slow the machine is, the form overtakes most of them.
  const before = tried
  assert.equal(sent.status, 200)
  const answers = await Promise.all(tries)
  assert.ok(before < tried / 2, `${before} of ${tried} sign-ins were tried before the form was answered`)
  const late = answers.filter(answer => answer.status === 503)
  assert.ok(late.length >= 80 - 33 - 15, `${late.length} were told to come back`)
  assert.ok(answers.every(answer => [403, 429, 503].includes(answer.status)), answers.map(answer => answer.status).join(' '))
  assert.equal(late[0].headers.get('retry-after'), '10')
  assert.ok(reading(await late[0].text()).includes('Försök igen om en stund.'))
  assert.equal((await signIn(service, service.coordinator)).status, 303)
})
