// The rights of each role: every route of the program, used by every account that may not use
// it; and sign-in.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { post, right, send, startService } from '../support/service.mjs'
import { Session, addAccount, cookieLines, sendCase, signIn, signedIn } from '../support/staff.mjs'
import { rolesOf, routes } from '../support/routes.mjs'
import { reading, text } from '../support/text.mjs'
import { traces } from '../support/traces.mjs'

let service, people, ref, sent = 0
/** A case of the queue kristinehamn-kaa, which the coordinator has claimed and, which leaves events, opened and printed. */
async function claimedCase () {
  const ref = await sendCase(service, { ...right.self, name: `Nr ${++sent}` })
  assert.equal((await people.coordinator.act(ref, 'claim')).status, 303)
  for (const page of ['', '/print']) assert.equal((await people.coordinator.page(`/staff/case/${ref}${page}`)).status, 200)
  return ref
}
before(async () => {
  service = await startService()
  people = {
    nobody: new Session(service),
    garbage: new Session(service, `__Host-session=${'A'.repeat(43)}`),
    stranger: await signedIn(service, addAccount(service, 'berit', 'coordinator', 'karlstad-unga')),
    coordinator: await signedIn(service, service.coordinator),
    lead: await signedIn(service, service.lead),
    administrator: await signedIn(service, service.administrator)
  }
  people.garbage.token = people.coordinator.token
  ref = await claimedCase()
})
after(() => service.stop())

const later = days => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)
const everybody = status => ({ nobody: status, garbage: status, stranger: status, coordinator: status, lead: status, administrator: status })
/** What is done to a case that the coordinator holds: 409 to a colleague, who may not. */
const held = { stranger: 404, lead: 409 }
/** A right role, refused because of a value in the form. */
const mistaken = { stranger: 409, coordinator: 409, lead: 409, administrator: 409 }

const faulty = { stranger: 422, coordinator: 422, lead: 422, administrator: 422 }
let strange = 0

/**
 * What does not follow from the roles of the table: the answer to those who
 * are let in where it is not the page (200) or a redirect (303), the whole answer of
 * routes that need no session, what the form holds, and whether an answer of 200 changes something.
 */
