// The figures of codes: visits are counted by kind and leave no other trace, and no group under
// five persons is shown.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { brought, visited } from '../support/brought.mjs'
import { startService } from '../support/service.mjs'
import { reference, signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'
import { ask } from '../support/wire.mjs'

const phone = 'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36'
let service, lead
before(async () => {
  service = await startService({ quick: true })
  lead = await signedIn(service, service.lead)
})
after(() => service.stop())

function add (place, area = '1781', channel = 'health') {
  const printed = service.run('code', 'add', '--data', service.folder, '--area', area, '--channel', channel, '--place', place)
  return /^code: (\S+)$/m.exec(printed)[1]
}

const open = (code, headers = {}, method = 'GET') => ask(`${service.url}/q/${code}`, { method, headers: { 'user-agent': phone, ...headers } })

/** Visits are written by each worker when it looks. */
async function settled (code) {
  await service.looked()
  return Object.fromEntries(service.sql(`SELECT kind, sum(count) AS n FROM visits WHERE code = '${code}' GROUP BY kind`).map(({ kind, n }) => [kind, n]))
}

/** The cells of a code's row in the table of the page, as a person reads them. */
async function row (place, path = '/staff/outreach') {
  const { text } = await lead.page(path)
  const [html] = new RegExp(`<tr><th scope="row"><bdi>${place}</bdi>[^]*?</tr>`).exec(text) ?? []
  return html && [...html.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, cell]) => reading(cell))
}

describe('a visitor of a code’s page', () => {
  test('is counted as a person, a robot or staff, and in no other way', async () => {
    const code = add('Väntrummet')
    const robots = ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'WhatsApp/2.23.20.0 A', 'facebookexternalhit/1.1', 'TelegramBot (like TwitterBot)', 'Slackbot-LinkExpanding 1.0', 'curl/8.5.0']
    for (let i = 0; i < 4; i++) await open(code)
    for (const agent of robots) await open(code, { 'user-agent': agent })
    for (const cookie of [lead.cookie, `a=b; ${lead.cookie}`]) await open(code, { cookie })
    assert.deepEqual(await settled(code), { person: 4, robot: 6, staff: 2 })
    assert.deepEqual(await row('Väntrummet'), ['4', '0', '0', '0', '0', '0', '0', '6', '2'])
  })
  test('is not counted for HEAD or a prefetch', async () => {
    const code = add('Biblioteket')
    await open(code, {}, 'HEAD')
    for (const headers of [{ 'sec-purpose': 'prefetch' }, { 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }]) assert.equal((await open(code, headers)).status, 200)
    assert.deepEqual(await settled(code), {})
  })
  test('is a person when the cookie is no session cookie', async () => {
    const code = add('Hallen')
    for (const cookie of [lead.cookie.slice(0, -1), `${lead.cookie}A`, `x${lead.cookie}`, `a=${lead.cookie}`, '__Host-session=', `__Host-session=${'!'.repeat(43)}`, '__Host-lang=sv']) {
      await open(code, { cookie })
    }
    assert.deepEqual(await settled(code), { person: 7 })
  })
  test('leaves no trace in database or log', async () => {
    const code = add('Tornet')
    const strings = ['Zebramobil/77.31', '127.83.57.31', 'zebrakaka']
    await ask(`${service.url}/q/${code}`, { from: strings[1], headers: { 'user-agent': strings[0], cookie: `${strings[2]}=1` } })
    await ask(`${service.url}/q/${code}`, { from: strings[1], headers: { 'user-agent': `${strings[0]} bot` } })
    assert.deepEqual(await settled(code), { person: 1, robot: 1 })
    assert.deepEqual(tracesInFolder(service.folder, [...strings, lead.cookie.split('=')[1]]), [])
    assert.ok(tracesInFolder(service.folder, ['Tornet']).length > 0)
  })
})

const hidden = 'visas inte'
const ago = days => Math.floor(Date.now() / 1000) - days * 86400

