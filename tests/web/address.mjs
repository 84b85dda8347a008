// Printed addresses as people carry them: each arrives, with code, area and language.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { discard, right, root, startService } from '../support/service.mjs'
import { talk, ask } from '../support/wire.mjs'

let service, code, folder
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'egenremiss-address-'))
  const config = join(folder, 'service.conf')
  writeFileSync(config, readFileSync(join(root, 'conf/service.conf'), 'utf8').replaceAll('"filipstad"', '"arjang"').replaceAll('"Filipstad"', '"Årjäng"').replaceAll('"1782"', '"1765"')
    .replaceAll('"../assets/', `"${root}assets/`).replaceAll('"Karlstad"', '"Karlstad, A; B"').replaceAll('"hagfors"', '"saffle"').replaceAll('"Hagfors"', '"Säffle"').replaceAll('"1783"', '"1785"'))
  service = await startService({ config })
  code = service.codes.kristinehamn
})
after(async () => { await service.stop(); discard(folder) })

const get = async (path, headers = '') => {
  const heard = await talk(service.port, `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}Connection: close\r\n\r\n`)
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(heard)[1]), location: /^location: (.*?)\r$/im.exec(heard)?.[1], language: /^content-language: (.*?)\r$/im.exec(heard)?.[1] }
}
/** Where the address ends, after at most one redirect. */
const arrive = async path => {
  const answer = await get(path)
  if (answer.status !== 303) return { ...answer, at: path }
  return { ...await get(answer.location), at: answer.location }
}
const percent = text => [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')

// @ stands for the code.
const codes = ['/q/@', '/Q/@', '/q/LOW', '/Q/LOW', '/q/@/', '/q/@//', '/q/@.', '/q/@,', '/q/@)', '/q/@]', '/q/@>', '/q/@"', "/q/@'", '/q/@%20', '/q/%20@',
  '/q/@%C2%A0', '/q/@%E2%80%8B', '/q/%E2%80%8B@', '/q/@%E2%80%8E', '/q/%E2%81%A8@%E2%81%A9', '/q/@%EF%BB%BF', '/q/@%0A', '/q/@%09', '/q/@!', '/q/@?', '/q/@;',
  '/q/@:', '/q/@*', '/q/@**', '/q/@%E2%80%9D', '/q/%E2%80%9C@%E2%80%9D', '/q/@%C2%BB', '/q/@…'.replace('…', '%E2%80%A6'), '//q/@', '/q//@', '//q//@//', '/%71/@', '/%51/@', '/q%2F@', '/q%2f@%2f',
  '/q/@%2E', '/q/@%2C', '/q/@%29', '/q/@).', '/q/(@)', '/q/@%20och%20fyll%20i', '/q/@,%20hej', '/q/@?utm_source=x&fbclid=y', '/q/@/?utm_source=x', '/q/@%252E',
  '/q/PERCENT', '/q/@%3Futm_source=x', '/q/@&x=1', '/q/@%5C', '/q\\@', '/q/@%E3%80%82', '/q/@%D8%8C', '/q/SPACED', '/q/DASHED', '/q/SPACED.', '/q/@#', '/q/@%23x', '/q/@./', '/q/@/.']
const areas = [['/kristinehamn/', '/kristinehamn'], ['/Kristinehamn', '/Kristinehamn'], ['/KRISTINEHAMN.', '/kristinehamn'], ['//kristinehamn', '/kristinehamn'],
  ['/kristinehamn,', '/kristinehamn'], ['/kristinehamn)', '/kristinehamn'], ['/(kristinehamn)', '/kristinehamn'], ['/kristinehamn%20', '/kristinehamn'],
  ['/kristinehamn%E2%80%8B', '/kristinehamn'], ['/%6Bristinehamn', '/kristinehamn'], ['/kristinehamn;x=1', '/kristinehamn'], ['/kristinehamn%20nu', '/kristinehamn'],
  ['/%C3%85rj%C3%A4ng', '/arjang'], ['/%c3%a5rj%c3%a4ng', '/arjang'], ['/A%CC%8Arja%CC%88ng', '/arjang'], ['/%C5rj%E4ng', '/arjang'], ['/%C3%85RJ%C3%84NG', '/arjang'],
  ['/%25C3%2585rj%25C3%25A4ng', '/arjang'], ['/%C3%85rj%C3%A4ng/', '/arjang'], ['/Kristinehamns%20kommun', '/kristinehamn'], ['/kristinehamns-kommun', '/kristinehamn'],
  ['/1781', '/kristinehamn'], ['/kristinehamn/Personuppgifter', '/kristinehamn/Personuppgifter'], ['/kristinehamn/tillg%C3%A4nglighet', '/kristinehamn/tillganglighet'],
  ['/kristinehamn//personuppgifter/', '/kristinehamn/personuppgifter'], ['/S%C3%A4ffle', '/saffle'], ['/kristinehamn%E2%80%9D', '/kristinehamn'],
  ['/kristinehamn?utm_source=x', '/kristinehamn?utm_source=x'], ['/kristinehamn%3Futm_source=x', '/kristinehamn']]
const none = ['/kristinehamm', '/kristinehamn/x', '/kristinehamn%00', '/q/', '/q/AAAAAB', '/q/%00', '/x/q/@', '/karl', '/q/@x', '/q/x@', '/%2e%2e/%2e%2e/etc/passwd']

describe('codes', () => {
  for (const form of codes) {
    test(form, async () => {
      const path = form.replace('PERCENT', percent(code)).replace('SPACED', `${code.slice(0, 3)}%20${code.slice(3)}`)
        .replace('DASHED', `${code.slice(0, 3)}-${code.slice(3)}`).replace('LOW', code.toLowerCase()).replace('@', code)
      const arrived = await arrive(path)
      assert.equal(arrived.status, 200, `${path} ends at ${arrived.at}`)
    })
  }
})

describe('areas', () => {
  for (const [path, to] of areas) {
    test(path, async () => {
      const arrived = await arrive(path)
      assert.equal(arrived.status, 200)
      assert.equal(arrived.at, to)
    })
    test(`${path} in Arabic`, async () => {
      const arrived = await arrive(`${path}${path.includes('?') ? '&' : '?'}lang=ar`)
      assert.equal(arrived.status, 200)
      assert.equal(arrived.language, 'ar')
    })
  }
})

test('a language that had become part of the path is kept', async () => {
  assert.equal((await get(`/q/${code}%3Flang=ar`)).location, `/q/${code}?lang=ar`)
  assert.equal((await get(`/q/${code}.?lang=en`)).location, `/q/${code}?lang=en`)
  assert.equal((await get('/%C3%85rj%C3%A4ng&lang=ar')).location, '/arjang?lang=ar')
})

describe('what leads nowhere', () => {
  for (const path of none) {
    test(path, async () => {
      const arrived = await arrive(path.replace('@', code))
      assert.equal(arrived.status, 404)
    })
  }
})

test('no wrong letter of a code opens another place\'s', async () => {
  for (const at of [0, 1, 2, 3, 4, 5]) {
    for (const letter of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
      if (letter === code[at]) continue
      for (const tail of ['', '.']) assert.equal((await arrive(`/q/${code.slice(0, at)}${letter}${code.slice(at + 1)}${tail}`)).status, 404)
    }
  }
})

test('a form that is sent to such an address is taken', async () => {
  let next = 20
  for (const path of ['/kristinehamn/', `/q/${code}.`, '/Kristinehamn)']) {
    const before = service.count('cases')
    const answer = await ask(service.url + path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...right.self, phone: `070-174 06 ${++next}` }).toString() })
    assert.ok([200, 303].includes(answer.status), `${path}: ${answer.status}`)
    assert.equal(service.count('cases'), before + 1)
  }
  assert.equal(service.sql('SELECT count(*) AS n FROM cases WHERE code IS NOT NULL')[0].n, 1)
})

test('a contact card escapes the name of its area', async () => {
  const cards = await Promise.all(service.sql('SELECT DISTINCT queue FROM queue_keys').map(({ queue }) => ask(`${service.url}/nummer/${queue}.vcf`)))
  assert.ok(cards.some(({ text }) => text.includes('\r\nFN:Karlstad\\, A\\; B\r\nN:Karlstad\\, A\\; B;;;;\r\n')), cards.map(({ text }) => text).join('\n'))
})
