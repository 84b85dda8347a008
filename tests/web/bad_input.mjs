// Bad input: every request gets an answer in the reader's language, with the typed values in the
// form. It makes no row in the database and ends no process.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, before, describe, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
import { held, reading, text } from '../support/text.mjs'
import { ask, statuses, talk } from '../support/wire.mjs'

let service, contents, workers
before(async () => {
  service = await startService()
  contents = service.contents()
  workers = service.workers()
})
after(() => service.stop())

const languages = ['sv', 'ar']
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const encode = fields => new URLSearchParams(fields).toString()
const whole = encode(right.self)
const send = (path, body, headers = form) => ask(`${service.url}${path}`, { method: 'POST', headers, body })

/** Nothing came of it: no row, the same workers, and the next request is served. */
async function assertNoTrace () {
  assert.deepEqual(service.workers(), workers, 'a worker died')
  assert.equal((await ask(`${service.url}/kristinehamn`)).status, 200)
  assert.deepEqual(service.changes(contents), [], 'something was stored')
}

const says = (html, language, swedish, holes) => {
  const page = reading(html)
  assert.ok(page.includes(text(language, swedish, holes)), `"${text(language, swedish, holes)}" is not in: ${page.slice(0, 600)}`)
}

const broken = 'Något gick fel när du skickade. Inget är sparat. Fyll i igen.'
const repeated = 'Något svar kom två gånger. Fyll i igen.'
const unknown = 'Det kom ett svar på en fråga som inte finns här. Fyll i igen.'
const tooLong = 'Det blev för mycket text'
const wrongType = 'Skicka svaren med formuläret på sidan.'

describe('a body that cannot be read', () => {
  const bodies = [
    ['over 64 kB', `${whole}&message=${'a'.repeat(70000)}`, 413, tooLong],
    ['over 64 kB of rubbish', Buffer.alloc(90000, 0xff), 413, tooLong],
    ['10 000 parameters', Array.from({ length: 10000 }, (_, i) => `p${i}=`).join('&'), 413, tooLong],
    ['5 000 parameters', Array.from({ length: 5000 }, (_, i) => i.toString(36)).join('&').slice(0, 16000), 400, broken],
    ['513 parameters', Array.from({ length: 513 }, (_, i) => `p${i}=`).join('&'), 400, broken],
    ['a name twice', `${whole}&name=Alva`, 400, repeated],
    ['who twice, different', `${whole}&who=professional`, 400, repeated],
    ['a field that is not ours', `${whole}&personnummer=20100101-1234`, 400, unknown],
    ['a field without a name', `${whole}&=x`, 400, unknown],
    ['a message where none is asked for', `${whole}&message=Hej`, 400, unknown],
    ['a field in capitals', `${whole}&NAME=x`, 400, unknown],
    ['no form at all', 'hej', 400, unknown],
    ['JSON as a form', '{"who":"self"}', 400, unknown],
    ...[['% at the end', '%'], ['%4 at the end', '%4'], ['%G1', '%G1'], ['%1G', '%1G'], ['%%', '%%41'], ['%u0041', '%u0041'],
      ['%00', '%00'], ['%00 within', 'Al%00va'], ['%FF', '%FF'], ['Latin-1 å', '%E5sa'], ['half an å', '%C3'], ['half an emoji', '%F0%9F%98'],
      ['overlong /', '%C0%AF'], ['overlong < of three bytes', '%E0%80%BC'], ['overlong NUL', '%C0%80'], ['a surrogate', '%ED%A0%80'],
      ['above U+10FFFF', '%F4%90%80%80'], ['a continuation alone', '%80']
    ].map(([what, value]) => [`${what} in the name`, whole.replace('name=Alva', `name=${value}`), 400, broken]),
    ['% in a field name', `${whole}&na%=x`, 400, broken],
    ['a raw NUL', Buffer.from(whole.replace('Alva', 'Al\0va'), 'latin1'), 400, broken],
    ['raw 0xFF', Buffer.from(whole.replace('Alva', 'Al\xffva'), 'latin1'), 400, broken]
  ]
  for (const language of languages) {
    for (const [what, body, status, swedish] of bodies) {
      test(`${language}: ${what} is ${status}`, async () => {
        const answer = await send(`/kristinehamn?lang=${language}`, body)
        assert.equal(answer.status, status)
        assert.equal(answer.headers['content-language'], language)
        assert.equal(answer.headers['cache-control'], 'no-store')
        says(answer.text, language, swedish)
        assert.match(answer.text, new RegExp(`href="/kristinehamn(\\?lang=${language})?"`))
        assert.match(answer.text, /href="tel:\+46701740610"/)
        await assertNoTrace()
      })
    }
    for (const [what, headers] of [['text/plain', { 'content-type': 'text/plain' }], ['no type', {}],
      ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }], ['JSON', { 'content-type': 'application/json' }]]) {
      test(`${language}: ${what} is 415`, async () => {
        const answer = await send(`/kristinehamn?lang=${language}`, whole, headers)
        assert.equal(answer.status, 415)
        says(answer.text, language, wrongType)
        await assertNoTrace()
      })
    }
  }
  test('over 64 MB is refused before it is read', async () => {
    const heard = await talk(service.port, `POST /kristinehamn HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 70000000\r\n\r\n${whole}`)
    assert.deepEqual(statuses(heard), [413])
    await assertNoTrace()
  })
})