describe('the figures of a code', () => {
  let large, small, parted
  before(() => {
    [large, small, parted] = [add('Stora skolan', '1781', 'school'), add('Lilla skolan', '1781', 'school'), add('Delade skolan', '1781', 'school')]
    brought(service, large, 9, { reached: 9, outcomes: 'work' })
    brought(service, large, 5, { outcomes: 'studies' })
    brought(service, large, 6, { outcomes: 'work studies' })
    brought(service, large, 7, { outcomes: 'care moved' })
    brought(service, large, 5)
    brought(service, small, 4, { reached: 4, outcomes: 'work' })
    brought(service, parted, 9, { reached: 8, outcomes: 'work' })
    brought(service, parted, 2, { outcomes: 'studies' })
    brought(service, parted, 30, { at: ago(500) })
  })
  test('are shown when no group of persons is under five', async () => {
    assert.deepEqual(await row('Stora skolan'), ['0', '32', '9', '20', '15', '11', '7', '0', '0'])
  })
  test('are hidden for small groups, and where a small group could be calculated', async () => {
    assert.deepEqual(await row('Lilla skolan'), ['0', hidden, hidden, hidden, hidden, hidden, hidden, '0', '0'])
    assert.deepEqual(await row('Delade skolan'), ['0', '11', hidden, '11', hidden, hidden, '0', '0', '0'])
  })
  test('are those of the chosen period', async () => {
    assert.deepEqual((await row('Delade skolan', '/staff/outreach?period=all'))[1], '41')
    assert.deepEqual((await row('Delade skolan', '/staff/outreach?period=last-month'))[1], '0')
    for (const query of ['period=', 'period=week', "period=' OR 1", 'period=all&period=all', 'x=1']) {
      for (const page of ['/staff/outreach', '/staff/outreach.csv']) assert.equal((await lead.page(`${page}?${query}`)).status, 400, query)
    }
  })
  test('are since the same month last year, the whole of it, unless another period is chosen', async () => {
    const edge = add('Gränsskolan', '1781', 'school')
    const now = new Date()
    const day = date => Math.floor(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth(), date, 12) / 1000)
    brought(service, edge, 6, { at: day(1) })
    brought(service, edge, 7, { at: day(0) })
    for (const query of ['', '?period=year']) assert.equal((await row('Gränsskolan', `/staff/outreach${query}`))[1], '6')
    assert.equal((await row('Gränsskolan', '/staff/outreach?period=all'))[1], '13')
    assert.match(reading((await lead.page('/staff/outreach')).text), /Sedan samma månad förra året/)
  })
  test('follow the same rule on the code’s own page', async () => {
    const figures = async code => {
      const [table] = /<table>\n?<caption id="brought">[^]*?<\/table>/.exec((await lead.page(`/staff/codes/${code}`)).text)
      return [...table.matchAll(/<td class="number">([^]*?)<\/td>/g)].map(([, cell]) => reading(cell))
    }
    assert.deepEqual(await figures(large), ['0', '32', '9', '20', '15', '11', '7', '0', '0'])
    assert.deepEqual(await figures(small), ['0', hidden, hidden, hidden, hidden, hidden, hidden, '0', '0'])
  })
  test('are drawn as bars in proportion to the visits, with the numbers beside', async () => {
    const code = add('Stapelskolan')
    visited(service, code, { '-2': 30, '-1': 15, 0: 1 })
    const { text } = await lead.page(`/staff/codes/${code}`)
    const [chart] = /<svg[^>]*aria-labelledby="days-name"[^]*?<\/svg>/.exec(text)
    assert.match(chart, /role="img"/)
    const heights = [...chart.matchAll(/<rect [^>]*height="(\d+)"/g)].map(([, height]) => Number(height))
    assert.deepEqual(heights, [...Array.from({ length: 27 }, () => 0), 100, 50, 3])
    const [table] = /<figcaption id="days-name">[^]*?<tbody>([^]*?)<\/tbody>/.exec(text)
    assert.deepEqual([...table.matchAll(/<td class="number">(\d+)/g)].map(([, n]) => Number(n)).slice(-3), [30, 15, 1])
  })
})

