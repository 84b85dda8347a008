// QR codes: a new code works at once, is read in any spelling, never opens another area's form,
// and counts visits without visitors.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { post, right, startService } from '../support/service.mjs'
import { reading, text } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'
import { ask, talk } from '../support/wire.mjs'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
let service
before(async () => { service = await startService({ quick: true }) })
after(() => service.stop())

const get = (path, options) => ask(service.url + path, options)

function add (area, channel = 'health', place = 'Vårdcentralen') {
  const printed = service.run('code', 'add', '--data', service.folder, '--area', area, '--channel', channel, '--place', place)
  const [, code] = /^code: (\S+)$/m.exec(printed)
  assert.equal(/^address: (.*)$/m.exec(printed)[1], `${service.url.toUpperCase().replace('HTTP', 'http')}/Q/${code}`)
  return code
}

const isForm = (answer, area) => {
  assert.equal(answer.status, 200)
  assert.match(answer.text, new RegExp(`<input type="hidden" name="area" value="${area}">`))
}

const isWayIn = (answer, language = 'sv') => {
  assert.equal(answer.status, 404)
  assert.doesNotMatch(answer.text, /<form/)
  assert.ok(reading(answer.text).includes(text(language, 'Vi känner inte igen koden')))
  for (const slug of Object.keys(service.codes)) assert.match(answer.text, new RegExp(`href="/${slug}(\\?lang=${language})?"`))
}

const visits = code => service.sql(`SELECT day, count FROM visits WHERE code = '${code}'`)
/** Visits are written by each worker when it looks. */
async function settledVisits (code) {
  await service.looked()
  return visits(code)
}

const [firstDay, lastDay] = [Date.now(), Date.now() + 600000].map(at =>
  Date.parse(new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format(at)) / 86400000)

