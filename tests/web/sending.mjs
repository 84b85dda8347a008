// A form that was sent: where it is sent to, the receipt's own address, and what comes of sending or looking again.
import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { after, before, describe, test } from 'node:test'
import { post, postOnly, right, startService } from '../support/service.mjs'
import { held, reading, text } from '../support/text.mjs'
import { ask, askOnly } from '../support/wire.mjs'

let service
before(async () => { service = await startService({ clock: Date.UTC(2027, 0, 11, 9) }) })
after(() => service.stop())

const languages = ['sv', 'en', 'ar']
let next = 5
/** A submission that no other test has sent. */
const fresh = fields => ({ ...fields, phone: `070-174 06 ${String(++next).padStart(2, '0')}` })
const at = (path, options) => ask(`${service.url}${path}`, options)
/** Sends a form and gives its receipt's address. */
async function receipt (fields, path = '/kristinehamn?lang=sv&send') {
  const answer = await postOnly(service.url + path, fields)
  assert.equal(answer.status, 303)
  return answer.headers.get('location')
}
/** A receipt but for the second at which its form was sent, which the page's script reads. */
const timeless = html => html.replace(/ data-at="\d+"/, '')
const thanks = language => text(language, 'Tack, vi har fått det!')
const over = language => text(language, 'Kvittot visas bara en timme.')

describe('the network ends at the press: the form posts to another address of the same page', () => {
  for (const language of languages) {
    for (const path of ['/kristinehamn', '/KRISTINEHAMN', '/q/CODE', '/Q/CODE']) {
      test(`${path} in ${language}`, async () => {
        const where = path.replace('CODE', service.codes.kristinehamn)
        const { text: html } = await at(`${where}?lang=${language}`)
        const [, action] = /<form [^>]*action="([^"]*)"/.exec(html)
        const to = new URL(action.replaceAll('&amp;', '&'), `${service.url}${where}?lang=${language}`)
        assert.equal(to.pathname, where)
        assert.notEqual(to.search, `?lang=${language}`)
        const count = service.count('cases')
        assert.ok(reading(await (await post(to.href, fresh(right.self))).text()).includes(thanks(language)))
        assert.equal(service.count('cases'), count + 1)
        const [row] = service.sql('SELECT code FROM cases ORDER BY number DESC LIMIT 1')
        assert.equal(row.code, /^.q/i.test(path) ? service.codes.kristinehamn : null)
        // Opened again, as from a browser's error page, it is the form.
        assert.match((await at(to.pathname + to.search)).text, /<form /)
      })
    }
  }
  for (const query of ['', '?lang=ar', '?send', '?lang=ar&send', '?x=1', '?send=1&send=2']) {
    test(`a partner may post to /kristinehamn${query}`, async () => {
      const count = service.count('cases')
      assert.equal((await post(`${service.url}/kristinehamn${query}`, fresh(right.relative))).status, 200)
      assert.equal(service.count('cases'), count + 1)
    })
  }
})

