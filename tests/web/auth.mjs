// Sign-in over HTTP: passphrase, second factor, sessions, and the login throttle. The test makes
// its own one-time codes.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { post, root, startService } from '../support/service.mjs'
import { Session, addAccount, cookieLines, signIn, signedIn } from '../support/staff.mjs'
import { reading, text } from '../support/text.mjs'
import { code } from '../support/totp.mjs'

let service
before(async () => { service = await startService({ argon2: 'real' }) })
after(() => service.stop())

let made = 0
/** A colleague of the test's own. */
const colleague = (role = 'coordinator') => addAccount(service, `dorr${'abcdefghijklmnopqrstuvwxyz'[made++]}`, role, 'kristinehamn-kaa')
const cookies = answer => cookieLines(answer).map(line => line.split(';')[0]).join('; ')
const row = user => service.sql(`SELECT CAST(a.number AS TEXT) AS number, hex(locked) AS locked, confirmed_at, used_step, f.wrong,
  (SELECT count(*) FROM sessions s WHERE s.account = a.number AND half = 0) AS sessions,
  (SELECT count(*) FROM sessions s WHERE s.account = a.number AND half = 1) AS halves,
  (SELECT count(*) FROM trusted_devices b WHERE b.account = a.number) AS browsers
  FROM accounts a LEFT JOIN factors f ON f.account = a.number WHERE user = '${user}'`)[0]

async function open (account) {
  const session = await signedIn(service, account)
  return session
}

/** Turns the second factor on; its secret, and the recovery codes as the page shows them. */
async function enrol (session, account) {
  assert.equal((await session.post('/staff/me/factor', { passphrase: account.passphrase })).status, 303)
  const { text: page } = await session.page('/staff/me/factor')
  const secret = /<bdi class="secret"[^>]*>([^<]+)</.exec(page)[1].replace(/ /g, '')
  const confirming = code(secret)
  const answer = await session.post('/staff/me/factor/confirm', { code: confirming })
  assert.equal(answer.status, 200)
  const codes = [...(await answer.text()).matchAll(/<bdi class="secret"[^>]*>([^<]+)</g)].map(match => match[1])
  return { secret, codes, confirming }
}

/** The passphrase step; the session that waits for its code. */
async function half (account, browser = '') {
  const answer = await post(`${service.url}/staff`, account, browser ? { cookie: browser } : {})
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('location'), '/staff/code?notice=signed-in')
  const session = new Session(service, [cookies(answer), browser].filter(Boolean).join('; '))
  await session.readToken('/staff/code')
  return session
}

describe('the reader’s own passphrase', () => {
  test('changes when the present one is right, keeps all access, and ends other sessions', async () => {
    const account = colleague()
    const [session, other] = [await open(account), await open(account)]
    const before = row(account.user)
    const fresh = 'lampa fisk cykel moln'
    const answer = await session.post('/staff/me/passphrase', { present: account.passphrase, fresh, again: fresh })
    assert.equal(answer.headers.get('location'), '/staff/me?notice=passphrase')
    assert.equal((await session.get('/staff/queue')).status, 200)
    assert.equal((await other.get('/staff/queue')).status, 303)
    assert.notEqual(row(account.user).locked, before.locked)
    assert.equal((await signIn(service, account)).status, 403)
    assert.equal((await signIn(service, { ...account, passphrase: fresh })).status, 303)
  })
  for (const [what, fields, words] of [
    ['is wrong', { present: 'fel fel fel', fresh: 'lampa fisk cykel moln', again: 'lampa fisk cykel moln' }, 'Lösenfrasen du har nu stämmer inte.'],
    ['is followed by two that differ', { fresh: 'lampa fisk cykel moln', again: 'lampa fisk cykel mol' }, 'De två nya lösenfraserna är inte lika.'],
    ['is followed by a weak one', { fresh: 'Sommaren2026!!', again: 'Sommaren2026!!' }, 'Lägg till ett ord till.'],
    ['is followed by the service’s name', { fresh: 'ungdomsvägen värmland', again: 'ungdomsvägen värmland' }, 'Lägg till ett ord till.'],
    ['is followed by a long one', { fresh: 'ö'.repeat(129), again: 'ö'.repeat(129) }, 'Lösenfrasen är för lång.'],
    ['is followed by nothing', { fresh: '' }, 'De två nya lösenfraserna är inte lika.']
  ]) {
    test(`that ${what} changes nothing`, async () => {
      const account = colleague()
      const session = await open(account)
      const before = row(account.user).locked
      const answer = await session.post('/staff/me/passphrase', { present: account.passphrase, ...fields })
      assert.equal(answer.status, 422)
      const html = await answer.text()
      assert.ok(reading(html).includes(words), words)
      assert.ok(!fields.fresh || !html.includes(fields.fresh), 'it came back')
      assert.equal(row(account.user).locked, before)
    })
  }
  test('cannot be guessed in a colleague’s open session', async () => {
    const account = colleague()
    const session = await open(account)
    const statuses = []
    for (let i = 0; i < 8; i++) statuses.push((await session.post('/staff/me/factor', { passphrase: `gissning ${i}` })).status)
    assert.deepEqual(statuses.slice(0, 5), Array(5).fill(422))
    assert.equal(row(account.user).sessions, 0)
    assert.equal((await session.get('/staff/me')).status, 303)
  })
})