describe('the file for a spreadsheet', () => {
  /** As RFC 4180 is read: quotes, semicolons and line breaks within them. */
  function cells (csv) {
    const rows = [[]]
    for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n)/g)) {
      rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
      if (end === '\r\n') rows.push([])
    }
    return rows.slice(0, -1)
  }
  const read = async query => {
    const answer = await lead.get(`/staff/outreach.csv${query}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { answer, bytes, rows: cells(bytes.subarray(3).toString()) }
  }
  test('opens in Excel as UTF-8 and has the figures of the page alone', async () => {
    const { answer, bytes, rows } = await read('?period=year')
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf')
    assert.deepEqual(new Set(rows.map(row => row.length)), new Set([15]))
    assert.equal(rows[0].slice(0, 4).join(), 'Från,Till,Kod,Plats')
    for (const place of ['Stora skolan', 'Lilla skolan', 'Delade skolan']) {
      const [people, ...told] = await row(place)
      const line = rows.find(row => row[3] === place)
      assert.deepEqual(line.slice(4, 6), ['Skola', 'Kristinehamn'])
      assert.deepEqual([line[6], ...line.slice(9), line[7], line[8]], [people, ...told])
    }
  })
  test('has no formula, whatever the name of a place', async () => {
    const places = ['=cmd|/C calc!A0', '+46701740605', '-2+3', '@SUM(A1)', 'Kafé "Solen"; nere', '=1"+"2', ' =1+1']
    for (const place of places) add(place)
    const { bytes, rows } = await read('')
    for (const place of places) {
      const trimmed = place.trim()
      const safe = /^[=+@-]/.test(trimmed) ? `'${trimmed}` : trimmed
      assert.ok(rows.some(row => row[3] === safe), place)
    }
    assert.doesNotMatch(bytes.subarray(3).toString(), /(^|;|\n)"? *[=+@-]/)
  })
  test('is in the language that is asked for', async () => {
    const { answer, rows } = await read('?lang=en')
    assert.equal(answer.status, 200)
    assert.equal(rows[0][0], 'From')
    assert.equal(rows.find(row => row[3] === 'Lilla skolan')[9], 'not shown')
  })
})

const local = days => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format(Date.now() + days * 86400000)