describe('the receipt', () => {
  for (const [who, fields] of Object.entries(right)) {
    test(`${who}: its address tells nothing, and nothing that can be read`, async () => {
      const one = fresh({ ...fields, name: 'Xerxesia' })
      const [location, again] = [await receipt(one), await receipt(one)]
      assert.match(location, /^\/kristinehamn\/tack\/[\w-]{86}\?lang=sv$/)
      assert.notEqual(location, again, 'two addresses of one receipt are told from each other by nobody')
      const bytes = Buffer.from(location.split('/')[3].slice(0, 86), 'base64url').toString('latin1')
      for (const word of [one.name, one.phone, one.phone.slice(-2) + '\0', who, fields.contact, 'kristinehamn-kaa']) assert.ok(!bytes.includes(word), word)
    })
    test(`${who}: as long as any other`, async () => {
      const lengths = new Set()
      for (const contact of ['call', 'call-silent', 'sms-first']) lengths.add((await receipt(fresh({ ...fields, contact, age: '30plus', name: 'A'.repeat(contact.length) }))).length)
      assert.deepEqual([...lengths].length, 1)
    })
  }
  test('is the same on Back, Forward and reload, in each language, and makes no case', async () => {
    const location = await receipt(fresh(right.self))
    const before = service.contents()
    const first = (await at(location)).text
    for (let i = 0; i < 3; i++) assert.equal((await at(location)).text, first)
    for (const language of languages) assert.ok(reading((await at(location.replace('=sv', `=${language}`))).text).includes(thanks(language)))
    assert.deepEqual(service.changes(before), [])
  })
  test('is not kept by the browser, asks no cookie, and is compressed as asked for', async () => {
    const location = await receipt(fresh(right.self))
    const plain = await askOnly(service.url + location)
    assert.equal(plain.headers['cache-control'], 'no-store')
    assert.equal(plain.headers['set-cookie'], undefined)
    assert.equal(plain.headers['content-encoding'], undefined)
    for (const accepts of ['gzip', 'gzip, deflate, br', 'br;q=1, gzip;q=0.2']) {
      const packed = await askOnly(service.url + location, { headers: { 'accept-encoding': accepts } })
      assert.equal(packed.headers['content-encoding'], 'gzip')
      assert.deepEqual(gunzipSync(packed.bytes), plain.bytes)
      assert.ok(packed.bytes.length < 4500, `${packed.bytes.length} bytes`)
    }
    for (const accepts of ['identity', 'br', 'gzip;q=0']) assert.deepEqual((await askOnly(service.url + location, { headers: { 'accept-encoding': accepts } })).bytes, plain.bytes)
    const head = await askOnly(service.url + location, { method: 'HEAD' })
    assert.deepEqual([head.status, head.bytes.length], [200, 0])
  })
  test('is over after an hour: a plain thanks and the number, in each language', async () => {
    const sent = fresh({ ...right.relative, contact: 'sms-first' })
    const location = await receipt(sent)
    service.clock.forward(3590)
    assert.ok(reading((await at(location)).text).includes(thanks('sv')))
    service.clock.forward(15)
    for (const language of languages) {
      const page = reading((await at(location.replace('lang=sv', `lang=${language}`))).text)
      assert.ok(page.includes(text(language, 'Tack!')) && page.includes(over(language)) && page.includes('070-174 06 10'), page)
      for (const word of [sent.phone.slice(-2), text(language, 'Vi skickar ett sms först. I sms:et står bara när vi ringer och från vilket nummer.'), text(language, 'Det är dig vi ringer, inte den unga. Vi kan ge råd. Men vi får oftast inte säga om vi har kontakt med den unga eller inte. Är hen under 18 kan andra regler gälla.')]) assert.ok(!page.replaceAll('070-174 06 10', '').includes(word), word)
    }
  })
  test('that was never given, or is another area’s, is one that is over', async () => {
    const location = await receipt(fresh(right.self))
    const [, , , token] = location.split('/')
    const made = token.slice(0, 86)
    const flipped = i => made.slice(0, i) + (made[i] === 'A' ? 'B' : 'A') + made.slice(i + 1)
    const others = [`/karlstad/tack/${made}`, `/kristinehamn/tack/${flipped(0)}`, `/kristinehamn/tack/${flipped(40)}`, `/kristinehamn/tack/${flipped(80)}`,
      `/kristinehamn/tack/${made.slice(1)}`, `/kristinehamn/tack/${made}A`, '/kristinehamn/tack/', '/kristinehamn/tack/x', '/kristinehamn/tack/%C3%A5', `/kristinehamn/tack/${'A'.repeat(86)}`, `/kristinehamn/tack/${'A'.repeat(160)}`]
    for (const path of others) {
      const answer = await at(`${path}?lang=sv`)
      assert.equal(answer.status, 200, path)
      assert.ok(reading(answer.text).includes(over('sv')), path)
    }
    assert.ok(reading((await at(`/KRISTINEHAMN/Tack/${made}?lang=sv`)).text).includes(thanks('sv')), 'in any letter case')
    assert.equal((await at(`/nowhere/tack/${made}`)).status, 404)
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await at(location, { method })
      assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET, HEAD'])
    }
  })
})

