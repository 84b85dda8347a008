// What codes brought: visits told apart by kind and kept as nothing else, persons
// counted by the rule that no group under five is told.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startService, wait } from '../support/service.mjs'
import { signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'
import { ask } from '../support/wire.mjs'

const phone = 'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36'
let service, lead
before(async () => {
  service = await startService()
  lead = await signedIn(service, service.lead)
})
after(() => service.stop())

function add (place, area = '1781', channel = 'health') {
  const printed = service.run('code', 'add', '--data', service.folder, '--area', area, '--channel', channel, '--place', place)
  return /^code: (\S+)$/m.exec(printed)[1]
}

const open = (code, headers = {}, method = 'GET') => ask(`${service.url}/q/${code}`, { method, headers: { 'user-agent': phone, ...headers } })

/** Visits are written once a second by each worker. */
async function settled (code) {
  await wait(1300)
  return Object.fromEntries(service.sql(`SELECT kind, sum(count) AS n FROM visits WHERE code = '${code}' GROUP BY kind`).map(({ kind, n }) => [kind, n]))
}

/** The cells of a code's row in the table of the page, as a person reads them. */
async function row (place, path = '/staff/outreach') {
  const { text } = await lead.page(path)
  const [html] = new RegExp(`<tr><th scope="row"><bdi>${place}</bdi>[^]*?</tr>`).exec(text) ?? []
  return html && [...html.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, cell]) => reading(cell))
}

describe('who opens a code’s page', () => {
  test('is a person, a robot that says so or signed-in staff, and nothing else is known', async () => {
    const code = add('Väntrummet')
    const robots = ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'WhatsApp/2.23.20.0 A', 'facebookexternalhit/1.1', 'TelegramBot (like TwitterBot)', 'Slackbot-LinkExpanding 1.0', 'curl/8.5.0']
    for (let i = 0; i < 4; i++) await open(code)
    for (const agent of robots) await open(code, { 'user-agent': agent })
    for (const cookie of [lead.cookie, `a=b; ${lead.cookie}`]) await open(code, { cookie })
    assert.deepEqual(await settled(code), { person: 4, robot: 6, staff: 2 })
    assert.deepEqual(await row('Väntrummet'), ['4', '0', '0', '0', '0', '0', '0', '6', '2'])
  })
  test('is not counted by HEAD or before anybody asked', async () => {
    const code = add('Biblioteket')
    await open(code, {}, 'HEAD')
    for (const headers of [{ 'sec-purpose': 'prefetch' }, { 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }]) assert.equal((await open(code, headers)).status, 200)
    assert.deepEqual(await settled(code), {})
  })
  test('is a person with a cookie that is not a session’s', async () => {
    const code = add('Hallen')
    for (const cookie of [lead.cookie.slice(0, -1), `${lead.cookie}A`, `x${lead.cookie}`, `a=${lead.cookie}`, '__Host-session=', `__Host-session=${'!'.repeat(43)}`, '__Host-lang=sv']) {
      await open(code, { cookie })
    }
    assert.deepEqual(await settled(code), { person: 7 })
  })
  test('leaves nothing in database or log', async () => {
    const code = add('Tornet')
    const strings = ['Zebramobil/77.31', '127.83.57.31', 'zebrakaka']
    await ask(`${service.url}/q/${code}`, { from: strings[1], headers: { 'user-agent': strings[0], cookie: `${strings[2]}=1` } })
    await ask(`${service.url}/q/${code}`, { from: strings[1], headers: { 'user-agent': `${strings[0]} bot` } })
    assert.deepEqual(await settled(code), { person: 1, robot: 1 })
    assert.deepEqual(tracesInFolder(service.folder, [...strings, lead.cookie.split('=')[1]]), [])
    assert.ok(tracesInFolder(service.folder, ['Tornet']).length > 0)
  })
})
