// A lead's texts on brochures over HTTP: which texts are stored, for which area and language,
// and which are refused. tests/browser/ tests paper and page.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { startService } from '../support/service.mjs'
import { signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'

let service, lead
before(async () => {
  service = await startService({ clock: '2027-01-11T09:00+01:00' })
  lead = await signedIn(service, service.lead)
})
after(() => service.stop())
beforeEach(() => service.change('DELETE FROM brochure_words'))

const page = async (kind, language = 'sv', slug = 'kristinehamn') =>
  (await lead.page(`/staff/brochures?code=${service.codes[slug]}&kind=${kind}&language=${language}`)).text
async function save (kind, words, language = 'sv') {
  const fields = Object.fromEntries(Object.entries(words).map(([part, text]) => [`words-${part}`, text]))
  const answer = await lead.post('/staff/brochures', { code: service.codes.kristinehamn, kind, language, ...fields })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}
const kept = () => Object.fromEntries(service.sql("SELECT area || language || '-' || part AS part, words FROM brochure_words ORDER BY part").map(({ part, words }) => [part, words]))

describe('the page', () => {
  const made = async place => /codes\/(\w{6})/.exec((await lead.post('/staff/codes', { place, channel: 'school', area: '1781' })).headers.get('location'))[1]
  const start = async (query = '') => {
    const { text } = await lead.page(`/staff/brochures${query}`)
    return { code: /<option value="(\w{6})" selected>/.exec(text)?.[1], says: reading(text) }
  }
  const print = async code => reading((await lead.page(`/staff/brochures/print?code=${code}&kind=poster&language=sv`)).text)
  const shut = 'Formuläret i Kristinehamn är stängt. Den som skannar koden får i stället veta vart man kan ringa.'

  test('starts with the newest code whose form is open, else with the newest', async () => {
    service.clock.forward(60)
    const first = await made('Skolan')
    service.clock.forward(60)
    const second = await made('Skolan')
    assert.equal((await start()).code, second)
    service.change(`UPDATE codes SET retired_at = created_at WHERE code = '${second}'`)
    assert.equal((await start()).code, first)
    service.change(`UPDATE codes SET retired_at = NULL, first_day = 40000 WHERE code = '${second}'`)
    assert.equal((await start()).code, first, 'its first day lies ahead')
    service.change(`UPDATE codes SET first_day = NULL WHERE code = '${second}'`)
    assert.equal((await lead.post('/staff/intake', { area: '1781', do: 'close' })).status, 303)
    assert.notEqual((await start()).code, second)
    assert.notEqual((await start()).code, first)
    assert.equal((await start(`?code=${first}`)).code, first)
  })
  test('and the print say before printing that the form is closed', async () => {
    const code = service.codes.kristinehamn
    assert.ok((await start(`?code=${code}`)).says.includes(shut))
    assert.ok((await print(code)).includes(shut))
    assert.equal((await lead.post('/staff/intake', { area: '1781', do: 'open' })).status, 303)
    assert.ok(!(await start(`?code=${code}`)).says.includes(shut))
    assert.ok(!(await print(code)).includes(shut))
  })
  test('tells codes of one name apart by place, channel and code', async () => {
    const code = await made('Skolan')
    assert.ok((await start()).says.includes(`Kristinehamn: Skolan, Skola (${code})`))
  })
})

test('a text that the brochure does not have is refused, and no text is stored', async () => {
  for (const [kind, part] of [['stickers', 'ring'], ['business-cards', 'intro'], ['flyer', 'step1'], ['poster', 'urgent'], ['folded', 'motto'], ['folded', ''], ['folded', 'HEADING']]) {
    const { status, text } = await save(kind, { heading: 'Ring oss', [part]: 'Hej' })
    assert.equal(status, 422, `${kind} ${part}`)
    assert.ok(reading(text).includes('En av texterna hör inte till den här broschyren. Ingenting är sparat.'), part)
    assert.equal(held(text, 'words-heading'), 'Ring oss')
    assert.deepEqual(kept(), {}, `${kind} ${part}`)
  }
})

test('one faulty text prevents that the others are stored, and stays in its field', async () => {
  for (const [wrong, why] of [['x'.repeat(91), 'Skriv högst 90 tecken'], ['😀'.repeat(91), 'Skriv högst 90 tecken'], ['a\u0007b', 'Mellan ”a” och ”b” finns ett osynligt tecken.']]) {
    const { status, text } = await save('flyer', { heading: 'Ring oss', intro: wrong })
    assert.equal(status, 422)
    assert.ok(reading(text).includes(why), why)
    assert.equal(held(text, 'words-intro'), wrong)
    assert.equal(held(text, 'words-heading'), 'Ring oss')
    assert.deepEqual(kept(), {})
  }
})

test('texts are stored for their area and language, unless they are the catalogue’s or empty', async () => {
  const usual = held(await page('flyer'), 'words-intro')
  assert.equal((await save('flyer', { heading: '  Ring oss ', intro: usual, promise: ' ' })).status, 303)
  assert.equal((await save('folded', { step1: '😀'.repeat(100) })).status, 303)
  assert.equal((await save('stickers', { heading: 'Call us' }, 'en')).status, 303)
  assert.deepEqual(kept(), { '1781en-heading': 'Call us', '1781sv-heading': 'Ring oss', '1781sv-step1': '😀'.repeat(100) })
  assert.equal(held(await page('business-cards'), 'words-heading'), 'Ring oss')
  assert.notEqual(held(await page('flyer', 'sv', 'karlstad'), 'words-heading'), 'Ring oss')
})

test('the catalogue’s texts can be restored for the chosen kind of brochure', async () => {
  await save('folded', { heading: 'Ring oss', step1: 'Skanna' })
  const fields = { code: service.codes.kristinehamn, kind: 'stickers', language: 'sv', usual: '1', 'words-heading': 'Hej' }
  assert.match((await lead.post('/staff/brochures', fields)).headers.get('location'), /notice=usual$/)
  assert.deepEqual(kept(), { '1781sv-step1': 'Skanna' })
})

test('the catalogue’s texts fit in every language', async () => {
  for (const language of ['sv', 'en', 'ar']) {
    const html = await page('folded', language)
    const fields = [...html.matchAll(/id="(words-[\w-]+)-most" data-most="(\d+)"/g)]
    assert.equal(fields.length, 14)
    for (const [, name, most] of fields) {
      const length = [...held(html, name)].length
      assert.ok(length > 0 && length <= Number(most), `${language} ${name}: ${length}`)
    }
  }
})