describe('a second factor', () => {
  test('is asked for after a code has confirmed it; the passphrase alone then opens nothing', async () => {
    const account = colleague()
    const session = await open(account)
    assert.equal((await session.post('/staff/me/factor', { passphrase: 'fel' })).status, 422)
    assert.equal(row(account.user).confirmed_at, null)
    assert.equal((await session.post('/staff/me/factor', { passphrase: account.passphrase })).status, 303)
    const { text: page } = await session.page('/staff/me/factor')
    assert.match(page, new RegExp(`otpauth://totp/Ungdomsv%C3%A4gen%20V%C3%A4rmland:${account.user}\\?secret=[A-Z2-7]{32}&amp;issuer=Ungdomsv%C3%A4gen%20V%C3%A4rmland`))
    assert.equal((await session.post('/staff/me/factor/confirm', { code: '000000' })).status, 422)
    assert.equal((await signIn(service, account)).headers.get('location'), '/staff?notice=signed-in', 'asked for before it counts')
    const secret = /<bdi class="secret"[^>]*>([^<]+)</.exec(page)[1].replace(/ /g, '')
    const codes = await (await session.post('/staff/me/factor/confirm', { code: code(secret) })).text()
    assert.equal([...codes.matchAll(/>(?:[a-z]{5}-){2}[a-z]{5}</g)].length, 10)
    assert.doesNotMatch((await session.page('/staff/me')).text, /(?:[a-z]{5}-){2}[a-z]{5}</)
    const waiting = await half(account)
    for (const path of ['/staff/queue', '/staff/me', '/staff/me/factor']) {
      assert.equal((await waiting.get(path)).headers.get('location'), `/staff?notice=in&next=${encodeURIComponent(path)}`, path)
    }
    assert.equal((await waiting.get('/staff')).status, 200)
    for (const path of ['/staff/out', '/staff/me/sessions', '/staff/me/passphrase', '/staff/me/factor', '/staff/me/codes', '/staff/me/factor/drop']) {
      assert.equal((await waiting.post(path, {})).status, 403, path)
    }
    assert.equal(row(account.user).halves, 1)
  })
  test('accepts each code once, and only the present, previous and next one', async () => {
    const account = colleague()
    const { secret, confirming } = await enrol(await open(account), account)
    const used = row(account.user).used_step
    let waiting = await half(account)
    assert.equal((await waiting.post('/staff/code', { code: confirming })).status, 403, 'the one that confirmed it, again')
    assert.equal((await waiting.post('/staff/code', { code: code(secret, 4) })).status, 403)
    const next = code(secret, 1)
    const answer = await waiting.post('/staff/code', { code: `${next.slice(0, 3)} ${next.slice(3)}` })
    assert.equal(answer.status, 303)
    assert.match(cookies(answer), /^__Host-known=[\w-]{43}$/)
    assert.equal((await waiting.get('/staff/queue')).status, 200)
    assert.ok(row(account.user).used_step > used)
    waiting = await half(account)
    assert.equal((await waiting.post('/staff/code', { code: next })).status, 403, 'replayed')
  })
  test('asks for the passphrase again after five wrong codes', async () => {
    const account = colleague()
    const { secret } = await enrol(await open(account), account)
    const waiting = await half(account)
    for (let i = 0; i < 5; i++) assert.equal((await waiting.post('/staff/code', { code: '123456' })).status, 403)
    assert.equal(row(account.user).halves, 0)
    assert.equal((await waiting.post('/staff/code', { code: code(secret, 1) })).status, 403)
    assert.equal((await waiting.get('/staff/queue')).status, 303)
    assert.equal(row(account.user).wrong, 5)
  })
  test('is waited for during five minutes, with a token of its own', async () => {
    const account = colleague()
    const { secret } = await enrol(await open(account), account)
    const waiting = await half(account)
    for (const token of ['', 'x', undefined]) {
      assert.equal((await post(`${service.url}/staff/code`, { code: code(secret, 1), ...(token !== undefined && { token }) }, { cookie: waiting.cookie })).status, 403)
    }
    assert.equal(row(account.user).wrong, 0)
    service.change(`UPDATE sessions SET created_at = created_at - 301 WHERE half = 1 AND account = ${row(account.user).number}`)
    assert.equal((await waiting.post('/staff/code', { code: code(secret, 1) })).status, 403)
    assert.equal((await waiting.get('/staff/code')).headers.get('location'), '/staff?notice=in')
  })
  test('accepts each recovery code once; new codes replace the old ones', async () => {
    const account = colleague()
    const session = await open(account)
    const { codes } = await enrol(session, account)
    assert.equal(new Set(codes).size, 10)
    let waiting = await half(account)
    assert.equal((await waiting.post('/staff/code', { code: codes[3].toUpperCase().replaceAll('-', ' ') })).status, 303)
    assert.ok(reading((await waiting.page('/staff/me')).text).includes('Du har 9 reservkoder kvar.'))
    waiting = await half(account)
    assert.equal((await waiting.post('/staff/code', { code: codes[3] })).status, 403)
    assert.equal((await session.post('/staff/me/codes', { passphrase: 'fel' })).status, 422)
    const answer = await session.post('/staff/me/codes', { passphrase: account.passphrase })
    const fresh = [...(await answer.text()).matchAll(/<bdi class="secret"[^>]*>([^<]+)</g)].map(match => match[1])
    assert.equal(fresh.filter(code => codes.includes(code)).length, 0)
    assert.equal((await waiting.post('/staff/code', { code: codes[4] })).status, 403)
    assert.equal((await waiting.post('/staff/code', { code: fresh[4] })).status, 303)
  })
  test('is removed with passphrase and code, and not with only one of them', async () => {
    const account = colleague()
    const session = await open(account)
    const { secret, codes } = await enrol(session, account)
    assert.equal((await session.post('/staff/me/factor/drop', { passphrase: account.passphrase, code: '123456' })).status, 422)
    assert.equal((await session.post('/staff/me/factor/drop', { passphrase: 'fel', code: code(secret, 1) })).status, 422)
    assert.ok(row(account.user).confirmed_at > 0)
    // A second secret cannot be slipped in while there is one.
    assert.equal((await session.post('/staff/me/factor', { passphrase: account.passphrase })).status, 303)
    assert.equal((await session.get('/staff/me/factor')).headers.get('location'), '/staff/me')
    assert.equal((await session.post('/staff/me/factor/drop', { passphrase: account.passphrase, code: codes[0] })).headers.get('location'), '/staff/me?notice=dropped')
    assert.equal(row(account.user).confirmed_at, null)
    assert.equal((await signIn(service, account)).headers.get('location'), '/staff?notice=signed-in')
  })
  test('is removed when the passphrase is restored, because its secret cannot be opened', async () => {
    const account = colleague()
    await enrol(await open(account), account)
    const printed = service.tell(`${service.recovery}\n`, 'user', 'restore', account.user, '--data', service.folder)
    assert.deepEqual([row(account.user).confirmed_at, row(account.user).browsers, row(account.user).sessions], [null, 0, 0])
    assert.equal((await signIn(service, { user: account.user, passphrase: /passphrase: (\S+)/.exec(printed)[1] })).headers.get('location'), '/staff?notice=signed-in')
  })
  test('appears readable neither in the database nor in the log', async () => {
    const account = colleague()
    const { secret, codes } = await enrol(await open(account), account)
    for (const file of ['egenremiss.db', 'egenremiss.db-wal', 'kore.log']) {
      const bytes = readFileSync(join(service.folder, file))
      for (const word of [secret, ...codes]) assert.ok(!bytes.includes(word), file)
    }
  })
})

