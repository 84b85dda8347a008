// Closing by two people, follow-up, and reopening.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { outcomesOfCase, right, startService } from '../support/service.mjs'
import { addAccount, sendCase, signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, anna, leo, sent = 0
before(async () => {
  service = await startService()
  anna = await signedIn(service, service.coordinator)
  leo = await signedIn(service, service.lead)
})
after(() => service.stop())

const why = 'Zebraskäl: har flyttat till Norge'
async function claimed (fields) {
  const ref = await sendCase(service, { ...right.self, name: `Prov ${++sent}`, ...fields })
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  return ref
}
async function reached (fields) {
  const ref = await claimed(fields)
  assert.equal((await anna.act(ref, 'attempt', { result: 'reached' })).status, 303)
  return ref
}
const row = () => service.sql(`SELECT state, ${outcomesOfCase}, due_at, closed_at,
  (SELECT user FROM accounts a WHERE a.number = holder) AS holder FROM cases ORDER BY number DESC LIMIT 1`)[0]
const acts = () => service.sql('SELECT act FROM events WHERE case_number = (SELECT max(number) FROM cases) ORDER BY step').map(event => event.act)
const page = async (who, ref) => (await who.page(`/staff/case/${ref}`)).text
const day = days => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)
/** Asks for a closing; which proposal it is, as the second person's form has it. */
async function proposed (ref, outcome = 'moved') {
  assert.match((await anna.act(ref, 'propose', { outcome, note: why })).location, /case\/\w+\?notice=propose$/)
  return held(await page(leo, ref), 'proposal')
}

describe('closing by two people', () => {
  test('leaves the case with its holder until a second person reads the reason and confirms', async () => {
    const ref = await claimed()
    const before = row()
    assert.doesNotMatch(await page(leo, ref), /Prov|Zebra/)
    const proposal = await proposed(ref)
    assert.deepEqual(row(), before)
    assert.equal(service.sql('SELECT kind FROM alerts ORDER BY id DESC LIMIT 1')[0].kind, 5)
    const own = reading(await page(anna, ref))
    assert.ok(own.includes('Väntar på att en kollega bekräftar avslutet') && own.includes('Leo Lind'), own)
    assert.ok(!own.includes('Bekräfta avslutet'), 'the asker may confirm')
    const other = reading(await page(leo, ref))
    for (const words of ['Anna Andersson vill avsluta ärendet', 'Har flyttat', why, 'Bekräfta avslutet']) assert.ok(other.includes(words), words)
    assert.equal((await anna.act(ref, 'confirm', { proposal })).status, 409)
    assert.match((await leo.act(ref, 'confirm', { proposal })).location, /notice=confirm/)
    assert.deepEqual([row().state, row().outcomes, row().holder], ['closed', 'moved', null])
    assert.deepEqual(acts().filter(act => act !== 'open'), ['receive', 'claim', 'propose', 'confirm'])
    assert.equal(service.count('closings'), 0)
  })
  test('needs two people when no body takes over the person, and a reason', async () => {
    const ref = await claimed()
    const before = service.contents()
    const alone = await anna.act(ref, 'close', { outcome: 'moved', note: why })
    assert.equal(alone.status, 409)
    assert.ok(reading(alone.text).includes('När ingen tar vid behövs ett skäl och en kollega som bekräftar.'))
    assert.equal((await anna.act(ref, 'propose', { outcome: 'moved', note: ' ' })).status, 422)
    assert.equal((await anna.act(ref, 'propose', { outcome: 'work', note: why })).status, 409)
    assert.equal((await anna.act(ref, 'propose', { outcome: '', note: why })).status, 422)
    assert.deepEqual(service.changes(before).filter(row => !row.includes("'open'")), [])
  })
  test('can be refused with a reason, or withdrawn; the holder keeps the case', async () => {
    const ref = await claimed()
    let proposal = await proposed(ref)
    assert.equal((await leo.act(ref, 'object', { proposal })).status, 422)
    assert.match((await leo.act(ref, 'object', { proposal, note: 'Zebranej: ring igen' })).location, /notice=object/)
    assert.ok((await page(anna, ref)).includes('Zebranej'))
    assert.equal(row().holder, 'anna')
    proposal = await proposed(ref)
    assert.equal((await anna.act(ref, 'object', { proposal })).status, 303)
    assert.equal((await leo.act(ref, 'confirm', { proposal })).status, 409)
    assert.equal(row().state, 'claimed')
  })
  test('refuses an answer to an older proposal', async () => {
    const ref = await claimed()
    const first = await proposed(ref)
    await anna.act(ref, 'object', { proposal: first })
    const second = await proposed(ref, 'misconduct')
    assert.notEqual(first, second)
    for (const proposal of [first, '', 'x', '0000000000001']) assert.equal((await leo.act(ref, 'confirm', { proposal })).status, 409, proposal)
    assert.equal((await leo.act(ref, 'confirm', { proposal: second })).status, 303)
    assert.equal(row().outcomes, 'misconduct')
  })
  test('has one winner when two confirm at once, or when the holder acts at once', async () => {
    const berit = await signedIn(service, addAccount(service, 'berit', 'coordinator', 'kristinehamn-kaa'))
    for (let i = 0; i < 20; i++) {
      const ref = await claimed()
      const proposal = await proposed(ref)
      const second = i % 2 ? berit.act(ref, 'confirm', { proposal }) : anna.act(ref, 'attempt', { result: 'no-answer' })
      const both = await Promise.all([leo.act(ref, 'confirm', { proposal }), second])
      assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
      assert.equal(row().state, i % 2 || both[0].status === 303 ? 'closed' : 'waiting')
      assert.equal(service.count('closings'), 0)
    }
  })
  test('says so when the queue has no second person', async () => {
    const karl = await signedIn(service, addAccount(service, 'karl', 'coordinator', 'arvika-unga'))
    const ref = await sendCase(service, { ...right.self, area: '1784', name: 'Ensam' }, '/arvika')
    await karl.act(ref, 'claim')
    const others = service.sql("SELECT count(DISTINCT account) AS n FROM memberships WHERE queue = 'arvika-unga'")[0].n - 1
    assert.equal(reading(await page(karl, ref)).includes('Just nu finns ingen annan i kön som kan bekräfta.'), others === 0)
  })
})

