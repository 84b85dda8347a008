// The worklist's filters, pages and numbers, the closed cases, and what the reader did lately.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
import { addAccount, number, reference, sendCase, signedIn } from '../support/staff.mjs'
import { reading, unescaped } from '../support/text.mjs'

let service, anna, berit, una
const refs = []
const does = async (session, ref, what, fields) => assert.equal((await session.act(ref, what, fields)).status, 303, `${what} ${ref}`)
const account = user => reference(service.sql(`SELECT CAST(number AS TEXT) AS number FROM accounts WHERE user = '${user}'`)[0].number)

before(async () => {
  service = await startService({ clock: '2027-01-07T09:00+01:00' })
  anna = await signedIn(service, service.coordinator)
  for (let i = 0; i < 8; i++) refs.push(await sendCase(service, { ...right.self, name: `Person ${i}` }))
  service.clock.set('2027-01-12T13:00+01:00')
  const hired = [addAccount(service, 'berit', 'coordinator', 'kristinehamn-unga', 'kristinehamn-kaa'), addAccount(service, 'una', 'coordinator', 'karlstad-unga')];
  [anna, berit, una] = await Promise.all([service.coordinator, ...hired].map(each => signedIn(service, each)))
  service.change(`UPDATE cases SET due_at = due_at - 7 * 86400 WHERE number IN (${refs.slice(0, 3).map(number)})`)
  await does(anna, refs[3], 'claim')
  await does(anna, refs[4], 'claim')
  await does(anna, refs[4], 'attempt', { result: 'no-answer' })
  await does(anna, refs[5], 'claim')
  await does(anna, refs[5], 'attempt', { result: 'reached' })
  await does(berit, refs[6], 'claim')
})
after(() => service.stop())

/** The cases of a list, in its order, each once, and its page. */
async function list (path, session = anna) {
  const { status, text } = await session.page(path)
  assert.equal(status, 200, path)
  return { text, refs: [...text.matchAll(/<li id="row-case-(\w{13})"/g)].map(([, ref]) => ref) }
}
const which = async (query, session) => (await list(`/staff/queue?${query}`, session)).refs.map(ref => refs.indexOf(ref)).sort()

describe('a filter', () => {
  for (const [query, expected] of [
    ['due=overdue', [0, 1, 2]], ['holder=nobody', [0, 1, 2, 4, 7]], ['did=tried', [4]], ['did=reached', [5]], ['mine=1', [3, 5]],
    ['due=overdue&holder=nobody&did=tried', []], ['due=overdue&mine=1', []]
  ]) test(query, async () => assert.deepEqual(await which(query), expected))
  test('who has it', async () => {
    assert.deepEqual(await which(`holder=${account('berit')}`), [6])
    assert.deepEqual(await which(`holder=${account(service.coordinator.user)}`), [3, 5])
    assert.deepEqual(await which('did=tried', berit), [], 'another has tried')
    const { text } = await list(`/staff/queue?holder=${account('berit')}`)
    assert.match(text, new RegExp(`<option value="${account('berit')}" selected>Berit Prov`))
    assert.doesNotMatch((await list('/staff/queue', una)).text, /Berit Prov/, 'of no common queue')
  })
  test('an attempt that was undone does not count', async () => {
    await does(berit, refs[7], 'claim')
    await does(berit, refs[7], 'attempt', { result: 'no-answer' })
    assert.deepEqual(await which('did=tried', berit), [7])
    await does(berit, refs[7], 'undo')
    assert.deepEqual(await which('did=tried', berit), [])
    await does(berit, refs[7], 'release')
  })
  test('an unknown one is refused', async () => {
    for (const query of ['due=never', 'did=slept', 'holder=x', 'before=x', 'after=1-2']) assert.equal((await anna.page(`/staff/queue?${query}`)).status, 400, query)
  })
})

test('the numbers are links to what they count', async () => {
  const { text } = await list('/staff/queue')
  const links = [...text.match(/id="counts"[^]*?<\/p>/)[0].matchAll(/href="([^"]+)">([^<]+)</g)].map(([, href, words]) => [unescaped(href), words])
  assert.deepEqual(links.map(([, words]) => words), ['3 försenade', '3 i dag', '8 öppna', '2 är dina'])
  for (const [href, words] of links) assert.equal((await list(href)).refs.length, parseInt(words), words)
})