const expected = {
  'GET /health': { status: everybody(200) },
  'GET /staff': { status: { ...everybody(303), nobody: 200, garbage: 200 } },
  'POST /staff': { status: everybody(403), fields: () => ({ user: `nobody${++strange}`, passphrase: 'wrong' }), free: true },
  'GET /staff/code': { status: everybody(303), leads: /^\/staff\?notice=in$/ },
  'POST /staff/code': { status: everybody(403), fields: { code: '123456' }, free: true },
  // The page that answered a form of another session is nobody's.
  'GET /staff/answer/#': { status: { ...everybody(303) }, leads: /^\/staff(\?notice=in.*)?$/ },
  'POST /staff/me/passphrase': { status: faulty, fields: { present: 'x', fresh: 'x', again: 'y' } },
  'POST /staff/me/session': { status: faulty, fields: { session: 'x' } },
  'POST /staff/me/factor': { status: faulty },
  'POST /staff/me/factor/confirm': { status: faulty, fields: { code: '123456' } },
  'POST /staff/me/factor/drop': { status: faulty, fields: { code: '123456' } },
  'POST /staff/me/codes': { status: faulty },
  'POST /staff/new': { status: {}, fields: () => ({ ...right.self, way: 'phone', name: `Ringer ${++strange}` }) },
  'POST /staff/search': { status: { stranger: 200, coordinator: 200, lead: 200 }, fields: { find: 'Ingen Sådan' } },
  'POST /staff/brochures': { status: {}, fields: { 'words-heading': 'Ring oss' } },
  'GET /staff/case/#': { status: { stranger: 404 } },
  'GET /staff/case/#/event': { status: { stranger: 404 } },
  'GET /staff/case/#/print': { status: held },
  'POST /staff/case/#/copy': { status: { ...held, coordinator: 200 }, changes: true },
  'GET /staff/calendar/*': { status: everybody(404), free: true },
  'POST /staff/me/calendar': { status: { stranger: 200, coordinator: 200, lead: 200 }, changes: true },
  'POST /staff/templates': { status: {}, fields: () => ({ queue: 'kristinehamn-kaa', kind: 'note', title: `Mall ${++strange}`, words: 'Ring', step: 'save' }) },
  'POST /staff/templates/change': { status: { lead: 422 }, fields: { template: '0000000000001', title: 'X', words: 'Y', kind: 'note', step: 'save' } },
  'POST /staff/templates/remove': { status: { lead: 422 }, fields: { template: '0000000000001' } },
  'POST /staff/case/#/claim': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/attempt': { status: held, fields: { result: 'reached', note: 'N' } },
  'POST /staff/case/#/undo': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/park': { status: held, fields: { until: later(7) } },
  'POST /staff/case/#/note': { status: held, fields: { note: 'N' } },
  'POST /staff/case/#/correct': { status: held, fields: { name: 'N' } },
  'POST /staff/case/#/reach': { status: { ...held, coordinator: 409 }, fields: { means: 'letter' } },
  'POST /staff/case/#/follow': { status: { ...held, coordinator: 409 }, fields: { until: later(7) } },
  'POST /staff/case/#/close': { status: held, fields: { outcome: 'work' } },
  'POST /staff/case/#/propose': { status: held, fields: { outcome: 'moved', note: 'N' } },
  'POST /staff/case/#/confirm': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/object': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/reopen': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/begin': { status: { ...held, coordinator: 409 }, fields: { outcome: 'work', call1: later(14) } },
  'POST /staff/case/#/decline': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/remind': { status: held, fields: { month: '12', year: String(new Date().getFullYear() + 1) } },
  'POST /staff/case/#/offer': { status: held, fields: { queue: 'karlstad-unga', note: 'N' } },
  'POST /staff/case/#/accept': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/return': { status: { ...held, coordinator: 409 }, fields: { reason: 'N' } },
  'POST /staff/case/#/withdraw': { status: { ...held, coordinator: 409 } },
  'POST /staff/case/#/recuse': { status: { stranger: 404 } },
  'POST /staff/case/#/link': { status: { ...held, coordinator: 409 }, fields: { other: '0000000000001', is: 'same' } },
  'POST /staff/case/#/rang-back': { status: { stranger: 404 } },
  'POST /staff/case/#/share': { status: held, fields: { queue: 'karlstad-unga', what: 'N', agreed: later(-1) } },
  'POST /staff/case/#/unshare': { status: { ...held, coordinator: 409 }, fields: { queue: 'karlstad-unga' } },
  'POST /staff/case/#/release': { status: { stranger: 404 } },
  'GET /staff/case/#/text': { status: held },
  'POST /staff/case/#/text': { status: { ...held, coordinator: 200 }, fields: { text: 'Hej!', step: 'count' } },
  'POST /staff/notices': { status: {}, fields: { address: 'namn@example.org', 'kind-new': 'yes' } },
  'POST /staff/messages/resend': { status: mistaken, fields: { message: '0000000000001' } },
  'POST /staff/messages/drop': { status: mistaken, fields: { message: '0000000000001' } },
  'POST /staff/codes': { status: { lead: 303 }, fields: () => ({ place: `Plats ${++strange}`, channel: 'health', area: '1781' }) },
  'POST /staff/codes/import': { status: { lead: 200 }, fields: () => ({ lines: `Rad ${++strange}`, channel: 'health', area: '1781' }) },
  'POST /staff/codes/change': { status: { lead: 404 }, fields: { code: '000000', place: 'X', channel: 'health', area: '1781' } },
  'POST /staff/codes/retire': { status: { lead: 404 }, fields: { code: '000000' } },
  'POST /staff/codes/remove': { status: { lead: 404 }, fields: { code: '000000' } },
  'POST /staff/codes/revive': { status: { lead: 404 }, fields: { code: '000000' } },
  'GET /staff/places': { status: {} },
  'POST /staff/places': { status: {}, fields: () => ({ code: service.codes.kristinehamn }) },
  'POST /staff/codes/seen': { status: { lead: 404 }, fields: { code: '000000' } },
  'GET /staff/codes/symbol': { status: { lead: 404 } },
  'GET /staff/codes/*': { status: { lead: 404 } },
  'POST /staff/colleagues/invite': { status: { lead: 403, administrator: 409 }, fields: { role: 'administrator', 'queue-nowhere': 'yes' } },
  'POST /staff/colleagues/restore': { status: mistaken, fields: { user: 'nobody-here' } },
  'POST /staff/colleagues/withdraw': { status: mistaken, fields: { invitation: '0000000000001' } },
  'POST /staff/colleagues/join': { status: mistaken, fields: { user: 'berit', queue: 'nowhere' } },
  'POST /staff/colleagues/part': { status: mistaken, fields: { user: 'berit', queue: 'karlstad-unga' } },
  'POST /staff/colleagues/deactivate': { status: mistaken, fields: { user: 'nobody-here' } },
  'POST /staff/colleagues/rotate': { status: mistaken, fields: { queue: 'nowhere', generation: '1' } },
  'POST /staff/campaigns': { status: {}, fields: () => ({ name: `Nr ${++strange}`, from: later(-3), to: later(3), [`code-${service.codes.kristinehamn}`]: 'yes' }) },
  'GET /staff/campaigns/#': { status: { lead: 404 } },
  'POST /staff/campaigns/#': { status: { lead: 404 } },
  'POST /staff/campaigns/#/remove': { status: { lead: 404 } },
  'GET /staff/absence': { status: {} },
  'POST /staff/absence': { status: faulty, fields: { user: 'nobody-here', from: later(1), to: later(2), deputy: 'berit' } },
  'POST /staff/absence/end': { status: faulty, fields: { user: 'nobody-here' } },
  'POST /staff/intake': { status: { lead: 422 }, fields: { area: '1781', do: 'close', day: 'never' } },
  'POST /staff/intake/number': { status: { lead: 404 }, fields: { queue: 'nowhere', day: later(0) } },
  'GET /staff/invitation/*': { status: everybody(404) },
  'POST /staff/invitation/*': { status: everybody(404), fields: { user: 'x', name: 'X', passphrase: 'x' }, free: true }
}

