// What a real service shows to everybody: no word, number or name of the demonstration,
// and Swedish that is easy to read.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { post, right, root, startService } from '../support/service.mjs'
import { reading, unescaped } from '../support/text.mjs'

/** LIX (Björnsson 1968): words a sentence, and of a hundred words those of more than six letters. */
const most = 25

/** What a real municipality has in the place of what the shipped file has invented. */
const real = [
  [/070-174 06 (\d\d)/g, '070-612 34 $1'], [/\+46701740605/g, '+46706123405'], [/Ungdomsvägen Värmland/g, 'Ungvägen'],
  [/Kristinehamn/g, 'Umeå'], [/Karlstad/g, 'Luleå'], [/Arvika/g, 'Piteå'], [/Hagfors/g, 'Skellefteå'], [/Filipstad/g, 'Kalix'],
  [/kristinehamn/g, 'umea'], [/karlstad/g, 'lulea'], [/arvika/g, 'pitea'], [/hagfors/g, 'skelleftea'], [/filipstad/g, 'kalix'],
  [/Ungdomscentrum|Ungdomstorget|Navet|Mötesplatsen|Medborgarkontoret/g, 'Ungas hus'], [/ungas hus/g, 'Ungas hus'],
  [/Kungsgatan|Västra gatan|Storgatan|Torggatan|Hantverksgatan/g, 'Skolgatan'], [/Värmland/g, 'Norrland'], [/varmland/g, 'norrland'],
  [/\.\.\/assets\/image\/(umea|lulea)\.svg/g, join(root, 'assets/image/kristinehamn.svg')]
]
const invented = /070-?174|70174|Kristinehamn|Karlstad|Arvika|Hagfors|Filipstad|Värmland|Ungdomscentrum|Ungdomstorget|Navet|påhittade|demonstration|na\.example|localhost/i

let folder, service
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'egenremiss-words-'))
  const config = join(folder, 'service.conf')
  const shipped = real.reduce((text, [from, to]) => text.replace(from, to), readFileSync(join(root, 'conf/service.conf'), 'utf8').replace(/^\s*#.*$/mg, ''))
  writeFileSync(config, shipped)
  service = await startService({ config, clock: '2027-01-11T10:00+01:00' })
  // The accounts are the demonstration's; then it is one no longer.
  await service.end()
  writeFileSync(config, shipped.replace('demonstration = true;', 'demonstration = false;').replace('http://localhost:8888', 'https://vagen.umea.se'))
  delete service.environment.EGENREMISS_URL
  const queues = service.sql('SELECT DISTINCT queue FROM queue_keys').flatMap(({ queue }) => ['--queue', queue])
  service.tell(`${service.recovery}\n`, 'user', 'add', 'berit', '--name', 'Berit', '--role', 'coordinator', ...queues, '--data', service.folder, '--config', config)
  service.run('user', 'remove-demo', '--data', service.folder, '--config', config)
  await service.start()
})
after(async () => { await service.stop(); rmSync(folder, { recursive: true }) })

const languages = ['sv', 'en', 'ar']
const pages = ['/', '/umea', '/lulea', '/pitea', '/skelleftea', '/kalix', '/umea/personuppgifter', '/umea/tillganglighet', '/nowhere', '/q/XXXXXX']
const receipt = (language, fields) => post(`${service.url}/umea?lang=${language}`, { area: '1781', ...fields })

/** The sentences of a page: of headings, paragraphs, labels and points of lists each. */
const sentences = html => unescaped((/<main[^]*<\/main>/.exec(html) ?? [html])[0]
  .replace(/<option[^]*?<\/option>/g, '')
  .replace(/<\/(h\d|p|li|label|legend|summary|button|dt|dd|div)>/g, '. ')
  .replace(/<[^>]*>/g, ' '))
  .replace(/www\.\S+/g, 'adress').replace(/kl\. /g, '')
  .split(/[.?!:](?=\s)/).map(sentence => sentence.match(/\p{L}[\p{L}\d-]*/gu) ?? []).filter(words => words.length > 0)

function lix (html) {
  const all = sentences(html)
  const words = all.flat()
  return words.length / all.length + 100 * words.filter(word => word.length > 6).length / words.length
}

describe('a real service', () => {
  for (const language of languages) {
    test(`shows nothing of the demonstration: ${language}`, async () => {
      for (const path of pages) {
        const html = await (await fetch(`${service.url}${path}?lang=${language}`)).text()
        const text = html.replace(/<style\b[^]*?<\/style>/g, '').replace(/src="data:[^"]*"|url\([^)]*\)/g, '')
        assert.doesNotMatch(text, invented, path)
        assert.ok(reading(html).length > 100, path)
      }
    })
    test(`says nothing of the demonstration on a receipt: ${language}`, async () => {
      for (const fields of [right.self, right.relative, right.professional, { ...right.professional, agreed: 'no' }, { ...right.self, phone: 'vet inte', name: '' }]) {
        const html = await (await receipt(language, fields)).text()
        // An example of how a number is written is a number that is reserved for examples.
        assert.doesNotMatch(html.replace(/<style\b[^]*?<\/style>/g, '').replace(/src="data:[^"]*"/g, '').replaceAll('070-174 06 05', ''), invented)
      }
    })
  }
})

test('nginx shows nothing of the demonstration while the service is away', () => {
  const page = service.run('away')
  assert.match(page, /Umeå: <bdi>070-612 34 10</)
  assert.doesNotMatch(page, invented)
  assert.doesNotMatch(readFileSync(join(root, 'conf/nginx.conf'), 'utf8'), /070-?174/)
})

describe('easy to read', () => {
  for (const path of pages) {
    test(`${path} has a LIX of at most ${most}`, async () => {
      const figure = lix(await (await fetch(`${service.url}${path}?lang=sv`)).text())
      assert.ok(figure <= most, figure.toFixed(1))
    })
  }
  for (const who of ['self', 'relative', 'professional']) {
    test(`the receipt of ${who} has a LIX of at most ${most}`, async () => {
      const figure = lix(await (await receipt('sv', { ...right[who], contact: 'sms-first' })).text())
      assert.ok(figure <= most, figure.toFixed(1))
    })
  }
  test('a text that is hard to read is seen', () => {
    assert.ok(lix('<p>Personuppgiftsansvarig dataskyddsförordningen tillämpas beträffande integritetsskyddsmyndighetens tillsynsverksamhet.</p>') > most)
  })
})
