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
      // One that is too long is not cut, but comes back whole with its count.
      else if (fields.place.length > 60) assert.match(html, new RegExp(`id="place-new-most" data-most="60"[^]*value="${fields.place}"(?![^>]* maxlength)[^>]* aria-describedby="fault-new place-new-most"[^]*src="/staff/fits.js"`))
      const [, field] = /aria-invalid="true" aria-describedby="fault-new[" ]/.exec(html) && /id="(\w+)-new"[^>]*aria-invalid/.exec(html)
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
    await formOf(code)
    assert.equal(await visits(code), 1)
    assert.throws(() => service.change(`DELETE FROM codes WHERE code = '${code}'`), /printed or opened is retired, never deleted/)
    assert.throws(() => service.change(`UPDATE codes SET code = 'AAAAAA' WHERE code = '${code}'`), /never changes/)
  })
})

/** A hundred lines with seven bad ones from the 51st on, and what is told of each. */
function hundred (place) {
  const good = Array.from({ length: 93 }, (_, i) => `${place} ${i + 1};${['Skola', 'health', 'Kurator'][i % 3]};${['Kristinehamn', '1780', 'arvika'][i % 3]}`)
  const bad = [';Skola;1781', 'Okänd kanal;Sjukhus;1781', 'Okänd kommun;Skola;9999', 'Fel språk;Skola;1781;xx', 'Fel dag;Skola;1781;;31/1', 'Fel ordning;Skola;1781;;2027-02-02;2027-02-01', `${'lång '.repeat(20)};Skola;1781`, 'Mer;Skola;1781;;;;och mer']
  return [...good.slice(0, 50), ...bad, ...good.slice(50)].join('\r\n')
}
const why = ['Skriv platsen', 'Kanalen saknas', 'Kommunen saknas', 'Språket finns inte', 'Skriv första dagen', 'Skriv sista dagen', 'Skriv platsen', 'Det står något efter den sista kolumnen']

const send = fields => leo.post('/staff/codes/import', fields)
/** What the page shows of a list, read as a browser does. */
async function shown (answer) {
  const html = await answer.text()
  const list = /id="import-preview"[^>]*>([^]*?)<\/div>/.exec(html)?.[1] ?? ''
  return {
    status: answer.status, text: reading(html), chosen: ['channel', 'area'].map(name => new RegExp(`id="import-${name}">[^]*?value="(\\w+)" selected`).exec(html)?.[1]), seen: /name="seen" value="(\w+)"/.exec(html)?.[1], lines: held(html, 'lines')?.replace(/\r\n?/g, '\n'),
    rows: [...list.matchAll(/<li>([^]*?)<\/li>/g)].map(([, row]) => reading(row))
  }
}
const show = async fields => shown(await send(fields))
/** The list shown, and the button pressed that the page then has. */
async function makeAll (fields) {
  const before = count()
  const page = await show(fields)
  assert.equal(page.status, 200, page.text)
  assert.equal(count(), before, 'nothing is made before the press')
  const answer = await send({ ...fields, lines: page.lines, seen: page.seen })
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('location'), '/staff/codes?notice=codes-made')
  assert.equal(count(), before + page.rows.length)
  return page.rows
}
const places = where => service.sql(`SELECT place, area, channel FROM codes WHERE ${where} ORDER BY place`).map(row => Object.values(row).join(' '))

