// What people type and paste into the form: cleaned, told apart, asked about once.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
import { sendCase, signedIn } from '../support/staff.mjs'
import { reading, text } from '../support/text.mjs'
import { ask } from '../support/wire.mjs'

let service
before(async () => { service = await startService() })
after(() => service.stop())

const send = (fields, language = 'sv') => ask(`${service.url}/kristinehamn?lang=${language}`, {
  method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString()
})
let next = 600
const own = () => `070-174 0${String(++next)[0]} ${String(next).slice(1)}`
const stored = async (fields, language) => {
  const before = service.count('cases')
  const answer = await send(fields, language)
  assert.ok([200, 303].includes(answer.status), `${answer.status}: ${reading(answer.text).slice(0, 400)}`)
  assert.equal(service.count('cases'), before + 1)
}
const told = (answer, language, ...swedish) => {
  assert.equal(answer.status, 422)
  // reading() leaves the marks of direction out.
  for (const words of swedish) assert.ok(reading(answer.text).includes(text(language, words).replace(/\u200e/g, '')), `"${text(language, words)}" is not in ${reading(answer.text).slice(0, 600)}`)
}
const pnr = 'Det ser ut som ett personnummer. Skriv bara telefonnumret.'
const pnrName = 'Det ser ut som ett personnummer. Skriv bara namnet.'