describe('the reader’s own sessions', () => {
  test('are listed and ended only by their owner', async () => {
    const [account, stranger] = [colleague(), colleague()]
    const [here, there, third] = [await open(account), await open(account), await open(account)]
    const { text: page } = await here.page('/staff/me')
    const references = [...page.matchAll(/name="session" value="(\w{13})"/g)].map(match => match[1])
    assert.equal(references.length, 2)
    assert.equal(page.match(/Den här/g).length, 1)
    const other = await open(stranger)
    assert.equal((await other.post('/staff/me/session', { session: references[0] })).status, 303)
    assert.equal(row(account.user).sessions, 3, 'a stranger ended it')
    assert.equal((await here.post('/staff/me/session', { session: references[0] })).headers.get('location'), '/staff/me?notice=ended')
    assert.equal(row(account.user).sessions, 2)
    assert.equal([await there.get('/staff/me'), await third.get('/staff/me')].filter(answer => answer.status === 303).length, 1)
    assert.equal((await here.post('/staff/me/sessions')).headers.get('location'), '/staff/me?notice=others')
    assert.equal(row(account.user).sessions, 1)
    assert.equal((await here.get('/staff/me')).status, 200)
    assert.equal((await other.get('/staff/me')).status, 200)
    for (const session of ['', 'x', '0'.repeat(13)]) assert.ok([303, 422].includes((await here.post('/staff/me/session', { session })).status))
  })
})