const roleOf = { stranger: 'COORDINATOR', coordinator: 'COORDINATOR', lead: 'LEAD', administrator: 'ADMINISTRATOR' }
/** The table that the program itself uses: of each route, who is let in. */
const table = routes
const free = table.filter(({ roles }) => roles.length === 0).map(({ route }) => route)

// An account without the right is sent to the sign-in page, or gets 403.
for (const { route, method, roles } of table) {
  const own = expected[route] ?? {}
  // Who has a form of a session that is over is led to the sign-in, and finds there again what was typed.
  const status = { nobody: method === 'GET' ? 303 : 403, garbage: 303 }
  for (const [who, role] of Object.entries(roleOf)) status[who] = roles.includes(role) ? own.status?.[who] ?? (method === 'GET' ? 200 : 303) : 403
  expected[route] = { ...own, status: free.includes(route) ? own.status : status }
}

/** One request of that route by that person. */
async function knock (route, who, { fields = typeof expected[route].fields === 'function' ? expected[route].fields() : expected[route].fields, token, query = '' } = {}) {
  const [method, path] = route.split(' ')
  const session = people[who]
  const address = path.replace('#', ref).replace('*', 'A'.repeat(43)) + query
  return method === 'GET' ? session.get(address) : session.post(address, fields, token ?? session.token)
}

test('this test knows every route of the table, and no other', () => {
  assert.ok(table.length > 10)
  assert.deepEqual(Object.keys(expected).sort(), table.map(({ route }) => route).sort())
})

test('only sign-in, invitations, calendars and /health are open without a session', () => {
  assert.deepEqual(free.sort(), ['GET /health', 'GET /staff', 'GET /staff/calendar/*', 'GET /staff/code', 'GET /staff/invitation/*', 'POST /staff', 'POST /staff/code', 'POST /staff/invitation/*'])
})