for (const language of ['sv', 'ar']) {
  describe(language, () => {
    for (const name of ['\u2067محمد\u2069', 'Bo\tEk', 'An\u00adna', 'A\u030asa', '\ufeffBo\u00a0', 'Bo\u200b', '\u202bعلي\u202c', 'Bo\u0085Ek', 'Bo\r\n', 'علی\u200cرضا', '👩\u200d🚀']) {
      test(`the name ${JSON.stringify(name)} is taken`, () => stored({ ...right.self, name, phone: own() }, language))
    }
    for (const add of ['\t', '\u00a0', '\u200e', '\v', '\u0085', '\n', '\u2069']) {
      test(`a number with ${JSON.stringify(add)} around it is taken`, () => stored({ ...right.self, phone: add + own() + add }, language))
    }
    for (const phone of ['640823-3234', '640883-3231', '19640823-3234', '640823+3234', '6408233234', '640823–3234', '640823 3234', 'pnr 640823-3234']) {
      test(`${phone} is told apart from a number`, async () => {
        told(await send({ ...right.self, phone }, language), language, pnr)
        told(await send({ ...right.professional, helper_phone: phone }, language), language, pnr)
        told(await send({ ...right.self, name: `Bo ${phone}`, phone: own() }, language), language, pnrName)
        told(await send({ ...right.professional, helper_name: phone, phone: own() }, language), language, pnrName)
      })
    }
    for (const [phone, words] of [['4740612345', 'Är det ett utländskt nummer? Skriv + först.'],
      ['0550-880 00 ankn 12', 'Vi kan inte ringa en anknytning. Skriv ett direktnummer eller ett mobilnummer.'],
      ['070-174 06 05 eller 070-174 06 06', 'Skriv bara ett telefonnummer.'], ['12345', 'Utländskt nummer? Börja med + och landets siffror, till exempel +47.']]) {
      test(`${phone} gets words of its own`, async () => told(await send({ ...right.self, phone }, language), language, words))
    }
    test('the promise names whose name and number it is', async () => {
      const { text: html } = await ask(`${service.url}/kristinehamn?lang=${language}`)
      for (const [branches, words] of [['no-professional', 'Vi skyddar ditt namn och nummer. Bara personal som arbetar med det här kan läsa dem.'],
        ['no-self no-relative', 'Vi skyddar den ungas namn och nummer, och dina egna. Bara personal som arbetar med det här kan läsa dem.']]) {
        assert.ok(html.includes(`<span class="${branches}">${text(language, words)}</span>`), branches)
      }
    })
    test('a landline of somebody\'s own is asked about once, and is told by its number', async () => {
      const fields = { ...right.self, phone: '050 123 45 67' }
      const answer = await send(fields, language)
      told(answer, language, 'Är det ett mobilnummer? Rätta det då. Stämmer det, så skicka igen.')
      assert.ok(reading(answer.text).includes(text(language, 'Vi läser numret som {number}, en fast telefon i Sverige.', { number: '0501-23 45 67' })))
      assert.ok(!reading(answer.text).includes(text(language, 'Dit når inget sms.')))
      told(await send({ ...fields, contact: 'sms-first' }, language), language, 'Dit når inget sms.')
      const [, sure] = /name="sure" value="(\w+)"/.exec(answer.text)
      await stored({ ...fields, sure, phone: language === 'sv' ? '050 123 45 67' : '050 123 45 68' }, language)
    })
    for (const [phone, read, receipt] of [['070 174 06 77', 'Vi läser numret som {number}, ett mobilnummer.', 'Det är ett mobilnummer.'], ['0550-880 77', 'Vi läser numret som {number}, en fast telefon i Sverige.', 'Det är en fast telefon.'],
      ['+47 40 61 23 45', 'Vi läser numret som {number}, ett nummer i Norge (+47).', 'Det är ett nummer i Norge (+47).'], ['+45 32 12 34 56', 'Vi läser numret som {number}, ett utländskt nummer.', 'Det är ett utländskt nummer.']]) {
      test(`${phone}: the form that comes back and the receipt name the kind of the number`, async () => {
        const [first, last] = text(language, read).split('{number}')
        const back = await send({ ...right.relative, phone, age: '' }, language)
        assert.equal(back.status, 422)
        assert.ok(reading(back.text).includes(last.replace(/\u200e/g, '')) && reading(back.text).includes(first), reading(back.text).slice(0, 900))
        const sent = await send({ ...right.relative, phone, name: `${language} ${phone}` }, language)
        assert.equal(sent.status, 200)
        assert.ok(reading(sent.text).includes(text(language, receipt).replace(/\u200e/g, '')), reading(sent.text).slice(0, 900))
      })
    }
    test('a relative\'s landline and a mobile are not asked about', async () => {
      await stored({ ...right.relative, phone: language === 'sv' ? '0550-880 11' : '0550-880 12' }, language)
      await stored({ ...right.self, phone: own() }, language)
      await stored({ ...right.self, phone: language === 'sv' ? '+47 40 61 23 45' : '+47 40 61 23 46' }, language)
    })
    test('a professional\'s own name or number is asked about once', async () => {
      const number = own()
      const fields = { ...right.professional, name: 'Kim Ek', phone: number, helper_name: ' kim  EK', helper_phone: number.replaceAll(' ', '') }
      const answer = await send(fields, language)
      told(answer, language, 'Det är samma nummer som ditt eget. Är det den ungas? Rätta det, eller skicka igen om det stämmer.',
        'Det är samma namn som ditt eget. Heter den unga så? Rätta det, eller skicka igen om det stämmer.')
      const [, sure] = /name="sure" value="(\w+)"/.exec(answer.text)
      await stored({ ...fields, sure }, language)
      await stored({ ...fields, helper_name: 'Kim Berg', helper_phone: '0550-880 00', phone: own() }, language)
    })
    test('a professional chooses the language, and another one', async () => {
      for (const speak of ['ar', 'und']) {
        await stored({ ...right.professional, speak, phone: own() }, language)
        assert.equal(service.sql('SELECT speak FROM cases ORDER BY number DESC LIMIT 1')[0].speak, 'other')
      }
    })
    test('a language that is not in the list stays chosen when the form comes back', async () => {
      const { text: html } = await send({ ...right.self, age: '', speak: 'fr' }, language)
      assert.match(html, /<option value="fr" selected>/)
      assert.equal(html.match(/<option [^>]*selected/g).length, 1)
      const easy = await send({ ...right.self, age: '', speak: 'sv-x-easy' }, language)
      assert.match(easy.text, /<option value="sv"[^>]* selected>/)
    })
  })
}

