// The files of conf/ together: Kore on its socket, in its chroot, as a user without rights,
// behind nginx with TLS and limits on requests.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { connect } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch as openBrowser, signIn } from '../support/browser.mjs'
import { asRoot, launch, shipped, startNginx } from '../support/nginx.mjs'
import { build, command, discard, freePort, looked, receiptOf, right, root, until, wait } from '../support/service.mjs'
import { tracesInFolder } from '../support/traces.mjs'

const folder = mkdtempSync(join(tmpdir(), 'egenremiss-nginx-'))
const data = join(folder, 'data')
let port, plainPort, demo, kore, nginx

function startKore () {
  writeFileSync(join(folder, 'kore.conf'), shipped('kore.conf', [
    ['/var/lib/egenremiss', data], ['/run/egenremiss', folder], ['runas			egenremiss', 'runas www-data'],
    ['/usr/local/lib/egenremiss/egenremiss.so', join(build, 'egenremiss.so')]
  ]))
  const environment = { EGENREMISS_DATA: data, EGENREMISS_CONFIG: join(root, 'conf/service.conf'), EGENREMISS_URL: `https://localhost:${port}`, EGENREMISS_TEST_LOOK_MS: '50', RUNTIME_DIRECTORY: folder }
  demo = execFileSync(command, ['init', '--demo', '--data', data], { encoding: 'utf8', env: { ...process.env, ...environment } })
  if (asRoot) {
    const [uid, gid] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, 'www-data'])))
    for (const path of [data, ...readdirSync(data).map(name => join(data, name))]) chownSync(path, uid, gid)
    chmodSync(folder, 0o755)
  }
  kore = launch('bash', ['-c', `umask 0007; ulimit -n 1024; exec ${asRoot ? 'setpriv --regid www-data --clear-groups kore -fq' : 'kore -fqnr'} -c ${join(folder, 'kore.conf')}`], environment)
}

