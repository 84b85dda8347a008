// The first page, and what browsers, search engines and those who find a weakness ask for by themselves.
import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { discard, post, right, root, startService, until } from '../support/service.mjs'

let service, folder
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'egenremiss-places-'))
  const config = join(folder, 'service.conf')
  writeFileSync(config, readFileSync(join(root, 'conf/service.conf'), 'utf8').replaceAll('"../assets/', `"${root}assets/`)
    .replace('name = "Arvika"', 'name = "Östra Ämtervik"').replace('name = "Hagfors"', 'name = "Årjäng"').replace('name = "Filipstad"', 'name = "Älvdalen"'))
  service = await startService({ config, clock: '2027-01-11T08:00+01:00' })
})
after(async () => { await service.stop(); discard(folder) })

const get = (path, headers = {}) => new Promise((resolve, reject) => {
  request({ host: '127.0.0.1', port: service.port, path, headers }, answer => {
    const parts = []
    answer.on('data', part => parts.push(part)).on('end', () => {
      const bytes = Buffer.concat(parts)
      const text = (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
      resolve({ status: answer.statusCode, headers: answer.headers, text, size: bytes.length })
    })
  }).on('error', reject).end()
})
const placesOf = text => [...text.matchAll(/<li><a href="([^"?]+)\?lang=..">(.*?)<\/a>/g)].map(([, href, name]) => ({ href, name: name.replace(/<[^>]+>/g, '').replace(/ (Formuläret|The form|الا).*/, '') }))

test('the first page lists the municipalities as Swedish sorts them, with that of everybody else last', async () => {
  assert.deepEqual(placesOf((await get('/')).text).map(({ name }) => name), ['Karlstad', 'Kristinehamn', 'Årjäng', 'Älvdalen', 'Östra Ämtervik', 'Annan kommun / jag vet inte'])
})

test('"another municipality" leads to a form whose answers the queue that takes everybody gets', async () => {
  const href = placesOf((await get('/')).text).at(-1).href
  const page = await get(href)
  assert.match(page.text, /<form method="post" id="form"/)
  const sent = await post(`${service.url}${href}`, { ...right.self, area: /name="area" value="(\d+)"/.exec(page.text)[1] })
  assert.equal(sent.status, 200)
  assert.match(await sent.text(), /070-174 06 05/)
  assert.equal(service.sql("SELECT queue FROM cases WHERE area = '1700'").map(({ queue }) => queue).join(), 'varmland-mottagning')
})

for (const path of ['/', '/q/AAAAAA', '/nowhere', '/varmland', '/kristinehamn', '/kristinehamn/personuppgifter', '/kristinehamn/tillganglighet', '/filipstad', '/kristinehamn/tack/gone']) {
  test(`${path} has a description and a footer whose links work`, async () => {
    const { text } = await get(path)
    const footer = [.../<footer>([^]*)<\/footer>/.exec(text)[1].matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
    assert.equal(footer.length, 2, path)
    for (const href of footer) assert.equal((await get(href)).status, 200, href)
    assert.match(text, /<meta name="description" content="[^"]{40,160}">/)
  })
}

test('robots.txt, the icon and security.txt come from the page cache, gzipped and with an ETag', async () => {
  const types = { '/robots.txt': 'text/plain', '/favicon.ico': 'image/svg+xml', '/.well-known/security.txt': 'text/plain' }
  for (const [path, type] of Object.entries(types)) {
    const answer = await get(path, { 'accept-encoding': 'gzip' })
    assert.equal(answer.status, 200, path)
    assert.ok(answer.headers['content-type'].startsWith(type), answer.headers['content-type'])
    assert.equal(answer.headers['content-encoding'], 'gzip', path)
    assert.ok(answer.size < 500, `${path} has ${answer.size} bytes`)
    assert.equal((await get(path, { 'if-none-match': answer.headers.etag })).status, 304, path)
  }
  assert.match((await get('/robots.txt')).text, /^User-agent: \*\n(Disallow: \/\S+\n)+$/)
})

test('security.txt has what RFC 9116 asks for, and renews its day before that has come', async () => {
  const read = async () => Object.fromEntries((await get('/.well-known/security.txt')).text.trim().split('\n').map(line => line.split(/: (.*)/).slice(0, 2)))
  const first = await read()
  assert.equal(first.Contact, 'mailto:sakerhet@ungdomsvagen.example')
  assert.equal(first['Preferred-Languages'], 'sv, en')
  assert.equal(first.Expires, '2027-07-10T00:00:00Z')
  service.clock.forward(40 * 86400)
  await until(async () => (await read()).Expires === '2027-08-19T00:00:00Z', 'Expires stays')
})
