// The form, its receipt, and the headers of both.
import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { after, before, describe, test } from 'node:test'
import { post, right, startService } from '../support/service.mjs'
import { dayInWords, promisedDay, queues } from '../support/promise.mjs'
import { held, reading, text } from '../support/text.mjs'
import { ask } from '../support/wire.mjs'

let service
before(async () => { service = await startService() })
after(() => service.stop())

const languages = ['sv', 'en', 'ar']
const at = (path, options) => ask(`${service.url}${path}`, options)
const phone = n => `070-174 06 ${n}`
let next = 60
/** A submission that no other test has sent. */
const fresh = fields => ({ ...fields, phone: phone(++next) })

function assertPublic (answer, language) {
  assert.equal(answer.headers['set-cookie'], undefined, 'a cookie')
  assert.equal(answer.headers['content-language'], language)
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.equal(answer.headers['referrer-policy'], 'no-referrer')
  const policy = answer.headers['content-security-policy']
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /form-action 'self'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.match(policy, /^(?!.*script-src (?!('sha256-[\w+/]{43}=' ?)+;))/)
  assert.doesNotMatch(policy, /unsafe|\*|https?:/)
}

/** Everything that a browser would fetch or follow by itself. */
const fetched = html => [...html.matchAll(/\b(?:src|srcset|poster|action)="([^"]*)"|<(?:link|iframe|object|embed)\b[^>]*>|url\(([^)]*)\)|@import/g)]
  .map(([all, address]) => address ?? all)