describe('follow-up', () => {
  test('plans contacts, which are edited and made, and then the case may close', async () => {
    const ref = await reached()
    const html = await page(anna, ref)
    const proposal = ['call1', 'call2', 'call3'].map(name => held(html, name))
    proposal.forEach((date, i) => assert.ok(Date.parse(date) >= Date.parse(day([14, 42, 84][i])) && Date.parse(date) <= Date.parse(day([24, 52, 94][i])), date))
    assert.match((await anna.act(ref, 'begin', { outcome: 'work+studies', call1: proposal[0], call2: '', call3: proposal[2], note: '' })).location, /notice=begin$/)
    assert.deepEqual([row().state, row().outcomes], ['following', 'studies work'])
    const plan = service.sql('SELECT at FROM plans ORDER BY at').map(({ at }) => at)
    assert.equal(plan.length, 2)
    assert.equal(row().due_at, plan[0])
    await anna.act(ref, 'attempt', { result: 'reached' })
    assert.equal(row().due_at, plan[1])
    await anna.act(ref, 'undo')
    assert.equal(row().due_at, plan[0])
    await anna.act(ref, 'attempt', { result: 'reached' })
    await anna.act(ref, 'attempt', { result: 'reached' })
    const over = await page(anna, ref)
    assert.ok(reading(over).includes('Inga fler samtal är planerade. Nu kan ärendet avslutas.'))
    assert.match(over, /value="work\+studies" selected/)
  })
  test('needs at least one contact, all within the coming year', async () => {
    const ref = await reached()
    for (const [fields, status] of [[{}, 409], [{ call1: day(-3) }, 409], [{ call1: day(10), call2: day(370) }, 409], [{ call1: 'snart' }, 422], [{ call1: day(10), outcome: 'care' }, 409], [{ call1: day(10), outcome: '' }, 409]]) {
      assert.equal((await anna.act(ref, 'begin', { outcome: 'work', ...fields })).status, status, JSON.stringify(fields))
    }
    assert.equal(row().state, 'reached')
  })
  test('can be declined by the person', async () => {
    const ref = await reached()
    await anna.act(ref, 'begin', { outcome: 'studies', call1: day(20) })
    assert.match((await anna.act(ref, 'decline')).location, /notice=decline$/)
    assert.ok(reading(await page(anna, ref)).includes('Inga fler samtal är planerade.'))
    assert.equal((await anna.act(ref, 'close', { outcome: 'studies' })).status, 303)
  })
  test('has a reminder before the twentieth birthday, which stores no birthday and can be removed', async () => {
    const ref = await claimed({ age: '18-19' })
    const year = String(new Date().getFullYear() + 1)
    assert.match((await anna.act(ref, 'remind', { month: '12', year })).location, /notice=remind$/)
    const [{ at }] = service.sql('SELECT at FROM reminders')
    assert.equal(new Date((at + 3 * 3600) * 1000).toISOString().slice(0, 10), `${year}-09-01`)
    assert.ok(reading(await page(anna, ref)).includes('påminns vi om att någon ska ta över före 20-årsdagen'))
    for (const fields of [{ month: '13', year }, { month: '1', year: '2020' }, { month: '1', year: '99999' }, { month: 'x', year }, { month: '1' }]) {
      assert.equal((await anna.act(ref, 'remind', fields)).status, 422, JSON.stringify(fields))
    }
    assert.equal((await anna.act(ref, 'remind')).status, 303)
    assert.equal(service.count('reminders'), 0)
  })
  test('has no reminder for a person who has turned twenty', async () => {
    const ref = await sendCase(service, { ...right.self, age: '20-24', name: `Prov ${++sent}` })
    await anna.act(ref, 'claim')
    assert.doesNotMatch(await page(anna, ref), /\/remind"/)
    assert.equal((await anna.act(ref, 'remind', { month: '12', year: String(new Date().getFullYear() + 1) })).status, 409)
  })
})

describe('a closed case', () => {
  test('gets a further outcome once, and can be reopened', async () => {
    const ref = await claimed()
    await anna.act(ref, 'close', { outcome: 'care' })
    const closed = row()
    assert.match((await leo.act(ref, 'close', { outcome: 'work' })).location, /case\/\w+\?notice=added$/)
    assert.equal((await leo.act(ref, 'close', { outcome: 'work' })).status, 409)
    assert.deepEqual([row().outcomes, row().closed_at], ['care work', closed.closed_at])
    assert.ok(reading(await page(anna, ref)).includes('Lade till ett utfall'))
    assert.match((await leo.act(ref, 'reopen')).location, /notice=reopen$/)
    assert.deepEqual([row().state, row().holder, row().closed_at], ['claimed', 'leo', null])
    assert.ok(row().due_at > Date.now() / 1000)
    const both = await Promise.all([anna.act(ref, 'reopen'), leo.act(ref, 'reopen')])
    assert.deepEqual(both.map(({ status }) => status), [409, 409])
  })
})

test('no reason is readable on the disk or in the log, and the doctor finds no fault', () => {
  assert.deepEqual(tracesInFolder(service.folder, ['Zebraskäl', 'Zebranej', 'flyttat till Norge']), [])
  assert.match(service.run('doctor', '--data', service.folder), /^0 faults$/m)
})