/** What a role is never let in to, whatever else the table says. */
const never = {
  ADMINISTRATOR: /^\/staff\/(case|queue|search|absence|places)/,
  COORDINATOR: /^\/staff\/(overview|codes|templates|colleagues\/(invite|join|part|deactivate|rotate))/
}
const trespasses = table => table.flatMap(({ route, path, roles }) =>
  roles.filter(role => never[role]?.test(path)).map(role => `${role} at ${route}`))

test('no route lets in a role that it must never let in', () => {
  assert.deepEqual(trespasses(table), [])
  assert.deepEqual(trespasses(table.map(row => ({ ...row, roles: rolesOf('EVERY') }))).length > 10, true, 'a wrong mask would not be found')
})

/** Whether the answer says that the request was done. */
const does = (route, status) => route.startsWith('POST') && (status === 303 || (status === 200 && expected[route].changes))

describe('a refused request changes nothing', () => {
  let known
  before(() => { known = service.contents() })
  /** When a code was first printed, the last column of codes: to fetch it for print keeps that. */
  const printed = rows => rows.replace(/^(INSERT INTO codes VALUES\(.*),(?:NULL|\d+)\);$/gm, '$1);')
  /** Since the test before. */
  function unchanged (route) {
    const contents = service.contents()
    const [was, is] = route === 'GET /staff/brochures/print' ? [printed(known), printed(contents)] : [known, contents]
    known = contents
    assert.deepEqual(service.changes(was, is), [])
  }

  for (const route of Object.keys(expected)) {
    for (const [who, status] of Object.entries(expected[route].status)) {
      if (does(route, status) && who !== 'garbage') continue
      test(`${route} by ${who} is ${status}`, async () => {
        const answer = await knock(route, who)
        const html = await answer.text()
        assert.equal(answer.status, status)
        unchanged(route)
        assert.equal(answer.headers.get('cache-control'), route === 'POST /staff' ? 'private, max-age=0' : 'no-store')
        assert.equal(answer.headers.get('set-cookie'), null)
        if (status === 303) assert.match(answer.headers.get('location'), expected[route].leads ?? (who === 'nobody' || who === 'garbage' ? /^\/staff\?notice=(in|kept)(&next=%2Fstaff%2F.*)?$/ : /^\/staff\//))
        if (status >= 400 && who !== 'coordinator') assert.doesNotMatch(html, /Nr 1|070-174 06 05/)
        if (status === 403 && who === 'administrator' && !expected[route].free) assert.ok(reading(html).includes('Din roll har inte den här sidan.'))
      })
    }
    const [method, path] = route.split(' ')
    const insider = expected[route].status.coordinator === 403 ? 'lead' : 'coordinator'
    if (method === 'POST' && !expected[route].free) {
      for (const [what, token] of [['a colleague’s token', () => people.stranger.token], ['an empty token', () => ''], ['half a token', () => people[insider].token.slice(0, 20)], ['the cookie for a token', () => people[insider].cookie.split('=')[1]]]) {
        test(`${route} by the ${insider} with ${what} is 403`, async () => {
          const answer = await knock(route, insider, { token: token() })
          assert.equal(answer.status, 403)
          assert.ok(reading(await answer.text()).includes('Sidan var för gammal'))
          unchanged()
        })
      }
      test(`${route} without a token is 403`, async () => {
        const answer = await post(service.url + path.replace('#', ref), expected[route].fields ?? {}, { cookie: people[insider].cookie })
        assert.equal(answer.status, 403)
        unchanged()
      })
      test(`${route} from another site brings no cookie, and leads to the sign-in`, async () => {
        assert.match((await knock(route, 'nobody', { token: people.coordinator.token })).headers.get('location'), /^\/staff\?notice=(in|kept)&next=%2Fstaff%2F/)
        unchanged()
      })
    }
    if (route !== 'POST /staff' && route !== 'GET /health') {
      test(`${route} with an unknown field or query is 400`, async () => {
        for (const query of ['?x=1', '?notice=%', '?lang=sv&lang=sv']) assert.equal((await knock(route, insider, { query })).status, 400, query)
        if (method === 'POST') assert.equal((await knock(route, insider, { fields: { ...expected[route].fields, account: '1' } })).status, 400)
        unchanged()
      })
    }
  }
  test('an unknown case and a case of another queue get the same answer', async () => {
    const strip = html => html.replace(/value="[^"]*"/g, '')
    const [theirs, none] = await Promise.all([ref, '0000000000001'].map(async ref => strip((await people.stranger.page(`/staff/case/${ref}`)).text)))
    assert.equal(theirs, none)
    assert.equal((await people.stranger.act('0000000000001', 'claim')).status, 404)
  })
  test('the queue page shows only cases of the reader’s queues', async () => {
    assert.ok((await people.coordinator.page('/staff/queue')).text.includes(ref))
    assert.ok(!(await people.stranger.page('/staff/queue')).text.includes(ref))
  })
  test('the queue page refuses a malformed query', async () => {
    for (const [field, values] of [['after', ['x', '1-', '-1', `1-${ref}`, `0-1-${ref}x`, `0-99999999999999999999-${ref}`, `0--1-${ref}`, `13-1-${ref}`, `0-1-${'U'.repeat(13)}`, "1' OR 1"]],
      ['queue', ['x', "' OR 1"]], ['area', ['0000']], ['who', ['nobody']], ['mine', ['yes']], ['interpreter', ['2']], ['sort', ['name']]]) {
      for (const value of values) {
        const answer = await people.coordinator.page(`/staff/queue?${field}=${encodeURIComponent(value)}`)
        assert.equal(answer.status, 400, `${field}=${value}`)
        assert.ok(reading(answer.text).includes('Det urvalet finns inte'))
      }
    }
    for (const query of [`after=0-0-${ref}`, 'queue=&area=&who=&interpreter=&sort=', 'mine=1&sort=arrival&interpreter=1']) assert.equal((await people.coordinator.page(`/staff/queue?${query}`)).status, 200, query)
  })
  test('HEAD is guarded as GET is', async () => {
    for (const [path, status] of [['/staff/queue', 303], ['/staff/overview', 303], [`/staff/case/${ref}`, 303]]) {
      assert.equal((await send(service.url + path, { method: 'HEAD', redirect: 'manual' })).status, status)
    }
  })
})

describe('a request with the right role succeeds', () => {
  for (const route of Object.keys(expected).filter(route => route.startsWith('POST') && !['POST /staff/out', 'POST /staff/kept', 'POST /staff/me/sessions'].includes(route))) {
    for (const [who, status] of Object.entries(expected[route].status)) {
      if (!does(route, status) || who === 'garbage') continue
      test(`${route} by ${who}`, async () => {
        const kept = ref
        ref = await claimedCase()
        const before = service.contents()
        const answer = await knock(route, who)
        ref = kept
        assert.equal(answer.status, status)
        assert.notDeepEqual(service.changes(before), [])
      })
    }
  }
})

describe('the sign-in', () => {
  let account
  before(() => { account = addAccount(service, 'dorrprov', 'coordinator', 'karlstad-unga') })
  const sessions = () => service.count('sessions')

  test('sets a cookie that only the browser can read', async () => {
    const answer = await signIn(service, account)
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), '/staff?notice=signed-in')
    const [session, known] = cookieLines(answer)
    assert.match(session, /^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/)
    assert.match(known, /^__Host-known=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=15552000$/)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const cookie = answer.headers.get('set-cookie').slice(15, 58)
    const database = readFileSync(join(service.folder, 'egenremiss.db'))
    const log = readFileSync(join(service.folder, 'egenremiss.db-wal'))
    for (const bytes of [database, log]) {
      assert.deepEqual(traces(bytes, [cookie, account.passphrase]), [])
      assert.equal(bytes.indexOf(Buffer.from(cookie, 'base64url')), -1)
    }
  })
  test('reads user names in any letter case', async () => {
    assert.equal((await signIn(service, { ...account, user: 'DorrProv' })).status, 303)
  })
  test('answers a wrong passphrase and an unknown name alike', async () => {
    const before = sessions()
    const pages = []
    for (const user of ['nobody-at-all', 'dorrprov']) {
      const answer = await signIn(service, { user, passphrase: account.passphrase.slice(1) })
      assert.equal(answer.status, 403)
      assert.equal(answer.headers.get('set-cookie'), null)
      pages.push((await answer.text()).replaceAll(user, ''))
    }
    assert.equal(pages[0], pages[1])
    assert.ok(!pages[1].includes(account.passphrase.slice(1)), 'the passphrase came back')
    assert.equal(sessions(), before)
    assert.equal((await signIn(service, account)).status, 303)
  })
  test('ends the session in the database at signing out', async () => {
    const session = await signedIn(service, account)
    const other = await signedIn(service, account)
    assert.notEqual(session.token, other.token)
    const count = sessions()
    const answer = await session.post('/staff/out')
    assert.equal(answer.status, 303)
    assert.match(answer.headers.get('set-cookie'), /^__Host-session=; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=0$/)
    assert.equal(sessions(), count - 1)
    assert.equal((await session.get('/staff/queue')).headers.get('location'), '/staff?notice=in&next=%2Fstaff%2Fqueue')
    assert.match((await session.post('/staff/out')).headers.get('location'), /^\/staff\?notice=in/)
    assert.equal((await other.get('/staff/queue')).status, 200)
  })
  test('refuses sessions that are idle, older than a working day, or invented', async () => {
    const database = join(service.folder, 'egenremiss.db')
    for (const change of ['seen_at = seen_at - 1801', 'created_at = created_at - 12 * 3600 - 1', 'box = randomblob(73)']) {
      const session = await signedIn(service, account)
      assert.equal((await session.get('/staff/queue')).status, 200)
      execFileSync('sqlite3', [database, `UPDATE sessions SET ${change} WHERE account = (SELECT number FROM accounts WHERE user = 'dorrprov')`])
      assert.equal((await session.get('/staff/queue')).status, 303, change)
      assert.match((await session.post(`/staff/case/${ref}/claim`)).headers.get('location'), /^\/staff\?notice=in/, change)
    }
  })
  test('refuses a cookie that differs in one character', async () => {
    const { cookie } = await signedIn(service, account)
    for (const wrong of [cookie.slice(0, -1), `${cookie}A`, cookie.replace('__Host-session', 'session'), cookie.replace('__Host-session', '__Host-session2'),
      `__Host-session=${'-'.repeat(43)}`, `__Host-session=${'a'.repeat(3000)}`, '__Host-session=', '__Host-session', `__Host-session="${cookie.slice(15)}"`, '=;;==;', 'a=1; '.repeat(200)]) {
      assert.equal((await new Session(service, wrong).get('/staff/queue')).status, 303, wrong)
    }
    assert.equal((await new Session(service, `a=1; ${cookie}; b=2`).get('/staff/queue')).status, 200)
  })
  test('ends at once for an account that is deactivated or restored', async () => {
    const session = await signedIn(service, account)
    const printed = service.tell(`${service.recovery}\n`, 'user', 'restore', 'dorrprov', '--data', service.folder)
    assert.equal((await session.get('/staff/queue')).status, 303)
    assert.equal((await signIn(service, account)).status, 403)
    const again = await signedIn(service, { user: 'dorrprov', passphrase: /passphrase: (\S+)/.exec(printed)[1] })
    service.run('user', 'deactivate', 'dorrprov', '--data', service.folder)
    assert.equal((await again.get('/staff/queue')).status, 303)
  })
  test('staff pages are not cached or framed, and run only our own script files', async () => {
    for (const path of ['/staff/queue', `/staff/case/${ref}`]) {
      const answer = await people.coordinator.get(path)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'; .*frame-ancestors 'none'/)
      assert.doesNotMatch((await answer.text()).replace(/<script src="\/staff\/(today|session|fits|insert|keys)\.js"[^>]*><\/script>/g, ''), /<script|\son[a-z]+=/)
    }
  })
  test('every account can sign out', async () => {
    for (const who of ['stranger', 'coordinator', 'lead', 'administrator']) {
      assert.equal((await knock('POST /staff/out', who)).status, 303)
      assert.equal((await people[who].get('/staff/queue')).status, 303)
    }
  })
})
