// Codes as a lead works with them over HTTP: made, changed, retired, revived, and many from a
// list. The printed address leads to the right page at each stage.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { post, right, startService } from '../support/service.mjs'
import { signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'
import { ask } from '../support/wire.mjs'

let service, leo
before(async () => {
  service = await startService({ clock: '2027-01-11T09:00+01:00', quick: true })
  leo = await signedIn(service, service.lead)
})
after(() => service.stop())

const wish = { place: 'Vårdcentralen Väst', channel: 'health', area: '1781' }

async function make (fields) {
  const answer = await leo.post('/staff/codes', { ...wish, ...fields })
  assert.equal(answer.status, 303)
  return /^\/staff\/codes\/(\w{6})\?notice=code-made$/.exec(answer.headers.get('location'))[1]
}
const page = async path => { const answer = await leo.get(path); return { status: answer.status, text: reading(await answer.text()) } }
const row = code => service.sql(`SELECT * FROM codes WHERE code = '${code}'`)[0]
const count = () => service.sql('SELECT count(*) AS n FROM codes')[0].n
/** Each worker reads the codes anew, and writes visits, when it looks. */
const settled = () => service.looked()
const visits = async code => { await settled(); return service.sql(`SELECT coalesce(sum(count), 0) AS n FROM visits WHERE code = '${code}'`)[0].n }
const cameBy = code => service.sql(`SELECT count(*) AS n FROM cases WHERE code = '${code}'`)[0].n
const formOf = async (code, headers = {}) => {
  const answer = await ask(`${service.url}/q/${code}`, { headers })
  return { status: answer.status, area: /name="area" value="(\d{4})"/.exec(answer.text)?.[1], language: /<html lang="(\w+)"/.exec(answer.text)[1] }
}

describe('a code', () => {
  test('is made, and its page shows the printed address', async () => {
    const code = await make({ place: '  Kuratorn på “Öst” <3 ', channel: 'counsellor', first: '2027-01-01', last: '2027-12-31', language: 'ar' })
    const { text, status } = await page(`/staff/codes/${code}`)
    assert.equal(status, 200)
    for (const words of ['Kuratorn på “Öst” <3', 'Kurator', 'Kristinehamn', 'العربية', `${service.url.toUpperCase().replace('HTTP', 'http')}/Q/${code}`]) assert.ok(text.includes(words), words)
    assert.ok((await page('/staff/codes')).text.includes('Kuratorn på “Öst” <3'))
    assert.equal((await page(`/staff/codes/${code.toLowerCase()}`)).status, 200)
    assert.equal((await page('/staff/codes/000000')).status, 404)
  })
  test('leads to the right page at each stage of its life, and counts rightly', async () => {
    const code = await make({ place: 'Livet' })
    for (let i = 0; i < 3; i++) assert.deepEqual(await formOf(code), { status: 200, area: '1781', language: 'sv' })
    assert.equal(await visits(code), 3)
    assert.equal((await ask(`${service.url}/q/${code}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ ...right.self, name: 'Först' }).toString() })).status, 200)
    assert.equal(cameBy(code), 1)
    // Moved to another area and language after it is printed.
    assert.equal((await leo.post('/staff/codes/change', { ...wish, code, area: '1780', language: 'ar', place: 'Flyttad' })).status, 303)
    await settled()
    assert.deepEqual(await formOf(code), { status: 200, area: '1780', language: 'ar' })
    assert.deepEqual(await formOf(`${code}?lang=en`), { status: 200, area: '1780', language: 'en' })
    const before = await visits(code)
    assert.equal((await leo.post('/staff/codes/retire', { code })).status, 303)
    await settled()
    assert.deepEqual(await formOf(code), { status: 200, area: '1780', language: 'ar' })
    assert.equal(await visits(code), before, 'a retired code counts')
    assert.ok((await page(`/staff/codes/${code}`)).text.includes('Koden är tagen ur bruk'))
    assert.equal((await leo.post('/staff/codes/revive', { code })).status, 303)
    await settled()
    await formOf(code)
    assert.equal(await visits(code), before + 1)
    assert.equal(cameBy(code), 1)
  })

  test('keeps when staff last saw it at its place, also when it is changed', async () => {
    const seen = () => service.sql(`SELECT seen_at FROM codes WHERE code = '${service.codes.karlstad}'`)[0].seen_at
    const code = service.codes.karlstad
    assert.equal(seen(), null)
    assert.match((await page(`/staff/codes/${code}`)).text, /Senast sedd på plats Aldrig/)
    assert.doesNotMatch((await page('/staff/codes')).text, /Sedd på plats/)
    assert.equal((await leo.post('/staff/codes/seen', { code })).status, 303)
    const first = seen()
    assert.ok(first > 0)
    assert.match((await page(`/staff/codes/${code}`)).text, /Senast sedd på plats i dag/)
    assert.match((await page('/staff/codes')).text, /Sedd på plats/)
    assert.equal((await leo.post('/staff/codes/change', { ...wish, code, area: '1780', place: 'Biblioteket' })).status, 303)
    assert.equal(seen(), first)
  })
  test('counts only between its first and last day', async () => {
    const code = await make({ place: 'Veckan', first: '2027-01-12', last: '2027-01-13' })
    const stages = [['2027-01-11T23:59+01:00', 0], ['2027-01-12T00:01+01:00', 1], ['2027-01-13T23:59+01:00', 2], ['2027-01-14T00:01+01:00', 2]]
    for (const [moment, counted] of stages) {
      service.clock.set(Date.parse(moment))
      await settled()
      assert.equal((await formOf(code)).area, '1781', moment)
      assert.equal(await visits(code), counted, moment)
    }
    leo = await signedIn(service, service.lead)
    assert.ok((await page(`/staff/codes/${code}`)).text.includes('utanför kodens dagar'))
  })
  test('shows each fault at its field, and keeps the typed values', async () => {
    const before = count()
    for (const [fields, told] of [
      [{ place: '' }, 'Skriv platsen'], [{ place: 'x'.repeat(61) }, 'Skriv platsen'], [{ place: 'a\nb' }, 'Skriv platsen'],
      [{ channel: 'hospital' }, 'Välj kanal'], [{ area: '9999' }, 'Välj kommun'], [{ language: 'not a tag' }, 'Välj ett språk'],
      [{ first: '2027-02-30' }, 'Skriv första dagen'], [{ first: '2027-02-02', last: '2027-02-01' }, 'Skriv sista dagen']
    ]) {
      const answer = await leo.post('/staff/codes', { ...wish, place: 'Behållen', ...fields })
      const html = await answer.text()
      assert.equal(answer.status, 422, told)
      assert.ok(reading(html).includes(told), told)
      if (!('place' in fields)) assert.match(html, /value="Behållen"/)
      const [, field] = /aria-invalid="true" aria-describedby="fault-new"/.exec(html) && /id="(\w+)-new"[^>]*aria-invalid/.exec(html)
      assert.ok(field in fields, `${told} stands at ${field}`)
    }
    assert.equal(count(), before)
  })
  test('does not change when a change is refused', async () => {
    const code = await make({ place: 'Oförändrad' })
    const before = row(code)
    const answer = await leo.post('/staff/codes/change', { ...wish, code, place: 'Ny', channel: '' })
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /value="Ny"/)
    assert.deepEqual(row(code), before)
    assert.throws(() => service.change(`DELETE FROM codes WHERE code = '${code}'`), /retired, never deleted/)
    assert.throws(() => service.change(`UPDATE codes SET code = 'AAAAAA' WHERE code = '${code}'`), /never changes/)
  })
})

/** A hundred lines with seven bad ones from the 51st on, and what is told of each. */
function hundred (place) {
  const good = Array.from({ length: 93 }, (_, i) => `${place} ${i + 1};${['Skola', 'health', 'Kurator'][i % 3]};${['Kristinehamn', '1780', 'arvika'][i % 3]}`)
  const bad = [';Skola;1781', 'Okänd kanal;Sjukhus;1781', 'Okänd kommun;Skola;9999', 'Fel språk;Skola;1781;xx', 'Fel dag;Skola;1781;;31/1', 'Fel ordning;Skola;1781;;2027-02-02;2027-02-01', `${'lång '.repeat(20)};Skola;1781`]
  return [...good.slice(0, 50), ...bad, ...good.slice(50)].join('\r\n')
}
const why = ['Skriv platsen', 'Välj kanal', 'Välj kommun', 'Välj ett språk', 'Skriv första dagen', 'Skriv sista dagen', 'Skriv platsen']

describe('a pasted list', () => {
  const csv = hundred('Plats')
  const send = fields => leo.post('/staff/codes/import', fields)

  test('of a hundred lines with seven faults makes 93 codes, and explains each fault', async () => {
    const before = count()
    const answer = await send({ lines: csv })
    const text = reading(await answer.text())
    assert.equal(answer.status, 422)
    assert.equal(count(), before + 93)
    assert.ok(text.includes('93 koder är gjorda.') && text.includes('7 rader gick inte'))
    for (const [i, told] of why.entries()) assert.match(text, new RegExp(`Rad ${51 + i}, [^:]*: ${told}`))
    assert.deepEqual(service.sql("SELECT channel, area FROM codes WHERE place = 'Plats 3'"), [{ channel: 'counsellor', area: '1784' }])
  })
  test('that is sent twice makes each code once', async () => {
    const before = count()
    const text = reading(await (await send({ lines: csv })).text())
    assert.equal(count(), before)
    assert.ok(text.includes('0 koder är gjorda.') && text.includes('100 rader gick inte') && text.includes('En sådan kod finns redan.'))
  })
  test('of places alone takes channel and area from the form, and may have quotes, tabs and commas', async () => {
    assert.equal((await send({ lines: 'Ensam ett\nEnsam två\n\n', channel: 'poster', area: '1783' })).status, 303)
    assert.equal((await send({ lines: '"Semikolon; här";Affisch;1781\n' })).status, 303)
    assert.equal((await send({ lines: 'Flik\tAffisch\t1781\ten\t2027-01-01\t2027-02-01' })).status, 303)
    assert.equal((await send({ lines: '"Han sa ""hej""",Affisch,1781' })).status, 303)
    assert.deepEqual(service.sql("SELECT place, area FROM codes WHERE channel = 'poster' ORDER BY place").map(row => `${row.place} ${row.area}`),
      ['Ensam ett 1783', 'Ensam två 1783', 'Flik 1781', 'Han sa "hej" 1781', 'Semikolon; här 1781'])
  })
  test('that is refused comes back for correction, and reads the same again', async () => {
    const html = await (await send({ lines: '"a ""b""; c";Skola' })).text()
    const [, typed] = /<textarea[^>]*name="lines"[^>]*>\n?([^<]*)<\/textarea>/.exec(html)
    const lines = typed.replaceAll('&quot;', '"').replaceAll('&#34;', '"')
    assert.equal((await send({ lines, area: '1781' })).status, 303)
    assert.equal(service.sql("SELECT count(*) AS n FROM codes WHERE place = 'a \"b\"; c'")[0].n, 1)
  })
  test('of formulas, of no line, of too many, in another encoding or of 50 MB gets a clear answer and makes all codes or none', async () => {
    const before = count()
    assert.match(reading(await (await send({ lines: ' \n\n' })).text()), /Skriv en rad för varje kod/)
    assert.match(reading(await (await send({ lines: 'x;Skola;1781\n'.repeat(501) })).text()), /fler än 500 rader/)
    const body = `token=${leo.token}&area=1781&channel=health&lines=`
    const raw = async (bytes, headers = {}) => ask(`${service.url}/staff/codes/import`, { method: 'POST', headers: { cookie: leo.cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: bytes })
    assert.equal((await raw(`${body}V%E5rd`)).status, 400)
    assert.equal((await raw(`${body}a%00b`)).status, 400)
    assert.equal((await raw(body + 'x'.repeat(70000))).status, 413)
    assert.equal((await raw(Buffer.alloc(50 << 20, 'x'))).status, 413)
    assert.equal(count(), before)
    assert.equal((await send({ lines: '=cmd|x;Skola;1781' })).status, 303)
    assert.equal(count(), before + 1)
  })
})

describe('a list in a file', () => {
  const utf8 = text => Buffer.from(text)
  /** As a browser sends it: every field, and a file without name and bytes when none was chosen. */
  async function upload (file, fields = {}, path = '/staff/codes/import') {
    const form = new FormData()
    for (const [name, value] of Object.entries({ token: leo.token, channel: '', area: '', lines: '', ...fields })) form.append(name, value)
    form.append('file', new Blob([file ?? '']), file ? 'Koder "våren".csv' : '')
    const answer = await post(service.url + path, form, { cookie: leo.cookie })
    const html = await answer.text()
    return { status: answer.status, location: answer.headers.get('location'), text: reading(html), lines: held(html, 'lines') }
  }
  const raw = (body, type) => ask(`${service.url}/staff/codes/import`, { method: 'POST', headers: { cookie: leo.cookie, 'content-type': type }, body })
  const made = place => service.sql(`SELECT count(*) AS n FROM codes WHERE place = '${place}'`)[0].n

  test('of a hundred lines with seven faults makes 93 codes, and returns the seven lines', async () => {
    const before = count()
    const answer = await upload(utf8(hundred('Filplats')))
    assert.equal(answer.status, 422)
    assert.equal(count(), before + 93)
    assert.ok(answer.text.includes('93 koder är gjorda.') && answer.text.includes('7 rader gick inte'))
    for (const [i, told] of why.entries()) assert.match(answer.text, new RegExp(`Rad ${51 + i}, [^:]*: ${told}`))
    assert.equal(answer.lines.trimEnd().split('\n').length, 7)
    assert.match(answer.lines, /Okänd kanal\tSjukhus\t1781/)
  })
  test('is read with and without a byte order mark, and the form’s choices complete it', async () => {
    for (const [place, mark] of [['Märkt åäö', '\ufeff'], ['Omärkt åäö', '']]) {
      assert.deepEqual((({ status, location }) => ({ status, location }))(await upload(utf8(`${mark}${place}\r\n`), { channel: 'poster', area: '1783' })),
        { status: 303, location: '/staff/codes?notice=codes-made' })
      assert.equal(made(place), 1)
    }
  })
  test('of formulas makes codes with these names', async () => {
    assert.equal((await upload(utf8('=cmd|fil;Skola;1781'))).status, 303)
    assert.equal(made('=cmd|fil'), 1)
  })
  test('in another encoding, or that is no text, is refused with a remedy', async () => {
    const before = count()
    const text = 'Vårdcentralen;Skola;1781\r\n'
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const file of [Buffer.from(text, 'latin1'), wide, Buffer.from(wide).swap16(), wide.subarray(2), Buffer.from('PK\x03\x04\x14\0\x06\0\xb5', 'latin1')]) {
      const answer = await upload(file)
      assert.equal(answer.status, 400)
      assert.match(answer.text, /Det gick inte att läsa filen Spara den som CSV UTF-8 i kalkylbladet/)
    }
    assert.equal(count(), before)
  })
  test('that is empty, missing, or sent together with pasted lines gets a clear answer', async () => {
    const before = count()
    for (const file of [undefined, utf8('\ufeff'), utf8('\r\n \r\n')]) {
      const answer = await upload(file)
      assert.equal(answer.status, 422)
      assert.match(answer.text, /Skriv en rad för varje kod, eller välj en fil/)
    }
    const both = await upload(utf8('Filens;Skola;1781'), { lines: 'Den inklistrade;Skola;1781' })
    assert.equal(both.status, 422)
    assert.match(both.text, /Det kom både rader och en fil/)
    assert.equal(both.lines, 'Den inklistrade;Skola;1781')
    assert.match((await upload(utf8('x;Skola;1781\n'.repeat(501)))).text, /fler än 500 rader/)
    assert.equal(count(), before)
    assert.equal((await upload(undefined, { lines: both.lines })).status, 303)
    assert.equal((await upload(utf8('Filens;Skola;1781'), { lines: ' \r\n' })).status, 303)
    assert.equal(count(), before + 2)
  })
  test('that is too large, broken or sent to another route is refused, and makes no code', async () => {
    const before = service.contents()
    for (const size of [70000, 50 << 20]) {
      const large = await upload(Buffer.alloc(size, 'x'))
      assert.equal(large.status, 413)
      assert.match(large.text, /Dela upp listan/)
    }
    const part = (name, value) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    const body = `${part('token', leo.token)}${part('lines', 'Trasig;Skola;1781')}--B--\r\n`
    const type = 'multipart/form-data; boundary='
    for (const [bytes, said] of [[body, `${type}C`], [body, type], [body, 'multipart/form-data'], [body.slice(0, -8), `${type}B`],
      [`${part('lines', 'a')}${body}`, `${type}B`], [`${part('lines\0', 'a')}${body}`, `${type}B`]]) {
      assert.equal((await raw(bytes, said)).status, 400, said)
    }
    assert.equal((await raw(`${part('filen', 'a')}${body}`, `${type}B`)).status, 400)
    assert.equal((await raw(body.replace(leo.token, 'fel'), `${type}B`)).status, 403)
    for (const path of ['/staff/codes', '/staff/codes/change', '/staff/codes/retire', '/staff/me/session', '/staff', '/kristinehamn']) {
      assert.equal((await upload(utf8('x'), {}, path)).status, 415, path)
    }
    assert.deepEqual(service.changes(before), [])
    assert.equal((await raw(body, `${type}B`)).status, 303)
  })
})

test('no file names a visitor', async () => {
  const code = await make({ place: 'Spårlös' })
  await ask(`${service.url}/q/${code}`, { headers: { 'user-agent': 'Zebrabläddrare/1', 'x-real-ip': '203.0.113.77', referer: 'https://zebra.example/' } })
  await visits(code)
  assert.deepEqual(tracesInFolder(service.folder, ['Zebrabläddrare', '203.0.113.77', 'zebra.example']), [])
  assert.doesNotMatch(readFileSync(service.log, 'utf8'), /Zebra|203\.0\.113/)
})