describe('a restart', () => {
  const ways = {
    'of the service': async () => { await service.end(); await service.start() },
    'of the service, killed': async () => { await service.end('SIGKILL'); await service.start() },
    'of both workers': async () => {
      const before = service.workers()
      for (const pid of before) process.kill(pid, 'SIGKILL')
      for (;;) {
        const now = service.workers()
        if (now.length === 2 && now.every(pid => !before.includes(pid)) && await fetch(`${service.url}/health`).then(answer => answer.ok, () => false)) return
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    }
  }
  for (const [which, restart] of Object.entries(ways)) {
    test(`${which}: the receipt is there, and the same form makes no second case`, async () => {
      const sent = Object.values(right).map(fresh)
      const locations = []
      for (const fields of sent) locations.push(await receipt(fields))
      const before = await Promise.all(locations.map(async location => (await at(location)).text))
      const count = service.count('cases')
      await restart()
      assert.deepEqual(await Promise.all(locations.map(async location => (await at(location)).text)), before)
      for (const [i, fields] of sent.entries()) assert.equal(timeless((await at(await receipt(fields))).text), timeless(before[i]))
      assert.equal(service.count('cases'), count)
      // Another wish is another case.
      await receipt({ ...sent[0], name: 'En annan' })
      assert.equal(service.count('cases'), count + 1)
    })
  }
  test('without memory that is kept, the receipt is over and nothing breaks', async () => {
    const other = await startService({ env: { RUNTIME_DIRECTORY: '' } })
    try {
      const location = (await postOnly(`${other.url}/kristinehamn`, right.self)).headers.get('location')
      assert.ok(reading((await ask(other.url + location)).text).includes(thanks('sv')))
      await other.end(); await other.start()
      assert.ok(reading((await ask(other.url + location)).text).includes(over('sv')))
    } finally { await other.stop() }
  })
})

/** The language to speak that is chosen on the form. */
const chosen = html => /<option value="([^"]*)"[^>]* selected/.exec(html.slice(html.indexOf('id="speak"')))?.[1]

describe('changing the language mid-form keeps what was typed and chosen', () => {
  const typed = { ...right.self, area: '1783', name: 'Åsa "Ö" <b>', phone: 'inte än', when: 'morning', message: 'rad ett\nrad två' }
  const kinds = {
    'half filled in': { who: 'relative', name: 'مريم' },
    'nothing yet': {},
    'all, and wrong in places': typed,
    'of a professional': { ...right.professional, area: '1783', helper_name: 'Kim', helper_phone: '054' }
  }
  for (const [from, to] of [['sv', 'ar'], ['ar', 'sv'], ['en', 'ar']]) {
    for (const [what, fields] of Object.entries(kinds)) {
      test(`${from} to ${to}: ${what}`, async () => {
        const before = service.contents()
        const { text: html } = await at(`/hagfors?lang=${from}`)
        const action = new RegExp(`formaction="([^"]*)" lang="${to}"`).exec(html)[1].replaceAll('&amp;', '&')
        const answer = await post(`${service.url}/hagfors${action}`, { area: '1783', ...fields })
        const page = await answer.text()
        assert.equal(answer.status, 200)
        assert.match(page, new RegExp(`<html lang="${to}"`))
        for (const [name, value] of Object.entries(fields)) assert.equal(held(page, name), value, name)
        assert.doesNotMatch(page, /id="fel"|aria-invalid="/)
        assert.deepEqual(service.changes(before), [], 'nothing is sent')
      })
    }
  }
  for (const [from, to] of [['sv', 'ar'], ['ar', 'sv']]) {
    test(`on the page with errors, ${from} to ${to}: with the errors`, async () => {
      const refused = await (await post(`${service.url}/hagfors?lang=${from}&send`, { ...typed, area: '1783', age: '' })).text()
      const action = new RegExp(`formaction="([^"]*)" lang="${to}"`).exec(refused)[1].replaceAll('&amp;', '&')
      const page = await (await post(`${service.url}/hagfors${action}`, { ...typed, area: '1783', age: '' })).text()
      for (const name of ['who', 'name', 'phone', 'contact', 'when', 'message']) assert.equal(held(page, name), typed[name], name)
      const links = html => [...html.matchAll(/<li><a href="(#\w+)"/g)].map(([, href]) => href)
      assert.deepEqual(links(page), ['#age', '#phone'])
      assert.deepEqual(links(page), links(refused))
      assert.match(page, new RegExp(`<html lang="${to}"`))
    })
  }
  test('and sends from there', async () => {
    const count = service.count('cases')
    const fields = fresh(right.self)
    const kept = await (await post(`${service.url}/kristinehamn?lang=ar&keep`, fields)).text()
    const action = /<form [^>]*action="([^"]*)"/.exec(kept)[1].replaceAll('&amp;', '&')
    assert.equal((await post(`${service.url}/kristinehamn${action}`, fields)).status, 200)
    assert.equal(service.count('cases'), count + 1)
  })
  // The language to speak follows the page as long as it was the page that chose it.
  for (const [speak, page, then] of [['sv', 'sv', 'ar'], ['so', 'sv', 'so'], ['en', 'sv', 'en'], ['und', 'sv', 'und'], ['ar', 'sv', 'ar']]) {
    test(`to speak ${speak}, chosen on a page in ${page}, is ${then} on the one in Arabic`, async () => {
      const { text: html } = await at(`/hagfors?lang=${page}`)
      const action = /formaction="([^"]*)" lang="ar"/.exec(html)[1].replaceAll('&amp;', '&')
      assert.equal(chosen(await (await post(`${service.url}/hagfors${action}`, { area: '1783', speak })).text()), then)
    })
  }
  test('while the intake is closed keeps what was typed too', async () => {
    const answer = await post(`${service.url}/filipstad?lang=ar&keep`, { ...right.self, area: '1782' })
    assert.equal(answer.status, 200)
    assert.equal(held(await answer.text(), 'name'), 'Alva')
  })
})