describe('the receipt', () => {
  const cases = [
    { who: 'self', queue: 'kristinehamn-kaa', fields: right.self },
    { who: 'relative', queue: 'kristinehamn-kaa', fields: right.relative },
    { who: 'professional', queue: 'kristinehamn-unga', fields: right.professional },
    { who: 'self', queue: 'hagfors-unga', area: 'hagfors', fields: { ...right.self, area: '1783', contact: 'call-silent', message: 'Ring efter lunch.' } },
    { who: 'self', queue: 'kristinehamn-unga', fields: { ...right.self, age: '30plus' }, outside: true },
    { who: 'self', queue: 'kristinehamn-kaa', fields: { ...right.self, age: 'under15' }, outside: true }
  ]
  for (const language of languages) {
    for (const { who, queue, area = 'kristinehamn', fields, outside } of cases) {
      test(`${language}: ${who}, ${fields.age}, ${fields.contact} says day, digits and number of ${queue}`, async () => {
        const sent = fresh(fields)
        const possible = [promisedDay(queues[queue])]
        const answer = await post(`${service.url}/${area}?lang=${language}`, sent)
        possible.push(promisedDay(queues[queue]))
        const page = reading(await answer.text())
        assert.equal(answer.status, 200)
        const says = (swedish, holes) => page.includes(text(language, swedish, holes))
        const promise = who === 'professional' ? 'Vi ringer den unga senast {day}.' : 'Vi hör av oss senast {day}.'
        assert.ok(possible.some(day => says(promise, { day: dayInWords(day, language) })),
          `"${text(language, promise, { day: dayInWords(possible[0], language) })}" is not in: ${page}`)
        assert.ok(says('Vi använder numret som slutar på {digits}.', { digits: sent.phone.slice(-2) }), page)
        assert.ok(says('Vi ringer från {number}.', { number: queues[queue].rings }), page)
        assert.equal(says('Vi skickar ett sms först. I sms:et står bara när vi ringer och från vilket nummer.'), fields.contact === 'sms-first')
        assert.equal(says('Bra att du hör av dig. Vi jobbar mest med unga som är 15–29, men vi hjälper dig att hitta rätt.'), outside === true)
        assert.equal(says('Det är dig vi ringer, inte den unga. Vi kan ge råd. Men vi får oftast inte säga om vi har kontakt med den unga eller inte. Är hen under 18 kan andra regler gälla.'), who === 'relative')
        assert.ok(!page.includes(sent.name) && !page.includes(sent.phone), 'the receipt repeats who it is about')
      })
    }
  }

  test('is not cached, and links the calling number and its contact card', async () => {
    const answer = await post(`${service.url}/kristinehamn`, fresh(right.self))
    const html = await answer.text()
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(answer.headers.get('set-cookie'), null)
    assert.match(html, /href="tel:\+46701740611"/)
    assert.match(html, /href="\/nummer\/kristinehamn-kaa\.vcf"/)
    const card = await at('/nummer/kristinehamn-kaa.vcf')
    assert.equal(card.status, 200)
    assert.match(card.headers['content-type'], /^text\/vcard/)
    assert.match(card.text, /^BEGIN:VCARD\r\nVERSION:3\.0\r\nFN:Kristinehamn\r\n[^]*TEL;[^:]*:\+46701740611\r\nEND:VCARD\r\n$/)
    assert.doesNotMatch(card.text, /ungdom|KAA/i)
  })

  test('agreed=no stores nothing and shows the code to hand over', async () => {
    const before = service.contents()
    for (const language of languages) {
      const answer = await post(`${service.url}/kristinehamn?lang=${language}`, { ...right.professional, agreed: 'no' })
      const html = await answer.text()
      assert.equal(answer.status, 200)
      assert.ok(reading(html).includes(text(language, 'Vi ringer bara den som själv har sagt ja. Vi har inte sparat något av det du skrev.')))
      assert.match(html, /<img class="symbol" src="data:image\/svg\+xml;base64,/)
      assert.match(html, new RegExp(`href="${service.url}/kristinehamn["?]`))
    }
    assert.deepEqual(service.changes(before), [])
  })
})

describe('language', () => {
  const accepted = [
    [undefined, 'sv'], ['de', 'sv'], ['en', 'en'], ['en-GB,en;q=0.9', 'en'], ['ar', 'ar'],
    ['ar-SY;q=0.9, de', 'ar'], ['sv;q=0.5, en;q=0.8', 'en'], ['sv;q=0.8, en;q=0.5', 'sv'], ['en;q=0', 'sv'],
    ['*', 'sv'], ['so, ti, ar;q=0.3', 'ar'], [';;;q=,,x'.repeat(40), 'sv'], ['EN', 'en']
  ]
  for (const [header, language] of accepted) {
    test(`accept-language ${header === undefined ? 'missing' : JSON.stringify(header.slice(0, 30))} is ${language}`, async () => {
      const answer = await at('/kristinehamn', header === undefined ? {} : { headers: { 'accept-language': header } })
      assert.equal(answer.headers['content-language'], language)
      assert.match(answer.text, new RegExp(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`))
    })
  }
  for (const [query, language] of [['lang=ar', 'ar'], ['lang=en', 'en'], ['lang=sv', 'sv'], ['x=1&lang=ar', 'ar'],
    ['lang=xx', 'en'], ['lang=', 'en'], ['lang', 'en'], ['xlang=ar', 'en'], ['lang=ar&lang=sv', 'ar']]) {
    test(`?${query} against accept-language en is ${language}`, async () => {
      const answer = await at(`/kristinehamn?${query}`, { headers: { 'accept-language': 'en' } })
      assert.equal(answer.headers['content-language'], language)
    })
  }
  test('a form posts to another address of the page at which it was opened, with its language', async () => {
    for (const language of languages) {
      const { text: html } = await at(`/kristinehamn?lang=${language}`)
      assert.ok(html.includes(`<form method="post" id="form" action="?lang=${language}&amp;send" accept-charset="utf-8" novalidate>`))
      assert.ok(reading(html).includes(text(language, 'Vill du att någon ringer dig?')))
    }
  })
})

describe('cached pages', () => {
  const paths = ['/', '/kristinehamn', '/karlstad', '/arvika', '/hagfors', '/filipstad',
    '/kristinehamn/personuppgifter', '/kristinehamn/tillganglighet', '/filipstad/personuppgifter']
  for (const path of paths) {
    for (const language of languages) {
      test(`${path} in ${language}`, async () => {
        const answer = await at(`${path}?lang=${language}`)
        assert.equal(answer.status, 200)
        assertPublic(answer, language)
        assert.equal(answer.headers['cache-control'], 'no-cache')
        assert.equal(answer.headers.vary, 'accept-encoding, accept-language')
        assert.doesNotMatch(answer.text, /<script [^>]|\son[a-z]+=|\{\{|\{%|\{(?:day|number|phone|place|name|months|responsible)\}/)
        // Nothing else is fetched; a browser asks for /favicon.ico by itself.
        for (const address of fetched(answer.text)) assert.match(address, /^(data:image\/|\/[a-z]|\?lang=[a-z]+&amp;send$)/, address)
        assert.match(answer.text, new RegExp(`^<!doctype html>\\n<html lang="${language}"`))
        assert.ok(reading(answer.text).includes(text(language, 'Det här är en demonstration.')))
      })
    }
    test(`${path}: HEAD, ETag and gzip`, async () => {
      const plain = await at(path)
      const etag = plain.headers.etag
      assert.match(etag, /^"[0-9a-f]{16}"$/)
      const head = await at(path, { method: 'HEAD' })
      assert.equal(head.status, 200)
      assert.equal(head.bytes.length, 0)
      assert.equal(head.headers['content-length'], String(plain.bytes.length))
      assert.equal(head.headers.etag, etag)
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const same = await at(path, { headers: { 'if-none-match': known } })
        assert.equal(same.status, 304, known)
        assert.equal(same.bytes.length, 0)
        assert.equal(same.headers.etag, etag)
        assert.equal(same.headers.vary, plain.headers.vary)
      }
      assert.equal((await at(path, { headers: { 'if-none-match': '"0000000000000000"' } })).status, 200)
      const packed = await at(path, { headers: { 'accept-encoding': 'gzip, br' } })
      assert.equal(packed.headers['content-encoding'], 'gzip')
      assert.deepEqual(gunzipSync(packed.bytes), plain.bytes)
      assert.ok(packed.bytes.length < 14000, `${packed.bytes.length} bytes on the wire`)
      const other = await at(path, { headers: { 'accept-encoding': 'br' } })
      assert.equal(other.headers['content-encoding'], undefined)
    })
  }
  test('each language has an ETag of its own', async () => {
    const etags = await Promise.all(languages.map(async language => (await at(`/kristinehamn?lang=${language}`)).headers.etag))
    assert.equal(new Set(etags).size, languages.length)
    assert.equal((await at('/kristinehamn?lang=ar', { headers: { 'if-none-match': etags[0] } })).status, 200)
  })
  test('the root links every area, in any letter case', async () => {
    const { text: html } = await at('/')
    for (const slug of ['kristinehamn', 'karlstad', 'arvika', 'hagfors', 'filipstad']) assert.match(html, new RegExp(`href="/${slug}(\\?lang=sv)?"`))
    assert.equal((await at('/KRISTINEHAMN')).status, 200)
  })
  test('every page links privacy and accessibility, which name a telephone number', async () => {
    for (const [path, phone] of [['personuppgifter', '070-174 06 10'], ['tillganglighet', '070-174 06 10']]) {
      assert.match((await at('/kristinehamn')).text, new RegExp(`href="/kristinehamn/${path}(\\?lang=sv)?"`))
      for (const language of languages) assert.ok(reading((await at(`/kristinehamn/${path}?lang=${language}`)).text).includes(phone))
    }
    assert.match((await at('/kristinehamn/tillganglighet')).text, /href="https:\/\/www\.digg\.se\/tdosanmalan"/)
    assert.match(reading((await at('/kristinehamn/personuppgifter')).text), /Kristinehamns kommun ansvarar .* i 24 månader /)
  })
})

describe('a closed area', () => {
  for (const language of languages) {
    test(`${language}: says what to do instead, and takes nothing in`, async () => {
      const opens = dayInWords(Date.UTC(2027, 7, 16), language)
      const shown = await at(`/filipstad?lang=${language}`)
      assert.doesNotMatch(shown.text, /<form/)
      const before = service.contents()
      const posted = await post(`${service.url}/filipstad?lang=${language}`, { ...right.self, area: '1782' })
      assert.equal(posted.status, 403)
      for (const html of [shown.text, await posted.text()]) {
        const page = reading(html)
        assert.ok(page.includes(text(language, 'Just nu är formuläret stängt')), page)
        assert.ok(page.includes('070-174 06 50') && page.includes('Medborgarkontoret, Hantverksgatan 3'), page)
        assert.ok(page.includes(opens) && page.includes('2027'), `${opens}: ${page}`)
      }
      assert.deepEqual(service.changes(before), [])
    })
  }
})

describe('unknown addresses', () => {
  for (const language of languages) {
    for (const path of ['/nowhere', '/kristinehamn/x', '/sitemap.xml', '/staff/nowhere', '/staff/case/x', '/q']) {
      test(`${path} in ${language} is 404 with every way in`, async () => {
        const answer = await at(`${path}?lang=${language}`)
        assert.equal(answer.status, 404)
        if (path.startsWith('/staff/')) assert.match(String(answer.headers['set-cookie']), new RegExp(`^__Host-lang=${language};[^,]*$`))
        else assertPublic(answer, language)
        assert.match(answer.text, new RegExp(`href="/kristinehamn(\\?lang=${language})?"`))
        assert.ok(reading(answer.text).includes(text(language, 'Det gör inget. Välj var du bor, så kommer du rätt ändå.')))
      })
    }
  }
  for (const [method, path, allow] of [
    ['PUT', '/kristinehamn', 'GET, HEAD, POST'], ['DELETE', '/kristinehamn', 'GET, HEAD, POST'],
    ['PATCH', '/kristinehamn', 'GET, HEAD, POST'], ['OPTIONS', '/kristinehamn', 'GET, HEAD, POST'],
    ['POST', '/health', 'GET, HEAD'], ['POST', '/staff/queue', 'GET, HEAD'], ['PUT', '/staff/out', 'POST'],
    ['PUT', '/staff', 'GET, HEAD, POST'], ['POST', '/', 'GET, HEAD'], ['PUT', '/', 'GET, HEAD'],
    ['POST', '/kristinehamn/personuppgifter', 'GET, HEAD'], ['DELETE', '/kristinehamn/tillganglighet', 'GET, HEAD'],
    ['POST', '/nummer/kristinehamn-kaa.vcf', 'GET, HEAD']]) {
    test(`${method} ${path} is 405 and may be ${allow}`, async () => {
      for (const language of languages) {
        const answer = await at(`${path}?lang=${language}`, { method })
        assert.equal(answer.status, 405)
        assert.equal(answer.headers.allow, allow)
        assert.ok(reading(answer.text).includes(text(language, 'Så går det inte att göra')))
      }
    })
  }
})

describe('the same form sent twice', () => {
  test('makes one case by a reload, a double tap or ten at once; a changed answer makes another', async () => {
    const sent = fresh(right.self)
    const before = service.count('cases')
    // But for the second at which it was sent.
    const said = async answer => (await answer.text()).replace(/ data-at="\d+"/, '')
    const one = await said(await post(`${service.url}/kristinehamn`, sent))
    for (let i = 0; i < 3; i++) assert.equal(await said(await post(`${service.url}/kristinehamn`, sent)), one)
    assert.equal(service.count('cases'), before + 1)
    const tapped = fresh(right.relative)
    const ten = await Promise.all(Array.from({ length: 10 }, () => post(`${service.url}/kristinehamn`, tapped)))
    assert.deepEqual(ten.map(answer => answer.status), Array(10).fill(200))
    assert.equal(new Set(await Promise.all(ten.map(said))).size, 1)
    assert.equal(service.count('cases'), before + 2)
    for (const [field, value] of [['phone', phone(++next)], ['name', 'Bosse B'], ['contact', 'call'], ['when', 'morning'], ['age', '18-19'], ['knows', 'no'], ['speak', 'ar']]) {
      const count = service.count('cases')
      assert.equal((await post(`${service.url}/kristinehamn`, { ...tapped, [field]: value })).status, 200)
      assert.equal(service.count('cases'), count + 1, field)
    }
    for (const table of ['records', 'case_keys', 'alerts', 'events']) assert.equal(service.count(table), service.count('cases'), table)
  })
  test('makes one case when the number is written in another way', async () => {
    const count = service.count('cases')
    for (const written of ['070-174 06 99', '0701740699', '+46 (0)70 174 06 99', '0046701740699', ' 070 / 174 06 99 ']) {
      const answer = await post(`${service.url}/kristinehamn`, { ...right.self, phone: written })
      assert.equal(answer.status, 200)
      assert.ok(reading(await answer.text()).includes('slutar på 99.'))
    }
    assert.equal(service.count('cases'), count + 1)
  })
})

test('/health answers, and HEAD of a page outside the cache has no body', async () => {
  assert.equal((await at('/health')).text, 'ok\n')
  // /health?workers shows the versions of each process, and nothing about a person.
  assert.match((await at('/health?workers')).text, /^ok\n(worker [12]: intakes -?\d+, codes -?\d+, keys -?\d+, looks \d+\n){2}$/)
  assert.equal((await at('/health?worker')).status, 400)
  const head = await at('/staff', { method: 'HEAD' })
  assert.equal(head.status, 200)
  assert.equal(head.bytes.length, 0)
})

test('a form with faults comes back with the typed values, and Swedish is the default', async () => {
  const answer = await post(`${service.url}/kristinehamn`, { ...right.self, name: 'Åsa "Ö" <b>', phone: '12', age: '' })
  const html = await answer.text()
  assert.equal(answer.status, 422)
  assert.equal(held(html, 'name'), 'Åsa "Ö" <b>')
  assert.equal(held(html, 'phone'), '12')
  assert.equal(held(html, 'contact'), 'call')
  assert.match(html, /<a href="#phone">/)
  assert.match(html, /<a href="#age">/)
  assert.match(html, /<title>Nästan klart – Kristinehamn</)
})