describe('a pasted list', () => {
  const csv = hundred('Plats')

  test('of a hundred lines with eight faults makes no code, and names each row as it stood', async () => {
    const before = count()
    const { status, text, seen, lines } = await show({ lines: csv })
    assert.equal(status, 422)
    assert.equal(seen, undefined)
    assert.equal(count(), before)
    assert.ok(text.includes('8 rader måste rättas först. Inga koder är gjorda.'))
    for (const [i, told] of why.entries()) assert.ok(text.includes(`Rad ${51 + i}, ${csv.split('\r\n')[50 + i]}: ${told}`), told)
    for (const allowed of ['Kanalerna är: Vårdcentral', 'Skola', 'Kommunerna är:', 'Kristinehamn', 'Språken är:', 'Kolumnerna är: plats']) assert.ok(text.includes(allowed), allowed)
    assert.equal(lines.trimEnd().split('\n').length, 101)
    // A press without what the page shows makes nothing either.
    assert.equal((await send({ lines: csv, seen: '0123456789abcdef' })).status, 422)
    assert.equal(count(), before)
  })
  test('is made by a press, exactly as the page showed it', async () => {
    const rows = await makeAll({ lines: 'Ort;Skola\nBy;Kurator;arvika;ar;2027-02-01;2027-03-01\n', area: '1783' })
    assert.deepEqual(rows, ['Rad 1: Ort, Skola, Hagfors', 'Rad 2: By, Kurator, Arvika, العربية, från måndag 1 februari 2027, till måndag 1 mars 2027'])
    assert.deepEqual(places("place IN ('Ort', 'By')"), ['By 1784 counsellor', 'Ort 1783 school'])
  })
  test('that is sent twice makes each code once, and says which rows have one', async () => {
    const lines = 'Två ett;Skola;1781\nTvå två;Skola;1781\nTvå ett;Skola;1781'
    const { status, rows, seen, text } = await show({ lines })
    assert.deepEqual({ status, rows: rows.length }, { status: 200, rows: 3 })
    assert.ok(text.includes('Det här blir 2 koder.') && text.includes('1 rad har redan en kod.') && text.includes('Rad 3, Två ett;Skola;1781'))
    assert.equal((await send({ lines, seen })).status, 303)
    assert.deepEqual(places("place LIKE 'Två %'").length, 2)
    for (const again of [{ lines }, { lines, seen }]) assert.equal((await send(again)).status, 422)
    assert.match((await show({ lines })).text, /Alla koderna finns redan/)
    assert.deepEqual(places("place LIKE 'Två %'").length, 2)
  })
  test('that differs from what was seen is not made', async () => {
    const lines = 'Sedd;Skola;1781\nSedd två;Skola;1781'
    const { seen } = await show({ lines })
    const before = count()
    const changes = [{ lines: `${lines}\nSmugen;Skola;1781` }, { lines: lines.split('\n')[0] }, { lines: lines.replace('1781', '1780') }, { lines: lines.replace('Skola', 'Kurator') },
      { lines: `${lines};ar` }, { lines: `${lines};;2027-02-01` }, { lines: lines.replace('Sedd', 'Osedd') }, { lines, seen: '' }, { lines, seen: seen.toUpperCase() + '0' }]
    for (const change of changes) {
      const page = await show({ seen, ...change })
      assert.equal(page.status, 422, change.lines)
      assert.match(page.text, /Listan är inte som när du såg den. Inga koder är gjorda/)
    }
    assert.equal(count(), before)
    // A colleague made one of them between the two presses.
    await make({ place: 'Sedd', channel: 'school' })
    assert.equal((await send({ lines, seen })).status, 422)
    assert.deepEqual(places("place LIKE 'Sedd%'"), ['Sedd 1781 school'])
  })
  test('with a quotation mark that never closes names it and its row, and no municipality', async () => {
    const before = count()
    const text = await (await leo.post('/staff/codes/import', { lines: 'Skolan Öster;school;1781\n"Skolan Väst;school;1781\nSkolan Norr;school;1781\n' })).text()
    assert.match(reading(text), /1 rad måste rättas först\. Inga koder är gjorda\. Rad 2, "Skolan Väst;school;1781 ?: Ett citattecken öppnas men stängs aldrig\./)
    assert.ok(!reading(text).includes('Kommunen saknas'))
    assert.equal(held(text, 'lines').split('\n').length, 4, 'the list is kept')
    assert.equal(count(), before)
  })
  test('of places alone takes channel and area from the form, and may have quotes, tabs and commas', async () => {
    await makeAll({ lines: 'Ensam ett\nEnsam två\n\n', channel: 'poster', area: '1783' })
    await makeAll({ lines: '"Semikolon; här";Affisch;1781\n' })
    await makeAll({ lines: 'Flik\tAffisch\t1781\ten\t2027-01-01\t2027-02-01' })
    await makeAll({ lines: '"Han sa ""hej""",Affisch,1781' })
    assert.deepEqual(places("channel = 'poster'"), ['Ensam ett 1783 poster', 'Ensam två 1783 poster', 'Flik 1781 poster', 'Han sa "hej" 1781 poster', 'Semikolon; här 1781 poster'])
  })
  test('with one stray semicolon among commas makes no code of a whole row', async () => {
    await makeAll({ lines: 'Skolan Öster,school,1781\nSkolan; Väst,school,1781\nSkolan Norr,school,1781\n' })
    assert.deepEqual(places("place LIKE 'Skolan%'"), ['Skolan Norr 1781 school', 'Skolan Öster 1781 school', 'Skolan; Väst 1781 school'].sort())
  })
  test('with sep=, a heading, no-break spaces and the line ends of a Mac is read', async () => {
    await makeAll({ lines: 'sep=,\rKommun,Plats,Kanal\r\u00a01781\u00a0,\u00a0Mac ett ,Skola\r1780,Mac\u00a0två,Kurator' })
    assert.deepEqual(places("place LIKE 'Mac%'"), ['Mac ett 1781 school', 'Mac två 1780 counsellor'])
  })
  test('that is refused comes back for correction, and reads the same again', async () => {
    const { status, lines } = await show({ lines: '"a ""b""; c";Skola' })
    assert.equal(status, 422)
    await makeAll({ lines, area: '1781' })
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
    await makeAll({ lines: '=cmd|x;Skola;1781' })
  })
})

describe('a code that nobody has printed or opened', () => {
  const remove = code => leo.post('/staff/codes/remove', { code })
  const offers = async code => (await page(`/staff/codes/${code}`)).text.includes('Ta bort koden helt')

  test('is removed, and its address is then unknown', async () => {
    const code = await make({ place: 'Skolan Öster,school,1781' })
    await settled()
    assert.ok(await offers(code))
    const answer = await remove(code)
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/staff/codes?notice=code-removed'])
    assert.equal(row(code), undefined)
    assert.equal((await page(`/staff/codes/${code}`)).status, 404)
    assert.equal((await remove(code)).status, 404)
    await settled()
    assert.equal((await ask(`${service.url}/q/${code}`)).status, 404)
  })
  for (const [how, used] of [
    ['opened', async code => { await formOf(code); await settled() }],
    ['fetched as a file', async code => assert.equal((await leo.get(`/staff/codes/symbol?code=${code}&as=svg&mm=30&level=Q&dpi=300`)).status, 200)],
    ['printed on a brochure', async code => assert.equal((await leo.get(`/staff/brochures/print?code=${code}&kind=poster&language=sv`)).status, 200)],
    ['drawn by the command', async code => service.run('qr', code, '--data', service.folder)]
  ]) {
    test(`stays once it is ${how}`, async () => {
      const code = await make({ place: `Använd: ${how}` })
      await settled()
      assert.ok(await offers(code))
      await used(code)
      assert.ok(!await offers(code))
      const answer = await remove(code)
      assert.equal(answer.status, 409)
      assert.match(reading(await answer.text()), /Någon har tryckt eller öppnat den/)
      assert.equal(row(code).code, code)
    })
  }
})

describe('a list in a file', () => {
  const utf8 = text => Buffer.from(text)
  /** As a browser sends it: every field, and a file without name and bytes when none was chosen. */
  async function upload (file, fields = {}, path = '/staff/codes/import') {
    const form = new FormData()
    for (const [name, value] of Object.entries({ token: leo.token, channel: '', area: '', lines: '', ...fields })) form.append(name, value)
    form.append('file', new Blob([file ?? '']), file ? 'Koder "våren".csv' : '')
    return shown(await post(service.url + path, form, { cookie: leo.cookie }))
  }
  /** The file shown, and the button pressed; the lines are by then in the form. */
  async function makeFile (file, fields = {}) {
    const page = await upload(file, fields)
    assert.equal(page.status, 200, page.text)
    assert.equal((await send({ ...fields, lines: page.lines, seen: page.seen })).status, 303)
    return page
  }
  const raw = (body, type) => ask(`${service.url}/staff/codes/import`, { method: 'POST', headers: { cookie: leo.cookie, 'content-type': type }, body })
    .then(answer => answer.status === 303 ? ask(service.url + answer.headers.location, { headers: { cookie: leo.cookie } }) : answer)
  const made = place => service.sql(`SELECT count(*) AS n FROM codes WHERE place = '${place}'`)[0].n

  test('of a hundred lines with eight faults makes no code, and comes back as lines', async () => {
    const before = count()
    const file = hundred('Filplats')
    const answer = await upload(utf8(file))
    assert.equal(answer.status, 422)
    for (const [i, told] of why.entries()) assert.match(answer.text, new RegExp(`Rad ${51 + i}, [^:]*: ${told}`))
    assert.equal(answer.lines.trimEnd(), file.replaceAll('\r\n', '\n').trimEnd())
    assert.equal(count(), before)
    const rest = answer.lines.split('\n').filter(line => line.startsWith('Filplats')).join('\n')
    assert.equal((await makeAll({ lines: rest })).length, 93)
  })
  test('is read with and without a byte order mark, and the form’s choices complete it', async () => {
    for (const [place, mark] of [['Märkt åäö', '\ufeff'], ['Omärkt åäö', '']]) {
      await makeFile(utf8(`${mark}${place}\r\n`), { channel: 'poster', area: '1783' })
      assert.equal(made(place), 1)
    }
  })
  test('of formulas makes codes with these names', async () => {
    await makeFile(utf8('=cmd|fil;Skola;1781'))
    assert.equal(made('=cmd|fil'), 1)
  })
  const wide = text => Buffer.from(`\ufeff${text}`, 'utf16le')
  for (const [encoding, bytes] of [
    ['Windows-1252', text => Buffer.from(text, 'latin1')],
    ['Mac Roman', text => Buffer.from([...text].map(c => ({ Å: 0x81, å: 0x8c, ä: 0x8a, Ö: 0x85, ö: 0x9a })[c] ?? c.charCodeAt()))],
    ['UTF-16', wide],
    ['UTF-16', text => wide(text).swap16()]
  ]) {
    test(`in ${encoding} is read, and the page asks whether it reads right`, async () => {
      const place = `Vård Öst i Årjäng ${count()}`
      const told = `Filen lästes som ${encoding}. Ser å, ä och ö rätt ut?`
      const page = await makeFile(bytes(`${place};Skola;1781\r\nFöräldraföreningen ${place};Kurator;1784\r\n`))
      assert.ok(page.text.includes(told), page.text)
      assert.equal(page.lines.trimEnd(), `${place};Skola;1781\nFöräldraföreningen ${place};Kurator;1784`)
      assert.equal(made(place), 1)
      const refused = await upload(bytes(`${place};Sjukhus;1781\n`))
      assert.equal(refused.status, 422)
      assert.ok(refused.text.includes(told) && refused.text.includes(`Rad 1, ${place};Sjukhus;1781`))
    })
  }
  test('that is no text is refused with a remedy, and keeps what was chosen beside it', async () => {
    const before = count()
    for (const file of [wide('Vård').subarray(2), wide('Vård').subarray(0, 5), Buffer.from('PK\x03\x04\x14\0\x06\0\xb5', 'latin1')]) {
      const answer = await upload(file, { channel: 'poster', area: '1783' })
      assert.equal(answer.status, 422)
      assert.match(answer.text, /Det gick inte att läsa filen. Spara den som CSV UTF-8 i kalkylbladet/)
      assert.deepEqual(answer.chosen, ['poster', '1783'])
    }
    assert.equal(count(), before)
  })
  test('in UTF-8 is read without a question', async () => {
    assert.doesNotMatch((await upload(utf8('Vård utan fråga;Skola;1781'))).text, /Filen lästes som/)
  })
  test('with a fault keeps the channel and the area that were chosen', async () => {
    for (const file of [utf8('Rätt;Skola\nFel;Sjukhus'), utf8('x\n'.repeat(501)), utf8(' ')]) {
      const answer = await upload(file, { channel: 'poster', area: '1783' })
      assert.deepEqual([answer.status, ...answer.chosen], [422, 'poster', '1783'])
    }
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
    assert.equal((await upload(undefined, { lines: both.lines })).status, 200)
    assert.equal((await upload(utf8('Filens;Skola;1781'), { lines: ' \r\n' })).status, 200)
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
    assert.equal((await raw(body, `${type}B`)).status, 200)
  })
})

test('no file names a visitor', async () => {
  const code = await make({ place: 'Spårlös' })
  await ask(`${service.url}/q/${code}`, { headers: { 'user-agent': 'Zebrabläddrare/1', 'x-real-ip': '203.0.113.77', referer: 'https://zebra.example/' } })
  await visits(code)
  assert.deepEqual(tracesInFolder(service.folder, ['Zebrabläddrare', '203.0.113.77', 'zebra.example']), [])
  assert.doesNotMatch(readFileSync(service.log, 'utf8'), /Zebra|203\.0\.113/)
})