describe('a browser in a language that is spoken with us, but that has no pages', () => {
  for (const [header, page, speak] of [
    ['so', 'sv', 'so'], ['so-SO,so;q=0.9,en;q=0.5', 'en', 'so'], ['sv;q=0.4, ckb', 'sv', 'ckb'], ['uk-UA', 'sv', 'uk'],
    ['sv, so;q=0.9', 'sv', 'sv'], ['ar, so;q=0.9', 'ar', 'ar'], ['en', 'en', 'en'], ['de', 'sv', 'sv'], ['so;q=0', 'sv', 'sv']
  ]) {
    for (const path of ['/kristinehamn', '/q/CODE', '/kristinehamn?lang=sv']) {
      test(`${path} for "${header}": ${speak} is chosen`, async () => {
        const where = path.replace('CODE', service.codes.kristinehamn)
        const answer = await at(where, { headers: { 'accept-language': header, 'user-agent': 'Mozilla/5.0' } })
        assert.equal(answer.status, 200)
        assert.match(answer.text, new RegExp(`<html lang="${path.includes('lang') ? 'sv' : page}"`))
        assert.equal(chosen(answer.text), path.includes('lang') && page === speak ? 'sv' : speak)
      })
    }
  }
  test('its form is sent as any other, and HEAD has the same headers', async () => {
    const headers = { 'accept-language': 'so' }
    const head = await at('/kristinehamn', { method: 'HEAD', headers })
    assert.equal(head.status, 200)
    assert.equal(head.headers['content-language'], 'sv')
    const count = service.count('cases')
    assert.equal((await post(`${service.url}/kristinehamn?lang=sv&send`, { ...fresh(right.self), speak: 'so' }, headers)).status, 200)
    assert.equal(service.count('cases'), count + 1)
    assert.equal(service.sql('SELECT speak FROM cases ORDER BY number DESC LIMIT 1')[0].speak, 'other')
  })
  test('a closed form stays closed', async () => {
    assert.doesNotMatch((await at('/filipstad', { headers: { 'accept-language': 'so' } })).text, /<select/)
  })
})

describe('titles in the history are neutral: the municipality’s name', () => {
  const title = html => /<title>([^<]*)<\/title>/.exec(html)[1]
  for (const language of languages) {
    test(language, async () => {
      assert.equal(title((await at(`/kristinehamn?lang=${language}`)).text), 'Kristinehamn')
      assert.equal(title((await at(`/filipstad?lang=${language}`)).text), 'Filipstad')
      assert.equal(title((await at((await receipt(fresh(right.self))).replace('=sv', `=${language}`))).text), 'Kristinehamn')
      assert.equal(title((await at(`/kristinehamn/tack/x?lang=${language}`)).text), 'Kristinehamn')
      assert.equal(title(await (await post(`${service.url}/kristinehamn?lang=${language}`, { ...right.professional, agreed: 'no' })).text()), 'Kristinehamn')
      assert.equal(title(await (await post(`${service.url}/kristinehamn?lang=${language}`, {})).text()), `${text(language, 'Nästan klart')} – Kristinehamn`)
    })
  }
})

test('what is answered by a page may be gone back to, and so is kept by that browser alone', async () => {
  for (const [fields, status] of [[{}, 422], [{ ...right.self, phone: '12' }, 422], [{ ...right.professional, agreed: 'no' }, 200]]) {
    const answer = await post(`${service.url}/kristinehamn?send`, fields)
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [status, 'private, max-age=0'])
  }
})

test('a form that comes back is sent, or translated, at another address than the one that it came back to', async () => {
  const addresses = html => [...html.matchAll(/ (?:form)?action="(\?[^"]*)"/g)].map(([, address]) => address.replaceAll('&amp;', '&'))
  for (const first of addresses((await at('/kristinehamn?lang=en')).text)) {
    let address = first
    for (let press = 0; press < 3; press++) {
      const next = addresses(await (await post(`${service.url}/kristinehamn${address}`, { who: 'self', phone: '12' })).text())
      assert.ok(next.length >= 4 && !next.includes(address), `${address} leads to ${next.join(' ')}`)
      address = next.find(each => each.includes('send'))
    }
  }
})