function request (path, { method = 'GET', headers = {}, body, from } = {}) {
  return new Promise((resolve, reject) => {
    const sent = https.request({ host: '127.0.0.1', port, path, method, localAddress: from, headers: { host: 'localhost', ...headers }, rejectUnauthorized: false }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', part => { text += part }).on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A form, and the look at its receipt. */
const post = async (path, fields, headers = {}, from = undefined) => {
  const body = new URLSearchParams(fields).toString()
  const answer = await request(path, { method: 'POST', body, from, headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), ...headers } })
  const receipt = receiptOf(answer.headers.location)
  return receipt ? request(receipt, { from }) : answer
}

before(async () => {
  port = await freePort()
  plainPort = await freePort()
  startKore()
  nginx = await startNginx({ folder, upstream: `unix:${folder}/http.sock`, port, plainPort })
  await until(() => request('/health').then(answer => answer.status === 200, () => false), 'nginx and Kore do not answer')
})

after(() => {
  nginx?.end()
  kore?.end()
  discard(folder)
})

test('addresses as people carry them arrive through nginx, and what browsers ask for by themselves', async () => {
  const code = /^code: (\S+) kristinehamn$/m.exec(demo)[1]
  const forms = [`/Q/${code}`, `/q/${code}`, `/q/${code.toLowerCase()}`, `/q/${code}.`, `/q/${code}/`, `//q//${code}`, `/q%2F${code}`, `/%71/${code}`, `/q/${code}%20`, `/q/${code}%E2%80%8B`, `/q/(${code})`,
    `/q/${code}?utm_source=x&fbclid=y`, `/q/${code}%3Futm_source=x`, `/q/${code}/.`, '/Kristinehamn/', '/KRISTINEHAMN.', '/kristinehamn%E2%80%9D', '/%6Bristinehamn', '//kristinehamn', '/V%C3%A4rmland', '/Va%CC%88rmland', '/V%E4rmland']
  for (const path of forms) {
    let answer = await request(path)
    if (answer.status === 303) answer = await request(answer.headers.location)
    assert.equal(answer.status, 200, path)
    assert.match(answer.text, /V%C|V%E|Va%/.test(path) ? /name="area" value="1700"/ : /name="area" value="1781"/, path)
  }
  for (const path of ['/robots.txt', '/favicon.ico', '/.well-known/security.txt']) {
    const answer = await request(path, { headers: { 'accept-encoding': 'gzip' } })
    assert.deepEqual([answer.status, answer.headers['content-encoding']], [200, 'gzip'], path)
  }
  assert.match((await request('/.well-known/security.txt')).text, /^Contact: mailto:/)
})

test('nginx passes on each public page in each language', async () => {
  const slugs = ['kristinehamn', 'karlstad', 'arvika', 'hagfors', 'filipstad', 'varmland']
  const paths = ['/', ...slugs.flatMap(slug => [`/${slug}`, `/${slug}/personuppgifter`, `/${slug}/tillganglighet`])]
  for (const path of paths) {
    for (const language of ['sv', 'en', 'ar']) {
      const answer = await request(path, { headers: { 'accept-language': language } })
      assert.equal(answer.status, 200, path)
      assert.match(answer.text, new RegExp(`<html lang="${language}"`))
      assert.match(answer.headers['strict-transport-security'], /max-age=\d{8}/)
      assert.match(answer.headers['content-security-policy'], /default-src 'none'/)
      assert.equal(answer.headers['set-cookie'], undefined)
    }
  }
})

test('nginx passes on If-None-Match, so that a page is not sent twice', async () => {
  const first = await request('/kristinehamn', { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(first.headers['content-encoding'], 'gzip')
  const again = await request('/kristinehamn', { headers: { 'if-none-match': first.headers.etag } })
  assert.equal(again.status, 304)
})

test('each kind of submitter gets a receipt', async () => {
  for (const fields of Object.values(right)) {
    const answer = await post('/kristinehamn', fields)
    assert.equal(answer.status, 200)
    assert.match(answer.text, /Tack, vi har fått det!/)
  }
})

test('a coordinator signs in over TLS', async () => {
  const passphrase = /^passphrase: (.*)$/m.exec(execFileSync(command, ['init', '--demo', '--data', data],
    { encoding: 'utf8', env: { ...process.env, EGENREMISS_CONFIG: join(root, 'conf/service.conf') } }))[1]
  const door = await post('/staff', { user: 'anna', passphrase })
  assert.equal(door.status, 303)
  const cookie = door.headers['set-cookie'][0].split(';')[0]
  const queue = await request('/staff/queue', { headers: { cookie } })
  assert.equal(queue.status, 200)
  assert.match(queue.text, /Ta ärendet/)
})

test('too many sign-ins wait, counted by the address that nginx sees', async () => {
  let names = 0
  const knock = (from, headers) => post('/staff', { user: `nobody${++names}`, passphrase: 'fel' }, headers, from)
  await Promise.all(Array.from({ length: 22 }, () => knock('127.0.0.2')))
  // On with it, until a slow machine has time for the rest of this test.
  for (let left = 0; left < 8;) {
    left = Number(/Vänta (\d+) sekund/.exec((await knock('127.0.0.2')).text)?.[1] ?? 0)
    // Time is the matter: in its chroot Kore lives by the machine's clock.
    if (left < 8) await wait(left * 1000)
  }
  for (const headers of [{}, { 'x-real-ip': '203.0.113.9' }, { 'x-forwarded-for': '203.0.113.9' }]) {
    const answer = await knock('127.0.0.2', headers)
    assert.equal(answer.status, 429)
    assert.match(answer.text, /Vänta/)
  }
  assert.equal((await knock('127.0.0.3')).status, 403)
})

test('the secret addresses of calendars have the same limit', async () => {
  const guess = (i, from) => request(`/staff/calendar/${String(i).padStart(43, 'A')}.ics`, { from })
  const answers = await Promise.all(Array.from({ length: 70 }, (_, i) => guess(i, '127.0.0.4')))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [404, 429])
  assert.equal((await request('/kristinehamn', { from: '127.0.0.4' })).status, 200)
  assert.equal((await guess(1, '127.0.0.5')).status, 404)
  assert.deepEqual(tracesInFolder(folder, ['A'.repeat(40)]), [])
})

test('forty extra headers displace no other, and do not reach Kore', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`x-many-${i}`, 'x'.repeat(40)]))
  const answer = await post('/kristinehamn?lang=en', { ...right.self, name: 'Dana' }, many)
  assert.equal(answer.status, 200)
  assert.match(answer.text, /<html lang="en"/)
})

test('the program counts a visit by user agent and session behind nginx, and gets no other header', async () => {
  const code = /^code: (\S+) arvika$/m.exec(demo)[1]
  const agent = 'Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36'
  const long = `${agent} Zebramobil/${'7'.repeat(3000)}`
  for (const headers of [{}, { 'user-agent': agent }, { 'user-agent': long }, { 'user-agent': 'WhatsApp/2.24.6.77 A' },
    { 'user-agent': agent, 'sec-purpose': 'prefetch;prerender' }, { 'user-agent': agent, purpose: 'prefetch' },
    { 'user-agent': agent, cookie: `__Host-session=${'A'.repeat(43)}` }]) {
    assert.equal((await request(`/q/${code}`, { headers })).status, 200)
  }
  const rows = () => execFileSync('sqlite3', [join(data, 'egenremiss.db'), `SELECT kind, sum(count) FROM visits WHERE code = '${code}' GROUP BY kind ORDER BY kind`], { encoding: 'utf8' })
  await until(() => rows() === 'person|3\nrobot|1\nstaff|1\n', rows)
  // None is written afterwards.
  await looked(() => request('/health?workers').then(({ text }) => text), 2)
  assert.equal(rows(), 'person|3\nrobot|1\nstaff|1\n')
  assert.deepEqual(tracesInFolder(folder, ['Zebramobil', 'Android 14']), [])
})