test('a user name with a space or a capital, and a passphrase with a space, sign in', async () => {
  const { user, passphrase } = service.coordinator
  for (const [typed, secret] of [[`${user} `, passphrase], [user[0].toUpperCase() + user.slice(1), passphrase], [`\u200f${user}`, `${passphrase}\u00a0`]]) {
    const answer = await ask(`${service.url}/staff`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ user: typed, passphrase: secret }).toString() })
    assert.equal(answer.status, 303, JSON.stringify(typed))
  }
})

describe('a personnummer is refused wherever staff type, too', () => {
  const number = '19640823-3234'
  let anna, leo, ref
  before(async () => {
    [anna, leo] = [await signedIn(service, service.coordinator), await signedIn(service, service.lead)]
    ref = await sendCase(service, { ...right.self, phone: '070-174 06 91', name: 'Ej Nummer' })
    assert.equal((await anna.post(`/staff/case/${ref}/claim`, {})).status, 303)
  })
  const kept = () => service.sql('SELECT (SELECT count(*) FROM records) AS records, (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM cases) AS cases, (SELECT count(*) FROM intake_words) AS intake, (SELECT count(*) FROM brochure_words) AS brochure, (SELECT count(*) FROM codes) AS codes, (SELECT count(*) FROM offers) AS offers')[0]
  const words = 'Det ser ut som ett personnummer. Ta bort det.'
  const places = {
    'a note': [() => anna, () => `/staff/case/${ref}/note`, { note: `Född ${number}` }],
    'the note of an attempt': [() => anna, () => `/staff/case/${ref}/attempt`, { result: 'no-answer', note: number }],
    'the note of an offer': [() => anna, () => `/staff/case/${ref}/offer`, { queue: 'karlstad-unga', note: number }],
    'a text to a phone': [() => anna, () => `/staff/case/${ref}/text`, { text: `Hej ${number}`, step: 'send' }],
    'the note of a new case': [() => anna, () => '/staff/new', { ...right.self, way: 'phone', phone: '070-174 06 92', message: number }],
    'the words of an intake': [() => leo, () => '/staff/intake', { area: '1781', do: 'say', language: 'sv', words: number }],
    'the words of a brochure': [() => leo, () => '/staff/brochures', { kind: 'poster', 'words-heading': number }]
  }
  for (const [place, [who, path, fields]] of Object.entries(places)) {
    test(`${place}: it is answered in words, stands there still, and nothing is kept`, async () => {
      const before = kept()
      const answer = await who().post(path(), fields)
      const html = await answer.text()
      assert.equal(answer.status, 422, reading(html).slice(0, 600))
      assert.ok(reading(html).includes(words), reading(html).slice(0, 1500))
      assert.ok(html.includes('3234'), 'what was typed is gone')
      assert.deepEqual(kept(), before)
    })
  }
  const odd = 'Anna Maria\u0007Ek Bo'
  const others = {
    'the place of a code': [() => leo, () => '/staff/codes', { place: odd, channel: 'health', area: '1781' }],
    'a row of a list of codes': [() => leo, () => '/staff/codes/import', { lines: `Rätt;Skola;1781\n${odd};Skola;1781` }],
    'the name of a campaign': [() => leo, () => '/staff/campaigns', { name: odd, from: '2027-02-01', to: '2027-03-01' }],
    'an address for mail': [() => leo, () => '/staff/notices', { address: odd }],
    'a search': [() => anna, () => '/staff/search', { find: odd }, 200],
    'the name of a new case': [() => anna, () => '/staff/new', { ...right.self, way: 'phone', phone: '070-174 06 92', name: odd }],
    'the number of a new case': [() => anna, () => '/staff/new', { ...right.self, way: 'phone', phone: odd }],
    'what a person has agreed to': [() => anna, () => `/staff/case/${ref}/share`, { queue: 'karlstad-unga', what: odd, agreed: '2026-01-01' }]
  }
  for (const [place, [who, path, fields, status = 422]] of Object.entries({ ...places, ...others })) {
    test(`${place}: a character that cannot be taken is told by the words around it`, async () => {
      const before = kept()
      const answer = await who().post(path(), Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.includes(number) ? odd : value])))
      const html = await answer.text()
      assert.equal(answer.status, status, reading(html).slice(0, 600))
      assert.ok(reading(html).includes('Mellan ”Maria” och ”Ek” finns ett osynligt tecken. Radera där och skriv igen.'), reading(html).slice(0, 1500))
      assert.deepEqual(kept(), before)
    })
  }
  test('a place of a code, and the name of a colleague', async () => {
    const before = kept()
    assert.equal((await leo.post('/staff/codes', { place: number, channel: 'health', area: '1781' })).status, 422)
    assert.deepEqual(kept(), before)
  })
  test('a search is answered in words and not searched; a case number that looks like one is', async () => {
    const told = 'Det ser ut som ett personnummer. Inget ärende har något. Sök efter namnet eller telefonnumret.'
    for (const find of [number, '640823 3234', `Ej ${number}`]) {
      assert.ok(reading(await (await anna.post('/staff/search', { find })).text()).includes(told), find)
    }
    for (const find of ['070-174 06 91', 'Ej Nummer', ref, '6408233234ABC']) assert.ok(!reading(await (await anna.post('/staff/search', { find })).text()).includes(told), find)
  })
  const dates = {
    'the first day of a code': [() => leo, () => '/staff/codes', { place: 'Datumskolan', channel: 'health', area: '1781' }, 'first'],
    'the last day of a code': [() => leo, () => '/staff/codes', { place: 'Datumskolan', channel: 'health', area: '1781' }, 'last'],
    'the first day of a campaign': [() => leo, () => '/staff/campaigns', { name: 'Datum', to: '2027-03-01' }, 'from'],
    'the last day of a campaign': [() => leo, () => '/staff/campaigns', { name: 'Datum', from: '2027-03-01' }, 'to'],
    'the day on which a form closes': [() => leo, () => '/staff/intake', { area: '1781', do: 'close' }, 'day'],
    'the day on which it opens again': [() => leo, () => '/staff/intake', { area: '1781', do: 'close' }, 'back'],
    'the first day of an absence': [() => anna, () => '/staff/absence', { to: '', deputy: 'berit' }, 'from'],
    'the last day of an absence': [() => anna, () => '/staff/absence', { from: new Date().toISOString().slice(0, 10), deputy: 'berit' }, 'to'],
    'a day to park until': [() => anna, () => `/staff/case/${ref}/park`, {}, 'until'],
    'the next contact': [() => anna, () => `/staff/case/${ref}/attempt`, { result: 'reached' }, 'until'],
    'the day of a consent': [() => anna, () => `/staff/case/${ref}/share`, { queue: 'karlstad-unga', what: 'Allt' }, 'agreed']
  }
  for (const [what, [who, path, fields, name]] of Object.entries(dates)) {
    test(`${what}: a date that a browser reads as the year 14 is asked about, never stored`, async () => {
      const before = service.contents()
      for (const [written, year] of [['0014-12-20', 14], ['202612-01-04', 202612]]) {
        const answer = await who().post(path(), { ...fields, [name]: written })
        const says = reading(await answer.text())
        assert.equal(answer.status, 422, says.slice(0, 400))
        assert.ok(says.includes(`Det blev år ${year}. Stämmer datumet? Skriv året med fyra siffror, till exempel 2027-01-31.`), says.slice(0, 1500))
      }
      assert.deepEqual(service.changes(before), [])
    })
  }
  test('a day with what nobody sees around it is read', async () => {
    const day = new Date(Date.now() + 7 * 86400000).toISOString().slice(0, 10)
    assert.equal((await anna.post(`/staff/case/${ref}/park`, { until: `\u200e${day}\u00a0\t` })).status, 303)
  })
})