describe('an invalid answer', () => {
  const { self, relative, professional } = right
  const between = 'Mellan ”{before}” och ”{after}” finns ett osynligt tecken. Radera där och skriv igen.'
  const before = 'Före ”{after}” finns ett osynligt tecken. Radera där och skriv igen.'
  const behind = 'Efter ”{before}” finns ett osynligt tecken. Radera där och skriv igen.'
  const alone = 'Där finns ett osynligt tecken. Radera allt och skriv igen.'
  const nameBroken = 'Namnet har en radbrytning. Skriv det på en rad.'
  const nameMissing = 'Skriv ett namn. Förnamnet räcker.'
  const nameLong = 'Namnet är för långt. Skriv högst 80 tecken.'
  const phoneBad = 'Vi förstår inte telefonnumret. Skriv det som du brukar, till exempel 070-174 06 05.'
  const phoneMissing = 'Skriv ett telefonnummer.'
  const without = (fields, name) => Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
  const faults = [
    ['who', without(self, 'who'), 'Välj vem du fyller i för.'],
    ['who', { ...self, who: 'somebody' }, 'Välj vem du fyller i för.'],
    ['area', { ...self, area: '1780' }, 'Formuläret hör till en annan kommun. Välj kommun och fyll i igen.'],
    ['age', without(self, 'age'), 'Välj ålder.'],
    ['age', { ...self, age: '17' }, 'Välj ålder.'],
    ['contact', without(self, 'contact'), 'Välj hur vi ska höra av oss.'],
    ['contact', { ...self, contact: 'letter' }, 'Välj hur vi ska höra av oss.'],
    ['knows', without(relative, 'knows'), 'Välj om den unga vet om det.'],
    ['agreed', without(professional, 'agreed'), 'Svara på om den unga har sagt ja.'],
    ['agreed', { ...professional, agreed: 'maybe' }, 'Svara på om den unga har sagt ja.'],
    ['workplace', without(professional, 'workplace'), 'Välj var du arbetar.'],
    ['when', { ...self, when: 'night' }, 'Välj ett av svaren.'],
    ['speak', { ...self, speak: 'not a tag' }, 'Vi känner inte igen språket. Välj ett i listan.'],
    ['speak', { ...self, speak: 'x'.repeat(60) }, 'Vi känner inte igen språket. Välj ett i listan.'],
    ['name', without(self, 'name'), nameMissing],
    ['name', { ...self, name: '   ' }, nameMissing],
    ['name', { ...self, name: '\u200b\u200d\u3164' }, nameMissing],
    ['name', { ...self, name: 'å'.repeat(81) }, nameLong],
    ['name', { ...self, name: '😀'.repeat(3000) }, nameLong],
    ['name', { ...self, name: 'Al\nva' }, nameBroken],
    ['name', { ...self, name: 'Al\r\nva' }, nameBroken],
    ['name', { ...self, name: 'Al\u2028va' }, nameBroken],
    ['name', { ...self, name: 'Alva Maria\u0007 Ek Bo' }, between, { before: 'Maria', after: 'Ek' }],
    ['name', { ...self, name: '\u001b[31mAlva' }, before, { after: '[31mAlva' }],
    ['name', { ...self, name: 'Alva \u0007' }, behind, { before: 'Alva' }],
    ['name', { ...self, name: '\u0007' }, alone],
    ['helper_name', { ...professional, helper_name: '\u0007Kim' }, before, { after: 'Kim' }],
    ['phone', { ...self, phone: '070-174\u0002 06 05' }, between, { before: '070-174', after: '06' }],
    ['helper_phone', { ...professional, helper_phone: '070\u0085-174\u009b0605' }, between, { before: '-174', after: '0605' }],
    ['phone', without(self, 'phone'), phoneMissing],
    ['helper_phone', { ...professional, helper_phone: 'växeln' }, phoneBad],
    ...['vet inte', '12345', '070-174 06', '070-174 06 05 06 07', '070 174 06 05 eller 06', '+46', '00', '070-174 06 0x',
      '112', 'alva@example.se', '20100101-1234', '0900-123 45 67', '<script>alert(1)</script>', '070\n1740605\n\nring!', '+'.repeat(40),
      '0'.repeat(200), '٠٧٠', '😀'].map(value => ['phone', { ...self, phone: value }, phoneBad])
  ]
  for (const language of languages) {
    for (const [field, sent, swedish, holes] of faults) {
      test(`${language}: ${field} ${JSON.stringify(sent[field] ?? 'missing').slice(0, 40)} of ${sent.who}`, async () => {
        const answer = await send(`/kristinehamn?lang=${language}`, encode(sent))
        assert.equal(answer.status, 422)
        assert.equal(answer.headers['content-language'], language)
        await assertNoTrace()
        says(answer.text, language, swedish, holes)
        assert.match(answer.text, new RegExp(`<div class="faults"[^]*<a href="${field === 'area' ? '/' : `#${field}`}`))
        for (const name of ['name', 'phone', 'helper_name', 'helper_phone', 'age', 'contact']) {
          const value = sent[name]
          if (value === undefined || (['age', 'contact'].includes(name) && field === name)) continue
          assert.equal(held(answer.text, name), value, `${name} did not come back`)
        }
        assert.doesNotMatch(answer.text, /<script(?!>(?:addEventListener\(|try \{\n)| src=\"\/staff\/door\.js\" defer>)/)
      })
    }
    test(`${language}: the message of an area that asks for one is held to 500 characters`, async () => {
      const message = '<b>Ö</b>\n"5"'.repeat(60)
      const answer = await send(`/hagfors?lang=${language}`, encode({ ...self, area: '1783', message }))
      assert.equal(answer.status, 422)
      says(answer.text, language, 'Meddelandet är för långt. Skriv högst 500 tecken.')
      assert.equal(held(answer.text, 'message'), message)
      assert.doesNotMatch(answer.text, /<b>Ö/)
      await assertNoTrace()
    })
    test(`${language}: a character that the message cannot have is told by the words around it`, async () => {
      const answer = await send(`/hagfors?lang=${language}`, encode({ ...self, area: '1783', message: 'Hej\nRing mig\u0001 i kväll' }))
      assert.equal(answer.status, 422)
      says(answer.text, language, between, { before: 'mig', after: 'i' })
      await assertNoTrace()
    })
    test(`${language}: an empty body shows every question that is open`, async () => {
      const answer = await send(`/kristinehamn?lang=${language}`, '')
      assert.equal(answer.status, 422)
      for (const field of ['who', 'age', 'name', 'phone', 'contact']) assert.match(answer.text, new RegExp(`<a href="#${field}">`))
      await assertNoTrace()
    })
    test(`${language}: markup that comes back with a fault is text`, async () => {
      for (const markup of ['"><script>alert(1)</script>', "' onfocus='alert(1)", '</textarea><img src=x onerror=alert(1)>', '&lt;b&gt;', '{{ v.name }}', '{digits}', '%s%n%d', '</style><style>*{}']) {
        const answer = await send(`/kristinehamn?lang=${language}`, encode({ ...self, name: markup, phone: markup }))
        assert.equal(answer.status, 422)
        assert.equal(held(answer.text, 'name'), markup)
        assert.equal(held(answer.text, 'phone'), markup)
        assert.doesNotMatch(answer.text, /<script(?!>addEventListener\(| src=\"\/staff\/door\.js\" defer>)|<img src=x|'alert/)
        assert.equal(answer.text.match(/<style/g).length, 1)
      }
      await assertNoTrace()
    })
  }
})

describe('paths and queries', () => {
  const wayIn = 'Det gör inget. Välj var du bor, så kommer du rätt ändå.'
  const paths = ['/a'.repeat(700), `/${'å'.repeat(100)}`.replace(/å/g, '%C3%A5'), '/kristinehamn%00', '/%2e%2e/%2e%2e/etc/passwd',
    '/../../etc/passwd', '/<script>alert(1)</script>', '/q/', `/q/${'A'.repeat(1000)}`, '/q/%00', "/q/' OR 1=1--",
    '/staff/case/0000000000000/claim/x', `/staff/case/${'Z'.repeat(13)}x`, '/nummer/../x.vcf', '/nummer/x.vcf', '/.git/config']
  for (const language of languages) {
    for (const path of paths) {
      test(`${language}: ${path.slice(0, 40)} is 404 with the ways in`, async () => {
        const heard = await talk(service.port, `GET ${path.replaceAll(' ', '%20')}?lang=${language} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
        assert.deepEqual(statuses(heard), [404])
        says(Buffer.from(heard, 'latin1').toString(), language, wayIn)
        assert.doesNotMatch(heard, /<script(?!>addEventListener\(| src=\"\/staff\/door\.js\" defer>)|passwd/)
        await assertNoTrace()
      })
    }
    for (const query of ['%', '%00', '%ff=%fe', '&&&&', '=', 'a'.repeat(1500), 'x=1&x=2', Array(300).fill('a=1').join('&'), '?', '<script>', 'notice=in']) {
      test(`${language}: the form with ?${query.slice(0, 20)} is the form`, async () => {
        for (const asked of [`lang=${language}&${query}`, `${query}&lang=${language}`]) {
          const answer = await ask(`${service.url}/kristinehamn?${asked}`)
          assert.equal(answer.status, 200)
          assert.equal(answer.headers['content-language'], language)
          assert.doesNotMatch(answer.text, /<script(?!>(?:addEventListener\(|try \{\n)| src=\"\/staff\/door\.js\" defer>)/)
        }
        await assertNoTrace()
      })
      test(`${language}: a faulty form posted to ?${query.slice(0, 20)} comes back`, async () => {
        const answer = await send(`/kristinehamn?lang=${language}&${query}`, encode({ ...right.self, age: '' }))
        assert.equal(answer.status, 422)
        assert.equal(answer.headers['content-language'], language)
        await assertNoTrace()
      })
    }
  }
})

describe('sign-in', () => {
  const shut = 'Användarnamnet eller lösenfrasen stämmer inte.'
  for (const language of languages) {
    for (const [what, body, status, swedish] of [
      ['nothing', '', 422, 'Skriv både användarnamn och lösenfras.'],
      ['no passphrase', encode({ user: 'anna' }), 422, 'Skriv både användarnamn och lösenfras.'],
      ['a field that is not ours', encode({ user: 'x', passphrase: 'y', admin: '1' }), 400, 'Gå tillbaka och försök igen.'],
      ['broken encoding', 'user=%&passphrase=y', 400, broken],
      ['a user twice', 'user=a&user=b&passphrase=y', 400, repeated],
      ['SQL', encode({ user: "' OR 1=1 --", passphrase: 'y' }), 403, shut],
      ['markup', encode({ user: '"><script>', passphrase: 'y' }), 403, shut],
      ['15 kB', encode({ user: 'x'.repeat(7000), passphrase: 'y'.repeat(7000) }), 403, shut],
      ['70 kB', encode({ user: 'x', passphrase: 'y'.repeat(70000) }), 413, tooLong]
    ]) {
      test(`${language}: ${what} is ${status}`, async () => {
        const answer = await send(`/staff?lang=${language}`, body)
        assert.equal(answer.status, status)
        says(answer.text, language, swedish)
        assert.doesNotMatch(String(answer.headers['set-cookie']), /__Host-session/)
        assert.doesNotMatch(answer.text, /<script(?!>(?:addEventListener\(|try \{\n)| src=\"\/staff\/door\.js\" defer>)/)
        await assertNoTrace()
      })
    }
  }
})

// What Kore answers by itself has no page; the proxy in front never lets it through.
describe('on a bare socket', () => {
  const head = 'Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'
  const get = (path, more = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
  const posting = more => `POST /kristinehamn HTTP/1.1\r\n${head}${more}\r\n${whole}`
  const cases = [
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', [400]],
    ['an empty Host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', [400]],
    ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', [400]],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['a lower-case method', 'get /kristinehamn HTTP/1.1\r\nHost: x\r\n\r\n', [200]],
    ['an unknown method', 'BREW /kristinehamn HTTP/1.1\r\nHost: x\r\n\r\n', [400]],
    ['30 headers', get('/kristinehamn', Array.from({ length: 30 }, (_, i) => `X-${i}: y\r\n`).join('')), [200]],
    ['a header of 5000 bytes', get('/kristinehamn', `X: ${'a'.repeat(5000)}\r\n`), []],
    ['a header without a colon', get('/kristinehamn', 'nonsense\r\n'), [400]],
    ['a header with an empty value', get('/kristinehamn', 'Accept-Language:\r\n'), [400]],
    ['control characters in a header', get('/kristinehamn', 'Accept-Language: \x01\x02\x7f\r\n'), [400]],
    ['a path of 3000 bytes', get(`/${'a'.repeat(3000)}`), [414]],
    ['raw 0xFF in the path', get('/kristine\xffhamn'), [404]],
    ['three pipelined requests', get('/kristinehamn').repeat(3), [200]],
    ['a GET with a body', get('/kristinehamn', 'Content-Length: 5\r\n') + 'hello', [200]],
    ['a GET with a late body', [get('/kristinehamn', 'Content-Length: 5\r\n'), 'hello'], [200]],
    ['a body larger than its length', posting('Content-Length: 10\r\n'), []],
    ['two lengths', posting(`Content-Length: 1\r\nContent-Length: ${whole.length}\r\n`), []],
    ['a negative length', posting('Content-Length: -1\r\n'), [411]],
    ['no length', posting(''), [411]],
    ['a length that is no number', posting('Content-Length: many\r\n'), [411]],
    ['chunked', posting('Transfer-Encoding: chunked\r\n'), [411]],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01', []],
    ['rubbish', '\x00\x01\x02\xff\r\n\r\n', [400]],
    ['empty lines', '\r\n\r\n', [400]],
    ['an address with a host', 'GET http://x/kristinehamn HTTP/1.1\r\nHost: x\r\n\r\n', [404]]
  ]
  for (const [what, pieces, expected] of cases) {
    test(what, async () => {
      const heard = await talk(service.port, pieces, { gap: 50, quiet: 200 })
      assert.deepEqual(statuses(heard), expected, heard.slice(0, 200))
      await assertNoTrace()
    })
  }
  test('a client that writes slowly and leaves in the middle', async () => {
    const request = posting(`Content-Length: ${whole.length}\r\n`)
    const slices = size => Array.from({ length: Math.ceil(request.length / size) }, (_, i) => request.slice(i * size, (i + 1) * size))
    await talk(service.port, slices(20).slice(0, -1), { gap: 10, hangUp: true })
    await assertNoTrace()
  })
  test('a hundred clients that leave before their answer', async () => {
    const faulty = `POST /kristinehamn HTTP/1.1\r\n${head}Content-Length: 8\r\n\r\nwho=self`
    await Promise.all(Array.from({ length: 100 }, () => talk(service.port, faulty, { hangUp: true })))
    await Promise.all(Array.from({ length: 20 }, () => talk(service.port, get('/staff'), { hangUp: true })))
    await Promise.all(Array.from({ length: 20 }, () => talk(service.port, get('/q/000000'), { hangUp: true })))
    await assertNoTrace()
  })
})

describe('unusual and valid input', () => {
  const people = ['<script>alert(1)</script>', 'O’Brien & "Söner"', '😀', '👩‍👩‍👧', 'محمد', 'ሰላም', 'Åsa-Märta  af  Ö', "Robert'); DROP TABLE cases;--", 'e\u0301', '\u200fعلي\u200f', '%00', 'a'.repeat(80)]
  const phones = [['070 - 174 06 05', '05'], ['+46 (0)70 174 06 06', '06'], ['0046701740607', '07'], ['0701740608', '08'], ['070.174.06.09', '09'],
    ['(070) 174 06 10', '10'], ['46701740611', '11'], ['701740612', '12'], ['Tel: 070-174 06 13', '13'], ['\u202a070-174 06 14\u202c', '14'],
    ['٠٧٠١٧٤٠٦١٥', '15'], ['0550-123 45', '45'], ['08-12 34 56 78', '78'], ['+47 22 12 34 56', '56'], ['+358 40 123 4567', '67'],
    ['+1 202 555 0123', '23'], ['070–174–06–16', '16'], ['070\u00a0174\u00a006\u00a017', '17']]
  let stored = 0
  afterEach(() => { contents = service.contents() })
  for (const name of people) {
    test(`name ${JSON.stringify(name).slice(0, 40)}`, async () => {
      const answer = await send('/kristinehamn', encode({ ...right.self, name }))
      assert.equal(answer.status, 200, reading(answer.text))
      assert.doesNotMatch(answer.text, /<script(?!>(?:addEventListener\(|try \{\n)| src=\"\/staff\/door\.js\" defer>)/)
      assert.equal(service.count('cases'), ++stored)
    })
  }
  for (const [written, digits] of phones) {
    test(`phone ${JSON.stringify(written)}`, async () => {
      const answer = await send('/kristinehamn', encode({ ...right.self, name: 'Siv', phone: written, sure: 'landline' }))
      assert.equal(answer.status, 200, reading(answer.text))
      says(answer.text, 'sv', 'Vi använder numret som slutar på {digits}.', { digits })
      assert.equal(service.count('cases'), ++stored)
    })
  }
  test('fields of another kind of submitter, and empty ones, are ignored', async () => {
    const answer = await send('/kristinehamn', encode({ ...right.self, name: 'Tove', knows: 'nonsense', workplace: 'x', agreed: '', helper_name: '\n' }))
    assert.equal(answer.status, 200, reading(answer.text))
    stored++
  })
})

test('the log has no line about it and names no person', () => {
  const log = readFileSync(service.log, 'utf8')
  assert.doesNotMatch(log, /Alva|1740605|script|error|signal/i)
})