describe('a trusted browser', () => {
  let service
  before(async () => { service = await startService({ clock: Date.now() }) })
  after(() => service.stop())

  test('does not wait after failures of strangers; strangers wait, whether the name exists or not', async () => {
    const account = addAccount(service, 'dorrvakt', 'coordinator', 'kristinehamn-kaa')
    const known = cookies(await signIn(service, account)).split('; ').find(cookie => cookie.startsWith('__Host-known='))
    assert.ok(known)
    const pages = []
    for (const user of [account.user, 'finns.inte']) {
      const tries = await Promise.all(Array.from({ length: 12 }, () => signIn(service, { user, passphrase: 'fel' })))
      const late = tries.filter(answer => answer.status === 429)
      assert.ok(late.length >= 6 && tries.every(answer => answer.status === 429 || answer.status === 403), `${user}: ${tries.map(answer => answer.status)}`)
      pages.push(reading(await late[0].text()))
    }
    assert.equal(pages[0], pages[1])
    assert.ok(pages[0].includes('Vänta 1 sekund och försök igen.'))
    // On with it, until a slow machine has time for the rest of this test.
    for (let left = 0; left < 8;) {
      const answer = await signIn(service, { ...account, passphrase: 'fel' })
      left = Number(/Vänta (\d+) sekund/.exec(reading(await answer.text()))?.[1] ?? 0)
      if (left < 8) service.clock.forward(left)
    }
    assert.equal((await signIn(service, account)).status, 429)
    assert.equal((await post(`${service.url}/staff`, account, { cookie: known })).status, 303)
    assert.equal((await post(`${service.url}/staff`, account, { cookie: `${known.slice(0, -1)}_` })).status, 429)
    // X-Real-IP is believed on the Unix socket alone.
    assert.equal((await post(`${service.url}/staff`, account, { 'x-real-ip': '192.0.2.7' })).status, 429)
  })
})