test('the body of a GET is not read as a second request', async () => {
  const answer = await new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () =>
      socket.write('GET /kristinehamn HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 44\r\n\r\nGET /karlstad HTTP/1.1\r\nHost: localhost\r\n\r\n\r\n'))
    socket.setEncoding('utf8').on('data', part => { text += part }).on('close', () => resolve(text)).on('error', reject)
  })
  assert.equal(answer.match(/HTTP\/1\.1 200/g).length, 1)
  assert.ok(!answer.includes('Karlstad</'))
})

test('nginx refuses other methods and endless bodies', async () => {
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) assert.equal((await request('/kristinehamn', { method })).status, 405)
  assert.equal((await post('/kristinehamn', { name: 'x'.repeat(100000) })).status, 413)
})

const large = join(folder, 'large.csv')
const tooMuch = [/Det blev för mycket på en gång/, /<p lang="en">That was too much/, /<p lang="ar" dir="rtl">/]

test('nginx refuses a file of 50 MB in three languages, and no code is made', async () => {
  const body = Buffer.alloc(50 << 20, 'Skolan;Skola;1781\r\n')
  const count = () => execFileSync('sqlite3', [join(data, 'egenremiss.db'), 'SELECT count(*) FROM codes'], { encoding: 'utf8' })
  const before = count()
  const headers = { 'content-type': 'multipart/form-data; boundary=B' }
  for (const answer of [await request('/staff/codes/import', { method: 'POST', body, headers }),
    await request('/kristinehamn', { method: 'POST', body: body.subarray(0, 70000), headers: { ...headers, 'transfer-encoding': 'chunked' } })]) {
    assert.equal(answer.status, 413)
    for (const words of tooMuch) assert.match(answer.text, words)
  }
  writeFileSync(large, body)
  const browser = await openBrowser()
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled: false, viewport: { width: 360, height: 740 } })).newPage()
  const [, user] = /^lead: (.*)$/m.exec(demo)
  const [, passphrase] = /^lead passphrase: (.*)$/m.exec(demo)
  await signIn(page, { url: `https://localhost:${port}` }, { user, passphrase })
  await page.goto(`https://localhost:${port}/staff/codes`)
  const wire = await page.context().newCDPSession(page)
  const answers = []
  wire.on('Network.responseReceived', ({ response }) => answers.push(`${response.protocol} ${response.status}`))
  await wire.send('Network.enable')
  await page.click('#import')
  await page.setInputFiles('#file', large)
  await page.locator('form[action$="/import"] button').click()
  await page.waitForURL(/import$/)
  assert.equal(await page.locator('h1').innerText(), 'Det blev för mycket på en gång')
  assert.deepEqual(answers, ['h2 413'])
  await browser.close()
  assert.equal(count(), before)
})

test('plain HTTP redirects to TLS', async () => {
  const answer = await fetch(`http://127.0.0.1:${plainPort}/kristinehamn`, { redirect: 'manual', headers: { host: 'localhost' } })
  assert.equal(answer.status, 301)
  assert.match(answer.headers.get('location'), /^https:\/\/.*\/kristinehamn$/)
})

test('worker processes are not root and see only their folder', { skip: asRoot ? false : 'only root can chroot' }, () => {
  const parent = kore.pid
  const workers = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ')
  assert.equal(workers.length, 2)
  for (const pid of workers) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    assert.doesNotMatch(status, /^Uid:\t0/m)
    assert.match(status, /^Seccomp:\t2/m)
    assert.match(status, /^CapEff:\t0+$/m)
    assert.equal(execFileSync('readlink', [`/proc/${pid}/root`], { encoding: 'utf8' }).trim(), data)
  }
})

test('no log names a visitor', () => {
  for (const name of readdirSync(join(folder, 'logs'))) {
    assert.doesNotMatch(readFileSync(join(folder, 'logs', name), 'utf8'), /127\.0\.0\.1|kristinehamn|GET|POST/)
  }
})

test('nginx answers in three languages while Kore is down', async () => {
  await kore.end()
  for (const answer of [await request('/kristinehamn'), await post('/kristinehamn', right.self)]) {
    assert.equal(answer.status, 503)
    assert.match(answer.text, /försök igen/)
    assert.match(answer.text, /dir="rtl"/)
    assert.match(answer.text, /<li>Kristinehamn: <bdi>070-174 06 10<\/bdi>/)
  }
})