describe('a campaign', () => {
  let first, second, other
  before(() => {
    [first, second, other] = [add('Kampanj ett'), add('Kampanj två'), add('Utanför')]
    for (const code of [first, second, other]) visited(service, code, { '-10': 1000, '-8': 3, '-5': 4, '-4': 20, 0: 5, 1: 7000 })
    brought(service, first, 7, { reached: 7, outcomes: 'work', at: ago(1) })
    brought(service, second, 6, { reached: 6, outcomes: 'care', at: ago(2) })
    brought(service, first, 5, { at: ago(6) })
    brought(service, other, 50)
  })
  const wish = { name: 'Höst', from: local(-4), to: local(3) }
  const tick = (...codes) => Object.fromEntries(codes.map(code => [`code-${code}`, 'yes']))
  async function save (fields, path = '/staff/campaigns') {
    const answer = await lead.post(path, fields)
    return { status: answer.status, location: answer.headers.get('location')?.split('?')[0], text: await answer.text() }
  }
  const sides = async path => {
    const [table] = /<caption id="sides">[^]*?<\/table>/.exec((await lead.page(path)).text)
    return [...table.matchAll(/<tr><th scope="row">([^]*?)<\/tr>/g)].map(([, row]) => row.split('</th>').pop())
      .map(row => [...row.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, cell]) => reading(cell)))
  }

  test('is compared with the same number of days before it', async () => {
    const { status, location } = await save({ ...wish, ...tick(first, second) })
    assert.equal(status, 303)
    // The fifth to the ninth day back: 3 and 4 visits of each code; the tenth lies before.
    assert.deepEqual(await sides(location), [['50', '14'], ['13', '5'], ['13', '0'], ['7', '0'], ['7', '0'], ['0', '0'], ['6', '0']])
    assert.ok(reading((await lead.page('/staff/campaigns')).text).includes('Höst'))
  })
  test('does not reveal a small code by the total', async () => {
    const tiny = add('Kampanj tre')
    brought(service, tiny, 3, { at: ago(1) })
    const { location } = await save({ ...wish, ...tick(first, second, tiny) })
    assert.deepEqual((await sides(location)).map(([during]) => during), ['50', ...Array(6).fill(hidden)])
  })
  test('is changed and removed, and its codes stay', async () => {
    const { location } = await save({ ...wish, name: 'Vår', ...tick(first) })
    assert.equal((await save({ name: ' Ny  vår ', from: local(-30), to: local(-20), ...tick(other) }, location)).status, 303)
    const { text } = await lead.page(location)
    assert.equal(held(text, 'name'), 'Ny vår')
    assert.equal(held(text, 'from'), local(-30))
    assert.ok(text.includes(`name="code-${other}" id="tick-${other}" value="yes" checked`))
    assert.ok(!text.includes(`name="code-${first}" id="tick-${first}" value="yes" checked`))
    assert.equal((await lead.post(`${location}/remove`)).headers.get('location'), '/staff/campaigns?notice=campaign-removed')
    assert.equal((await lead.page(location)).status, 404)
    assert.equal((await save({ ...wish, ...tick(first) }, location)).status, 404)
    assert.equal(service.sql(`SELECT count(*) AS n FROM codes WHERE code = '${other}'`)[0].n, 1)
  })
  test('that has not begun counts nothing', async () => {
    const { location } = await save({ ...wish, from: local(1), ...tick(first) })
    const { text } = await lead.page(location)
    assert.ok(reading(text).includes('Kampanjen har inte börjat'))
    assert.doesNotMatch(text, /<caption id="sides">/)
  })
  test('is refused with the reason, and keeps the typed values', async () => {
    const before = service.contents()
    const refused = [
      [{ name: ' ' }, /Skriv ett namn/], [{ name: 'x'.repeat(81) }, /Skriv ett namn/], [{ name: 'a\nb' }, /Skriv ett namn/],
      [{ to: local(-5) }, /Den sista får inte vara före/], [{ from: '2026-02-30' }, /Den sista får inte vara före/], [{ to: 'x' }, /Den sista får inte vara före/],
      [{ from: '2024-01-01', to: '2026-01-01' }, /Den sista får inte vara före/], [{ from: '2150-01-01', to: '2150-01-02' }, /Den sista får inte vara före/],
      [{ from: '9999-01-01', to: '9999-01-02' }, /Det blev år 9999\. Stämmer datumet\?/],
      [{ [`code-${first}`]: undefined }, /Välj minst en kod/], [{ 'code-000000': 'yes' }, /Välj minst en kod/], [{ "code-' OR 1": 'yes' }, /Välj minst en kod/]
    ]
    for (const [wrong, why] of refused) {
      const fields = Object.fromEntries(Object.entries({ ...wish, ...tick(first), ...wrong }).filter(([, value]) => value !== undefined))
      const { status, text } = await save(fields)
      assert.equal(status, 422, JSON.stringify(wrong))
      assert.match(reading(text), why)
      assert.equal(held(text, 'to'), fields.to)
      // A name that is too long is not cut, and the count tells it.
      if (fields.name.length > 80) assert.match(text, new RegExp(`value="${fields.name}"(?![^>]* maxlength)[^>]* aria-describedby="campaign-fault campaign-name-most"[^]*id="campaign-name-most" data-most="80"[^]*src="/staff/fits.js"`))
      assert.equal(text.includes(`id="tick-${first}" value="yes" checked`), `code-${first}` in fields)
    }
    assert.deepEqual(service.changes(before), [])
  })
  test('may have a hundred codes', async () => {
    const codes = Array.from({ length: 100 }, (_, i) => `${String(i).padStart(5, '0')}Z`)
    service.change(codes.map(code => `INSERT INTO codes (code, area, channel, place, created_at) VALUES ('${code}', '1781', 'school', 'Skola ${code}', 1);`).join(''))
    const { status, location } = await save({ ...wish, ...tick(...codes) })
    assert.equal(status, 303)
    assert.equal((await sides(location))[0][0], '0')
    assert.equal(service.sql('SELECT count(*) AS n FROM campaign_codes GROUP BY campaign ORDER BY 1 DESC')[0].n, 100)
  })
  test('with an unknown number is 404', async () => {
    for (const path of [`/staff/campaigns/${reference(1n)}`, '/staff/campaigns/x', '/staff/campaigns/0000000000000/x']) assert.equal((await lead.page(path)).status, 404, path)
  })
})