describe('a required second factor', () => {
  let strict, account
  before(async () => {
    const config = join(service.folder, 'strict.conf')
    writeFileSync(config, readFileSync(join(root, 'conf/service.conf'), 'utf8')
      .replace('second_factor = "offered"', 'second_factor = "required"').replaceAll('../assets', join(root, 'assets')))
    strict = await startService({ config })
    account = strict.coordinator
  })
  after(() => strict.stop())
  test('must be made before any other page opens', async () => {
    const answer = await post(`${strict.url}/staff`, account)
    const session = new Session(strict, cookies(answer))
    assert.equal((await session.get('/staff')).headers.get('location'), '/staff/me/factor')
    for (const path of ['/staff/queue', '/staff/me']) assert.equal((await session.get(path)).headers.get('location'), '/staff/me/factor', path)
    await session.readToken('/staff/me/factor')
    assert.ok(reading((await session.page('/staff/me/factor')).text).includes(text('sv', 'När du loggar in behövs både lösenfrasen och en kod från din telefon. Gör klart det här, så är du inne.')))
    assert.equal((await session.post('/staff/me/sessions')).status, 403)
    assert.equal((await session.post('/staff/me/factor', { passphrase: account.passphrase })).status, 303)
    const { text: page } = await session.page('/staff/me/factor')
    const secret = /<bdi class="secret"[^>]*>([^<]+)</.exec(page)[1].replace(/ /g, '')
    assert.equal((await session.get('/staff/queue')).status, 303)
    assert.equal((await session.post('/staff/me/factor/confirm', { code: code(secret) })).status, 200)
    assert.equal((await session.get('/staff/queue')).status, 200)
  })
})

describe('a form without a session that was refused', () => {
  const script = '<script src="/staff/door.js" defer></script>'
  test('may be shown by the browser on Back, as the page of its form', async () => {
    const account = colleague()
    const lead = await open(service.lead)
    const link = /id="link-text"[^>]* value="([^"]+)"/.exec(await (await lead.post('/staff/colleagues/invite', { role: 'coordinator', 'queue-kristinehamn-kaa': 'yes' })).text())[1]
    for (const [address, fields] of [[`${service.url}/staff`, { user: account.user, passphrase: 'fel' }], [link, { user: 'Å', name: 'Ny', passphrase: 'x' }]]) {
      const page = await (await fetch(address)).text()
      assert.ok(!page.includes(script), 'only of a refused one')
      const refused = await post(`${address}?send`, fields)
      assert.ok(refused.status >= 400)
      assert.equal(refused.headers.get('cache-control'), 'private, max-age=0')
      assert.match(refused.headers.get('content-security-policy'), /script-src 'self'/)
      assert.ok((await refused.text()).includes(script))
    }
    assert.match(await (await fetch(`${service.url}/staff/door.js`)).text(), /history\.replaceState\(null, '', location\.pathname/)
  })
})

describe('a browser that did not keep the cookie', () => {
  const told = 'Webbläsaren sparade inte inloggningen.'
  let account
  before(() => { account = colleague() })
  const follow = async (path, cookie = '') => { const answer = await new Session(service, cookie).page(path); return { ...answer, says: reading(answer.text) } }

  test('is told so after a right passphrase, and the page that was asked for is still asked for', async () => {
    for (const next of [undefined, '/staff/me']) {
      const answer = await post(`${service.url}/staff`, { ...account, ...(next && { next }) })
      const location = answer.headers.get('location')
      assert.equal(location, `/staff?notice=signed-in${next ? `&next=${encodeURIComponent(next)}` : ''}`)
      const { status, text, says } = await follow(location)
      assert.equal(status, 200)
      assert.ok(says.includes(told), says)
      assert.equal(/name="next" value="([^"]+)"/.exec(text)?.[1], next)
    }
  })
  test('is told so before the code from the app, too', async () => {
    const { location } = await follow('/staff/code?notice=signed-in&next=%2Fstaff%2Fme')
    assert.equal(location, '/staff?notice=signed-in&next=%2Fstaff%2Fme')
    assert.ok((await follow(location)).says.includes(told))
  })
  test('learns nothing else: a wrong passphrase, an address that is typed, and a session that has ended say nothing new', async () => {
    const wrong = await post(`${service.url}/staff`, { ...account, passphrase: 'fel' })
    assert.deepEqual([wrong.status, wrong.headers.get('location')], [403, null])
    assert.ok(!reading(await wrong.text()).includes(told))
    for (const path of ['/staff', '/staff?notice=in', '/staff/queue?notice=signed-in']) assert.ok(!(await follow(path)).says.includes(told), path)
    assert.equal((await follow('/staff/queue?notice=signed-in')).location, '/staff?notice=in&next=%2Fstaff%2Fqueue')
    assert.ok(!(await follow('/staff?notice=signed-in', `__Host-session=${'a'.repeat(43)}`)).says.includes(told))
    const session = await open(account)
    const home = await session.page('/staff?notice=signed-in')
    assert.deepEqual([home.status, home.location], [303, '/staff/queue'])
  })
})