describe('a code made by the command while the service runs', () => {
  test('opens its area at once, from every process', async () => {
    for (let i = 0; i < 5; i++) {
      const code = add(['1781', 'karlstad', 'Arvika', 'hagfors', '1781'][i])
      const answers = await Promise.all(Array.from({ length: 8 }, () => get(`/q/${code}`)))
      for (const answer of answers) isForm(answer, ['1781', '1780', '1784', '1783', '1781'][i])
    }
  })
  test('takes a form at once, before any visit', async () => {
    const code = add('kristinehamn', 'poster')
    const answer = await post(`${service.url}/q/${code}`, { ...right.self, phone: '070-174 06 30' })
    assert.equal(answer.status, 200)
    assert.deepEqual(service.sql('SELECT code, area, who FROM cases ORDER BY number DESC LIMIT 1'), [{ code, area: '1781', who: 'self' }])
  })
  test('is read in any letter case, with I, L and O for 1 and 0', async () => {
    const code = service.codes.kristinehamn
    const mixed = [...code].map((letter, i) => i % 2 ? letter.toLowerCase() : letter).join('')
    for (const path of [`/q/${code}`, `/Q/${code}`, `/q/${code.toLowerCase()}`, `/Q/${mixed}`]) isForm(await get(path), '1781')
    let read = ''
    for (let i = 0; i < 80 && !/[01]/.test(read); i++) read = add('karlstad')
    assert.match(read, /[01]/)
    for (const [zero, one] of [['O', 'I'], ['o', 'l'], ['O', 'L'], ['o', 'i']]) {
      isForm(await get(`/q/${read.replaceAll('0', zero).replaceAll('1', one)}`), '1780')
    }
  })
  test('answers in the language that is asked for', async () => {
    const answer = await get(`/q/${service.codes.karlstad}?lang=ar`)
    isForm(answer, '1780')
    assert.equal(answer.headers['content-language'], 'ar')
    isWayIn(await get('/q/000001?lang=ar'), 'ar')
  })
  test('shows the closed page when its area is closed', async () => {
    const answer = await get(`/q/${service.codes.filipstad}`)
    assert.equal(answer.status, 200)
    assert.ok(reading(answer.text).includes('Just nu är formuläret stängt'))
  })
  test('is kept in the address of a form with faults', async () => {
    const answer = await post(`${service.url}/q/${service.codes.arvika}`, { ...right.self, area: '1784', age: '' })
    const html = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(html, /<form method="post" id="form" action="\?/)
  })
  test('is shown to a professional whose young person has not agreed', async () => {
    const answer = await post(`${service.url}/q/${service.codes.arvika}`, { ...right.professional, area: '1784', agreed: 'no' })
    assert.ok((await answer.text()).includes(`${service.url.toUpperCase().replace('HTTP', 'http')}/Q/${service.codes.arvika}`))
  })
})

describe('a mistyped code', () => {
  test('is recognised for every wrong letter and every swap', async () => {
    const others = Array.from({ length: 40 }, (_, i) => add(['karlstad', 'arvika', 'hagfors'][i % 3]))
    const code = service.codes.kristinehamn
    const known = new Set([...Object.values(service.codes), ...others])
    const wrong = new Set()
    for (let i = 0; i < 6; i++) {
      for (const letter of alphabet + 'UÅ') if (letter !== code[i]) wrong.add(code.slice(0, i) + letter + code.slice(i + 1))
      for (let j = i + 1; j < 6; j++) {
        const letters = [...code];
        [letters[i], letters[j]] = [letters[j], letters[i]]
        wrong.add(letters.join(''))
      }
    }
    wrong.delete(code)
    assert.ok(wrong.size > 190)
    for (const typed of wrong) {
      assert.ok(!known.has(typed), `${typed} is another place's code`)
      isWayIn(await get(`/q/${encodeURIComponent(typed)}`))
    }
  })
  test('too short, too long, empty-handed and strange end at a way in', async () => {
    const code = service.codes.kristinehamn
    for (const typed of [code.slice(1), code + '0', code + code, '%20', "'%20OR%201=1", '%00', 'x'.repeat(200), code + '/x']) isWayIn(await get(`/q/${typed}`))
  })
  test('that was never made leads to the choice of area, and a form sent there is not stored', async () => {
    const before = service.contents()
    const answer = await post(`${service.url}/q/000000`, right.self)
    assert.equal(answer.status, 404)
    assert.ok(reading(await answer.text()).includes('Vi känner inte igen koden'))
    assert.deepEqual(service.changes(before), [])
  })
})

describe('visits', () => {
  test('are counted by day and code, and by no other value', async () => {
    const [one, two] = [add('1781'), add('1781')]
    for (let i = 0; i < 7; i++) await get(`/q/${one}`, { headers: { 'user-agent': `visitor ${i}` } })
    await Promise.all(Array.from({ length: 20 }, () => get(`/Q/${two.toLowerCase()}`)))
    const rows = [...await settledVisits(one), ...visits(two)]
    assert.deepEqual(rows.map(row => row.count), [7, 20])
    for (const { day } of rows) assert.ok(day >= firstDay && day <= lastDay)
    await get(`/q/${one}`)
    assert.deepEqual((await settledVisits(one)).map(row => row.count), [8])
    assert.match(service.run('code', 'list', '--data', service.folder), new RegExp(`^${one}\tKristinehamn\thealth\t8\t0\tin use\tVårdcentralen$`, 'm'))
    assert.deepEqual(service.sql("SELECT name FROM pragma_table_info('visits')").map(column => column.name), ['code', 'day', 'kind', 'count'])
  })
  test('of the last second are written when the service stops', async () => {
    const looking = async wait => { await service.end(); service.environment.EGENREMISS_TEST_LOOK_MS = wait; await service.start() }
    // As seldom as a real service, so that most are still in memory.
    await looking('1000')
    const code = add('hagfors')
    for (let i = 0; i < 5; i++) await get(`/q/${code}`)
    await service.end()
    assert.deepEqual(visits(code).map(row => row.count), [5])
    await looking('50')
  })
})

describe('a retired code', () => {
  test('opens its area’s form, and counts no visit and no case', async () => {
    const code = add('karlstad', 'school', 'Skolan')
    isForm(await get(`/q/${code}`), '1780')
    assert.deepEqual((await settledVisits(code)).map(row => row.count), [1])
    service.run('code', 'retire', code, '--data', service.folder)
    await service.looked()
    isForm(await get(`/q/${code}`), '1780')
    const answer = await post(`${service.url}/q/${code}`, { ...right.self, area: '1780', phone: '070-174 06 31' })
    assert.equal(answer.status, 200)
    assert.deepEqual((await settledVisits(code)).map(row => row.count), [1])
    assert.deepEqual(service.sql('SELECT code, area FROM cases ORDER BY number DESC LIMIT 1'), [{ code: null, area: '1780' }])
  })
})

test('the data folder has no trace of a visitor', async () => {
  const code = add('1781')
  const from = '127.83.57.29'
  const strings = ['Zebramobil/77.31', 'https://zebrasida.example/lista', '203.0.113.77', 'zebrafråga', 'zebrakaka', 'zebra-sv-x', from]
  const headers = {
    'user-agent': strings[0], referer: strings[1], 'x-forwarded-for': strings[2], forwarded: `for=${strings[2]}`, 'x-real-ip': strings[2],
    cookie: `${strings[4]}=1`, 'accept-language': `sv,${strings[5]}`
  }
  const query = `?x=${encodeURIComponent(strings[3])}`
  for (const path of [`/q/${code}${query}`, `/Q/0AAAAA${query}`, `/kristinehamn${query}`, `/nowhere${query}`, `/staff${query}`, `/health${query}`]) {
    await get(path, { headers, from })
  }
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  for (const fields of [right.self, { ...right.self, age: '' }, { ...right.self, x: '1' }]) {
    await get(`/q/${code}${query}`, { method: 'POST', headers: form, from, body: new URLSearchParams(fields).toString() })
  }
  await talk(service.port, `GET /${strings[3]} HTTP/1.1\r\nUser-Agent: ${strings[0]}\r\n\r\n`, { quiet: 100 })
  assert.equal((await settledVisits(code))[0].count, 1)
  assert.deepEqual(tracesInFolder(service.folder, strings), [])
  // The search itself: what is there is found.
  assert.ok(tracesInFolder(service.folder, ['Skolan']).some(({ file }) => file.startsWith('egenremiss.db')))
})
