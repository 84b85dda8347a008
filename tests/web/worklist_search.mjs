// The search for a person: its results for each reader, its entries in the access log, and that
// it leaves no other trace.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
import { addAccount, number, sendCase, signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, anna, leo, kaa, una
before(async () => {
  service = await startService()
  anna = await signedIn(service, service.coordinator)
  leo = await signedIn(service, service.lead)
  kaa = await signedIn(service, addAccount(service, 'kaja', 'coordinator', 'kristinehamn-kaa'))
  una = await signedIn(service, addAccount(service, 'una', 'coordinator', 'karlstad-unga'))
})
after(() => service.stop())

const arrive = fields => sendCase(service, { ...right.self, ...fields })
async function search (session, find) {
  const answer = await session.post('/staff/search', { find })
  const html = await answer.text()
  return {
    status: answer.status,
    html,
    text: reading(html),
    hits: [...html.matchAll(/<h3><a href="\/staff\/case\/(\w{13})">(.*?)<\/a>/g)].map(([, ref, name]) => ({ ref, name: reading(name) }))
  }
}
const found = async (session, find) => (await search(session, find)).hits.map(hit => hit.ref)
const acts = ref => service.sql(`SELECT act, (SELECT user FROM accounts WHERE number = account) AS who FROM events WHERE case_number = ${number(ref)} ORDER BY step`).map(({ act, who }) => who ? `${act} ${who}` : act)

describe('a search', () => {
  test('finds by the beginnings of a name, in any case, with and without marks', async () => {
    const ref = await arrive({ name: 'Åsa-Lena Östergård', phone: '070-174 06 11' })
    for (const find of ['Åsa', 'åSA', 'asa', 'lena öst', 'Östergård Åsa', ' ostergard  ']) assert.deepEqual(await found(anna, find), [ref], find)
    for (const find of ['Äsa', 'sa', 'Åsalena', 'Åsa Berg']) assert.deepEqual(await found(anna, find), [], find)
    const { text, hits } = await search(anna, 'åsa')
    assert.deepEqual(hits, [{ ref, name: 'Åsa-Lena Östergård' }])
    for (const words of ['1 träff', 'Namnet stämmer', 'Väntar', 'Kristinehamn', ref, 'Sökte i 1 öppet ärende.']) assert.ok(text.includes(words), words)
  })
  test('finds by telephone number in any notation, and says so', async () => {
    const ref = await arrive({ name: 'Nummer', phone: '070-174 06 12' })
    for (const find of ['0701740612', '070-174 06 12', '+46 70 174 06 12', '0046701740612', '070 174 06 12']) assert.deepEqual(await found(anna, find), [ref], find)
    assert.ok((await search(anna, '0701740612')).text.includes('Samma telefonnummer'))
    assert.ok((await search(anna, '070-174 06')).text.includes('Skriv hela telefonnumret'))
  })
  test('finds by case number, also closed cases', async () => {
    const ref = await arrive({ name: 'Referens' })
    assert.deepEqual(await found(anna, ref), [ref])
    assert.deepEqual(await found(anna, ` ${ref.toLowerCase()} `), [ref])
    await anna.act(ref, 'claim')
    await anna.act(ref, 'close', { outcome: 'work' })
    const { text, hits } = await search(anna, ref)
    assert.deepEqual(hits, [{ ref, name: 'Referens' }])
    assert.ok(text.includes('Samma ärendenummer') && text.includes('Avslutat'))
    assert.deepEqual(await found(anna, 'refer'), [ref], 'a closed one by name')
    assert.match((await search(anna, 'refer')).text, /Också i/)
  })
  test('reads thirteen letters as a name too', async () => {
    const ref = await arrive({ name: 'Abrahamsstzrk' })
    assert.deepEqual(await found(anna, 'abrahamsstzrk'), [ref])
  })
  test('explains why a text cannot be searched, and keeps it', async () => {
    for (const [find, words] of [['', 'Skriv det du söker'], ['  - ', 'Skriv det du söker'], ['Å', 'Skriv minst två bokstäver.'], ['Å'.repeat(81), 'Skriv högst 80 tecken.'],
      ['å'.repeat(10000), 'Skriv högst 80 tecken.'], ['Ingen Sådan', 'Ingen träff'], ['\u202eavlA', 'Ingen träff'], ['"><script>', 'Ingen träff'], ['%_', 'Skriv det du söker']]) {
      const { status, text, html, hits } = await search(anna, find)
      assert.equal(status, 200, find)
      assert.ok(text.includes(words), `${find.slice(0, 20)}: ${words}`)
      assert.deepEqual(hits, [])
      assert.equal(held(html, 'find'), find)
    }
    assert.equal((await search(anna)).status, 200)
  })
  test('shows twenty results, and says when there are more', async () => {
    for (let i = 0; i < 20; i++) await arrive({ name: `Fler ${i}` })
    const twenty = await search(anna, 'fler')
    assert.equal(twenty.hits.length, 20)
    assert.doesNotMatch(twenty.text, /Det finns fler/)
    await arrive({ name: 'Fler 20' })
    const more = await search(anna, 'fler')
    assert.equal(more.hits.length, 20)
    assert.match(more.text, /Det finns fler\. Här är de 20 första/)
    assert.doesNotMatch(more.text, /Sökte i/, 'it did not look to the end')
  })
})

describe('the results of a search', () => {
  test('are for members of the queue and queues that take part, and not for an offered queue', async () => {
    const ref = await arrive({ name: 'Delad Person', phone: '070-174 06 13' })
    for (const find of ['delad', '0701740613', ref]) {
      assert.deepEqual(await found(kaa, find), [ref])
      assert.deepEqual(await found(una, find), [], find)
    }
    await anna.act(ref, 'claim')
    await anna.act(ref, 'offer', { queue: 'karlstad-unga', note: 'Hej' })
    assert.deepEqual(await found(una, 'delad'), [], 'what is offered is not opened')
    assert.deepEqual((await search(una, ref)).hits, [{ ref, name: `Ärende ${ref}` }])
    assert.ok(!acts(ref).includes('find una'), 'no name was shown')
    await anna.act(ref, 'withdraw')
    await anna.act(ref, 'share', { queue: 'karlstad-unga', what: 'Allt', agreed: new Date().toISOString().slice(0, 10) })
    for (const find of ['delad', '0701740613', ref]) assert.deepEqual(await found(una, find), [ref], find)
    await anna.act(ref, 'unshare', { queue: 'karlstad-unga' })
    assert.deepEqual(await found(una, 'delad'), [])
  })
  test('leave out a reader with a conflict of interest', async () => {
    const ref = await arrive({ name: 'Känd Person', phone: '070-174 06 14' })
    await anna.act(ref, 'claim')
    assert.equal((await anna.act(ref, 'recuse')).status, 303)
    for (const find of ['känd', '0701740614', ref]) {
      assert.deepEqual(await found(anna, find), [], find)
      assert.deepEqual(await found(leo, find), [ref], find)
    }
    assert.ok(!acts(ref).includes('find anna'))
  })
  test('leave out purged cases', async () => {
    const ref = await arrive({ name: 'Gallrad Person' })
    await anna.act(ref, 'claim')
    await anna.act(ref, 'close', { outcome: 'work' })
    service.change(`UPDATE cases SET state = 'purged' WHERE number = ${number(ref)}`)
    assert.deepEqual(await found(anna, 'gallrad'), [])
    assert.deepEqual((await search(anna, ref)).hits, [{ ref, name: `Ärende ${ref}` }])
  })
})

describe('the access log', () => {
  test('has one entry for each case whose name was shown, for each reader and day', async () => {
    const [one, two, other] = [await arrive({ name: 'Spår Ett' }), await arrive({ name: 'Spår Två' }), await arrive({ name: 'Annan' })]
    for (let i = 0; i < 3; i++) await search(anna, 'spår')
    await search(leo, 'spår ett')
    assert.deepEqual(acts(one), ['receive', 'find anna', 'find leo'])
    assert.deepEqual(acts(two), ['receive', 'find anna'])
    assert.deepEqual(acts(other), ['receive'])
    // As if she had seen it yesterday.
    service.change(`DROP TRIGGER events_unchanged; UPDATE events SET at = at - 86400 WHERE case_number = ${number(two)} AND act = 'find'`)
    await search(anna, 'spår två')
    assert.deepEqual(acts(two), ['receive', 'find anna', 'find anna'])
    assert.ok(reading((await anna.page(`/staff/case/${one}`)).text).includes('Såg ärendet i en sökning'))
  })
  test('has one entry for two searches at once', async () => {
    const ref = await arrive({ name: 'Samtidig' })
    await Promise.all([search(anna, 'samtidig'), search(anna, 'samtidig'), search(anna, 'samtidig')])
    assert.deepEqual(acts(ref), ['receive', 'find anna'])
  })
  test('does not prevent an undo', async () => {
    const ref = await arrive({ name: 'Ångrad' })
    await anna.act(ref, 'claim')
    await anna.act(ref, 'attempt', { result: 'no-answer' })
    await search(leo, 'ångrad')
    assert.equal((await anna.act(ref, 'undo')).status, 303)
    assert.equal(service.sql(`SELECT state FROM cases WHERE number = ${number(ref)}`)[0].state, 'claimed')
  })
})

describe('likely duplicates', () => {
  const page = async (session, ref) => (await session.page(`/staff/case/${ref}`)).text
  const repeats = async (session, ref) => [...(await page(session, ref)).matchAll(/<p id="repeat-(\w{13})"><a[^>]*>(.*?)<\/a>/g)].map(([, ref, text]) => `${ref} ${reading(text)}`)
  const links = () => service.sql('SELECT count(*) AS n FROM links')[0].n
  async function opened (fields) {
    const ref = await arrive(fields)
    await anna.act(ref, 'claim')
    await anna.page(`/staff/case/${ref}`)
    return ref
  }

  test('are shown when a case is opened, and a press links or dismisses them', async () => {
    const phone = '070-174 06 31'
    const closed = await opened({ name: 'Upprepad', phone })
    await anna.act(closed, 'close', { outcome: 'work' })
    const waiting = await arrive({ name: 'Väntarsson', phone: '+46 70 174 06 31' })
    await arrive({ name: 'Upprepad', phone: '070-174 06 32' })
    const ref = await opened({ name: 'Ny', phone })
    const shown = await repeats(anna, ref)
    assert.equal(shown.length, 2)
    assert.match(shown[0], new RegExp(`^${waiting} Samma nummer finns i ärende ${waiting}, öppet sedan i dag`))
    assert.match(shown[1], new RegExp(`^${closed} Samma nummer finns i ärende ${closed}, avslutat i dag`))
    assert.doesNotMatch(await page(anna, ref), /Upprepad|Väntarsson/, 'a number, not a name')
    assert.deepEqual(acts(waiting), ['receive'], 'nobody was shown a name')
    const before = links()
    assert.match((await anna.act(ref, 'link', { other: closed, is: 'same' })).location, /notice=link$/)
    assert.match((await anna.act(ref, 'link', { other: waiting, is: 'apart' })).location, /notice=apart$/)
    assert.equal(links(), before + 1)
    assert.deepEqual(await repeats(anna, ref), [`${closed} Hör ihop med ärende ${closed}.`])
    assert.equal((await repeats(leo, closed))[0], `${ref} Hör ihop med ärende ${ref}.`)
    assert.equal(acts(ref).filter(act => act === 'link anna').length, 1)
    for (const fields of [{ other: closed, is: 'same' }, { other: waiting, is: 'same' }, { other: waiting, is: 'unlink' }, { other: ref, is: 'same' }, { other: 'x', is: 'same' }, { other: waiting }, { other: waiting, is: 'x' }]) assert.equal((await anna.act(ref, 'link', fields)).status, 409, JSON.stringify(fields))
    assert.equal(links(), before + 1)
  })
  test('that were linked by mistake can be unlinked', async () => {
    const phone = '070-174 06 36'
    const other = await opened({ name: 'Enberg', phone })
    const ref = await opened({ name: 'Tvåberg', phone })
    const found = await repeats(anna, ref)
    const before = links()
    assert.equal((await anna.act(ref, 'link', { other, is: 'unlink' })).status, 409, 'not linked yet')
    await anna.act(ref, 'link', { other, is: 'same' })
    assert.match(await page(anna, ref), /value="unlink"/)
    // By the holder of either case.
    assert.match((await anna.act(other, 'link', { other: ref, is: 'unlink' })).location, /notice=unlink$/)
    assert.equal(links(), before)
    assert.deepEqual(await repeats(anna, ref), found)
    assert.deepEqual([acts(ref).at(-1), acts(other).at(-1)], ['link anna', 'unlink anna'])
    assert.match(reading(await page(anna, other)), /Tog isär från ett annat ärende/)
    assert.equal((await anna.act(ref, 'link', { other, is: 'unlink' })).status, 409, 'again')
    await anna.act(ref, 'link', { other, is: 'same' })
    assert.equal((await leo.act(ref, 'link', { other, is: 'unlink' })).status, 409, 'not theirs')
    assert.doesNotMatch(await page(leo, ref), /value="unlink"/)
    assert.equal(links(), before + 1)
  })
  test('are searched once by each reader, among the cases that the reader may open', async () => {
    const phone = '070-174 06 33'
    const karlstad = await sendCase(service, { ...right.self, area: '1780', age: '20-24', phone }, '/karlstad')
    const known = await opened({ phone })
    await anna.act(known, 'recuse')
    const ref = await arrive({ phone, name: 'Sist' })
    await anna.act(ref, 'claim')
    const looks = () => service.sql(`SELECT length(box) AS size FROM duplicates WHERE case_number = ${number(ref)}`)
    assert.deepEqual((await repeats(anna, ref)).map(text => text.slice(0, 13)), [karlstad], 'she keeps away from the other')
    assert.equal(looks().length, 1)
    await arrive({ phone, name: 'Senare' })
    assert.equal((await repeats(anna, ref)).length, 1, 'no second look')
    await anna.act(ref, 'release')
    await kaa.act(ref, 'claim')
    assert.ok(!(await repeats(kaa, ref)).some(text => text.startsWith(karlstad)), 'another’s queue')
    assert.equal(looks().length, 2)
    const alone = await opened({ phone: '070-174 06 34' })
    assert.equal(new Set([...looks(), ...service.sql(`SELECT length(box) AS size FROM duplicates WHERE case_number = ${number(alone)}`)].map(row => row.size)).size, 1, 'its length tells whether something was found')
    assert.deepEqual(tracesInFolder(service.folder, [karlstad, '0701740633', '701740633']), [])
  })
  test('are shown to readers who may not link, and are removed by a purge', async () => {
    const phone = '070-174 06 35'
    const one = await opened({ phone })
    const two = await opened({ phone, name: 'Två' })
    assert.equal((await leo.act(two, 'link', { other: one, is: 'same' })).status, 409)
    await anna.act(two, 'close', { outcome: 'work' })
    assert.equal((await repeats(leo, two)).length, 1)
    assert.doesNotMatch(await page(leo, two), /action="[^"]*\/link"/)
    service.change(`UPDATE cases SET state = 'purged' WHERE number = ${number(two)}`)
    assert.equal(service.sql(`SELECT count(*) AS n FROM duplicates WHERE case_number = ${number(two)}`)[0].n, 0)
    assert.deepEqual(await repeats(anna, one), [])
  })
})

test('no typed or shown text is on the disk or in the log', async () => {
  await arrive({ name: 'Zebrarand Ökenräv', phone: '070-174 06 77' })
  assert.equal((await found(anna, 'Zebrarand')).length, 1)
  await search(anna, 'Zebrasökning utan träff')
  await search(anna, '070-174 06 77')
  assert.deepEqual(tracesInFolder(service.folder, ['Zebrarand', 'Ökenräv', 'Zebrasökning', '0701740677', '701740677', '174 06 77']), [])
  assert.doesNotMatch(readFileSync(service.log, 'utf8'), /Zebra/)
})

test('a damaged case is reported, and the others are still found', async () => {
  const lost = await arrive({ name: 'Skadad Ett' })
  const whole = await arrive({ name: 'Skadad Två' })
  service.change(`DROP TRIGGER records_unchanged; UPDATE records SET box = zeroblob(length(box)) WHERE case_number = ${number(lost)}`)
  const { status, text, hits } = await search(anna, 'skadad')
  assert.equal(status, 200)
  assert.deepEqual(hits.map(hit => hit.ref), [whole])
  assert.match(text, /1 ärende är skadat och gick inte att läsa/)
  const workers = service.workers()
  for (let i = 0; i < 20; i++) assert.equal((await search(anna, lost)).status, 503)
  assert.equal((await anna.page(`/staff/case/${lost}`)).status, 200)
  assert.deepEqual(service.workers(), workers, 'no worker has ended')
})
