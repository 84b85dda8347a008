// The search among codes, and the page on which staff say that they saw a code at its place.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startService } from '../support/service.mjs'
import { signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'

let service, anna, leo, eve
const codes = {}
before(async () => {
  service = await startService({ clock: '2027-01-11T09:00+01:00', quick: true });
  [anna, leo, eve] = [await signedIn(service, service.coordinator), await signedIn(service, service.lead), await signedIn(service, service.administrator)]
  for (const [name, place, channel, area, more] of [
    ['west', 'Skolan', 'school', '1781'], ['east', 'Skolan', 'counsellor', '1781'], ['far', 'Åmotsgården', 'health', '1784'],
    ['ahead', 'Framtidens hus', 'health', '1781', { first: '2027-02-01' }], ['over', 'Gamla huset', 'health', '1781', { last: '2027-01-10' }], ['retired', 'Stängda huset', 'health', '1781']
  ]) codes[name] = /codes\/(\w{6})/.exec((await leo.post('/staff/codes', { place, channel, area, ...more })).headers.get('location'))[1]
  assert.equal((await leo.post('/staff/codes/retire', { code: codes.retired })).status, 303)
})
after(() => service.stop())

/** The names of the codes on a page that a search finds. */
async function found (session, path) {
  const { status, text } = await session.page(path)
  assert.equal(status, 200)
  return Object.keys(codes).filter(name => new RegExp(`<bdi class="secret" dir="ltr">${codes[name]}<`).test(text))
}

describe('the search', () => {
  const all = ['west', 'east', 'far', 'ahead', 'over', 'retired']
  const table = [
    ['', all], ['find=', all], ['find=skolan', ['west', 'east']], ['find=SKO', ['west', 'east']], ['find=amot', ['far']], ['find=åmot', ['far']],
    ['find=gården', []], ['find=huset', ['over', 'retired']], ['find=huset+gam', ['over']], ['find=arvika', ['far']], ['find=kristinehamn+skolan', ['west', 'east']],
    ['channel=school', ['west']], ['channel=health', ['far', 'ahead', 'over', 'retired']], ['channel=x', []], ['area=1784', ['far']], ['area=0000', []],
    ['find=skolan&channel=counsellor&area=1781', ['east']], ['find=%22%3E%3Cscript', []], [`find=${'x'.repeat(300)}`, []]
  ]
  for (const [query, names] of table) {
    test(`of codes by ${query.slice(0, 60) || 'nothing'} finds ${names.join(', ') || 'none'}`, async () => {
      assert.deepEqual(await found(leo, `/staff/codes?${query}`), names)
      assert.deepEqual(await found(anna, `/staff/places?${query}`), names.filter(name => ['west', 'east', 'far'].includes(name)))
    })
  }
  test('finds a code as people write it', async () => {
    for (const find of [codes.west, codes.west.toLowerCase(), ` ${codes.west} `, codes.west.slice(0, 4)]) assert.deepEqual(await found(leo, `/staff/codes?find=${encodeURIComponent(find)}`), ['west'])
  })
  test('keeps what was asked for, says when nothing fits, and has a way back to all', async () => {
    const { text } = await leo.page('/staff/codes?find=Ingen+s%C3%A5dan&channel=school&area=1784')
    assert.match(text, /name="find"[^>]*value="Ingen sådan"/)
    assert.match(text, /value="school" selected/)
    assert.match(text, /value="1784" selected/)
    assert.match(reading(text), /Ingen kod passar\. Pröva färre bokstäver\./)
    assert.match(text, /href="\/staff\/codes">Visa alla koder</)
    assert.equal((await leo.get('/staff/codes?find=a&find=b')).status, 400)
  })
  test('codes that share a name are told apart in their links', async () => {
    const { text } = await leo.page('/staff/codes?find=skolan')
    assert.deepEqual([...text.matchAll(/<h3><a [^>]*>([^]*?)<\/a>/g)].map(([, name]) => reading(name)).sort(), [`Skolan ${codes.west}`, `Skolan ${codes.east}`].sort())
  })
})

describe('a code that staff saw at its place', () => {
  const seen = name => service.sql(`SELECT seen_at FROM codes WHERE code = '${codes[name]}'`)[0].seen_at

  test('is said by a coordinator on a page of the menu, and the search stays', async () => {
    assert.match((await anna.page('/staff/queue')).text, /href="\/staff\/places"/)
    await anna.readToken('/staff/places?find=amot')
    assert.equal(seen('far'), null)
    const answer = await anna.post('/staff/places', { code: codes.far })
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/staff/places?find=amot&notice=code-seen'])
    assert.ok(seen('far') > 0)
    const { text } = await anna.page('/staff/places')
    assert.match(reading(text), /Åmotsgården \w{6} Arvika · Vårdcentral Sedd på plats måndag 11 januari 2027 Sedd i dag/)
    assert.equal([...text.matchAll(/<form method="post" action="\/staff\/places\?send">/g)].length, [...text.matchAll(/<h3 id="code-/g)].length - 1)
    assert.match((await leo.page(`/staff/codes/${codes.far}`)).text, /Senast sedd på plats<\/dt><dd>i dag/)
    service.clock.forward(86400)
    anna = await signedIn(service, service.coordinator)
    assert.doesNotMatch(reading((await anna.page('/staff/places')).text), /Sedd i dag/)
  })
  test('must be one of ours, and the page is for those who meet people', async () => {
    eve = await signedIn(service, service.administrator)
    for (const code of ['000000', 'x', '', undefined]) assert.equal((await anna.post('/staff/places', code === undefined ? {} : { code })).status, 404)
    assert.equal((await eve.get('/staff/places')).status, 403)
    assert.doesNotMatch((await eve.page('/staff/overview')).text, /\/staff\/(places|codes)"/)
  })
})