test('a page has the page before it and the page after it', async () => {
  const many = 130
  service.change(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})
    INSERT INTO cases (number, area, queue, who, age, part_of_day, speak, inflow, state, received_at, promised_at, due_at)
    SELECT i, area, 'karlstad-unga', who, age, part_of_day, speak, inflow, 'waiting', received_at, promised_at, due_at - i % 9 * 86400 FROM n, cases WHERE number = ${number(refs[7])};
    INSERT INTO events (case_number, step, account, at, act, from_state, to_state, due_at)
    SELECT number, 1, 0, received_at, 'receive', 'waiting', 'waiting', due_at FROM cases WHERE queue = 'karlstad-unga'`)
  for (const query of ['', '?sort=arrival', '?holder=nobody']) {
    const forward = []
    for (let path = `/staff/queue${query}`; path;) {
      const page = await list(path, una)
      forward.push(page.refs)
      path = unescaped(/href="([^"]+)" rel="next"/.exec(page.text)?.[1] ?? '')
      if (path) continue
      assert.equal(new Set(forward.flat()).size, many, query)
      // And all the way back.
      let { text } = page
      for (const expected of forward.slice(0, -1).reverse()) {
        const before = await list(unescaped(/href="([^"]+)" rel="prev"/.exec(text)[1]), una)
        assert.deepEqual(before.refs, expected, query)
        text = before.text
      }
      assert.doesNotMatch(text, /rel="prev"/)
    }
    assert.deepEqual(forward.map(page => page.length), [50, 50, 30], query)
  }
  // The row to ring now stands on the first page alone.
  assert.equal((await list('/staff/queue', una)).text.match(/Börja här/g).length, 1)
  assert.doesNotMatch((await list(unescaped(/href="([^"]+)" rel="next"/.exec((await list('/staff/queue', una)).text)[1]), una)).text, /Börja här/)
})

describe('what is past', () => {
  test('closed cases are listed for their queue alone, last closed first, without names', async () => {
    service.clock.forward(60)
    for (const ref of [refs[3], refs[5]]) await does(anna, ref, 'close', { outcome: 'work' })
    const page = await anna.page('/staff/closed')
    assert.deepEqual([...page.text.matchAll(/href="\/staff\/case\/(\w{13})"/g)].map(([, ref]) => ref), [refs[5], refs[3]].sort().reverse())
    assert.match(reading(page.text), /Jobb/)
    assert.doesNotMatch(page.text, /Person \d/)
    assert.match(reading((await una.page('/staff/closed')).text), /Här finns inget avslutat ärende/)
    assert.equal((await anna.page('/staff/closed?after=x')).status, 400)
    const [{ closed_at: at }] = service.sql(`SELECT closed_at FROM cases WHERE number = ${number(refs[5])}`)
    assert.equal([...(await anna.page(`/staff/closed?after=${at}-${[refs[3], refs[5]].sort()[1]}`)).text.matchAll(/href="\/staff\/case\/(\w{13})"/g)].length, 1)
  })
  test('what I did is mine alone, newest first, and not what I read', async () => {
    const { text } = await anna.page('/staff/history')
    const acts = [...text.matchAll(/href="\/staff\/case\/(\w{13})">([^<]+)</g)].map(([, ref, act]) => `${refs.indexOf(ref)} ${act}`)
    assert.deepEqual(acts.slice(0, 2).sort(), ['3 Avslutade ärendet', '5 Avslutade ärendet'])
    assert.deepEqual(acts.slice(2).sort(), ['3 Tog ärendet', '4 Inget svar', '4 Tog ärendet', '5 Nådde personen', '5 Tog ärendet'])
    assert.doesNotMatch(text, /Öppnade|Person \d/)
    assert.match(reading((await una.page('/staff/history')).text), /Du har inte gjort något än/)
  })
  test('an act of mine that was undone is struck through', async () => {
    await does(berit, refs[7], 'claim')
    await does(berit, refs[7], 'release')
    await does(berit, refs[7], 'undo')
    const acts = [...(await berit.page('/staff/history')).text.matchAll(/href="\/staff\/case\/(\w{13})">(.+?)<\/a>( \(ångrat\))?/g)].map(([, ref, act, undone]) => `${refs.indexOf(ref)} ${act}${undone ?? ''}`)
    assert.deepEqual(acts.slice(0, 3).sort(), ['7 <del>Lämnade tillbaka till kön</del> (ångrat)', '7 Tog ärendet', '7 Ångrade det förra'])
  })
  test('a case that the reader may not see any more is in neither', async () => {
    await does(berit, refs[6], 'recuse')
    assert.doesNotMatch((await berit.page('/staff/history')).text, new RegExp(refs[6]))
  })
})

test('after an act the next case is one press away, and not the same one', async () => {
  await does(berit, refs[0], 'claim')
  const { location } = await berit.act(refs[0], 'release')
  const { text } = await berit.page(location)
  const [, action] = /class="onward" method="post" action="([^"]+)"/.exec(text)
  assert.notEqual(action, `/staff/case/${refs[0]}/claim`)
  assert.doesNotMatch(text, /Börja här/, 'shown once')
  assert.doesNotMatch((await berit.page('/staff/queue')).text, /class="onward"/, 'without an act')
})
