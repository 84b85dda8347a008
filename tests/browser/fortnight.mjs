// Five coordinators, one of them in Chromium, work 200 cases over a fortnight with half a day, a holiday,
// a day on which all are on a course, and a colleague who falls ill. The clock
// goes on by half an hour at a time; at each the database says what is overdue,
// and every member who looks must have all of it on top of the page. An outbox
// lives by the same clock, and mails each promise that passes. SEED=number is
// another fortnight.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch } from '../support/browser.mjs'
import { Colleague, Correspondent } from '../support/colleague.mjs'
import { Outbox, tell, until } from '../support/outbox.mjs'
import { post, right, root, startService } from '../support/service.mjs'
import { addAccount, reference } from '../support/staff.mjs'

const seed = Number(process.env.SEED ?? 20270104)
const cases = 200
const day = 86400000; const halfHour = 1800000
/** Monday; Tuesday 5 January is half a day, Wednesday a holiday. */
const begin = Date.parse('2027-01-04T00:00+01:00')
const days = Number(process.env.DAYS ?? 14)

/** mulberry32: the same fortnight on every machine. */
function dice (seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const roll = dice(seed)
const pick = list => list[Math.floor(roll() * list.length)]

const staff = {
  berit: ['kristinehamn-kaa', 'kristinehamn-unga'],
  cia: ['kristinehamn-kaa', 'kristinehamn-unga', 'hagfors-unga'],
  david: ['karlstad-kaa', 'karlstad-unga'],
  eva: ['karlstad-kaa', 'karlstad-unga', 'arvika-unga', 'varmland-mottagning']
}
const places = ['/kristinehamn', '/kristinehamn', '/karlstad', '/karlstad', '/arvika', '/hagfors']
/** The groups in which each case stands once. */
const byDueTime = ['overdue', 'now', 'today', 'follow', 'parked', 'later']
const ages = ['15-17', '18-19', '20-24', '25-29', 'unsaid']

let service, browser, folder, colleagues, outbox
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fortnight-'))
  const config = join(folder, 'service.conf')
  // One sign-in a day each: half an hour between two looks would end a session.
  writeFileSync(config, readFileSync(join(root, 'conf/service.conf'), 'utf8')
    .replace('session_minutes = 30', 'session_minutes = 480').replaceAll('../assets', join(root, 'assets')));
  [service, browser] = await Promise.all([startService({ config, clock: begin - 2 * halfHour }), launch()])
  const queues = service.sql('SELECT DISTINCT queue FROM memberships').map(({ queue }) => queue)
  const hired = Object.entries(staff).map(([user, queues]) => [addAccount(service, user, 'coordinator', ...queues), queues])
  colleagues = await Promise.all([[service.coordinator, queues], ...hired]
    .map(async ([account, queues]) => {
      tell(service, account.user, `${account.user}@kommun.example`)
      return Object.assign(account === service.coordinator ? await new Colleague(service, account).start(browser, { width: 1280 }) : new Correspondent(service, account), { queues })
    }))
  outbox = new Outbox(service).start()
})
after(async () => {
  await browser.close()
  await outbox.end()
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** When each comes in, in order: by day and by night, on weekends too, most in the first ten days. */
function arrivals () {
  return Array.from({ length: cases }, () => begin + Math.floor(roll() ** 1.3 * (days - 2) * day)).sort((a, b) => a - b)
}

let people = 0
async function arrive () {
  const fields = { ...right.self, name: `Person ${++people}`, age: pick(ages), when: pick(['any', 'any', 'morning', 'afternoon']), contact: pick(['call', 'call', 'sms-first']) }
  delete fields.area
  const answer = await post(service.url + pick(places), fields)
  assert.equal(answer.status, 200)
  await answer.arrayBuffer()
}

const local = moment => new Date(moment + 3600000)
const dayOf = moment => local(moment).toISOString().slice(0, 10)
const hourOf = moment => local(moment).getUTCHours() + local(moment).getUTCMinutes() / 60
const weekday = moment => { const n = local(moment).getUTCDay(); return n > 0 && n < 6 }

/** Between meetings, on working days; cia is ill for two days, and nobody is there on the holiday and the course. */
function atWork (colleague, moment) {
  const date = dayOf(moment); const hour = hourOf(moment)
  if (!weekday(moment) || date === '2027-01-06' || date === '2027-01-08' || hour < 8 || hour >= (date === '2027-01-05' ? 12 : 16.5)) return false
  if (colleague.name === 'cia' && (date === '2027-01-11' || date === '2027-01-12')) return false
  return true
}

/** Every open case that is late now, by the database alone. */
const overdue = moment => service.sql(`SELECT CAST(number AS TEXT) AS number, queue, due_at FROM cases
  WHERE closed_at IS NULL AND due_at < ${Math.floor(moment / 1000)} ORDER BY due_at, number`)
  .map(({ number, ...row }) => ({ ref: reference(number), ...row }))

const seen = new Map()	// each that has been late: who has had it on top, and when
let looks = 0; let acts = 0; let lost = 0; let answered = 0

function note (late) {
  for (const { ref, queue, due_at: due } of late) if (!seen.has(ref)) seen.set(ref, { queue, due, by: new Set() })
}

async function whole (colleague) {
  const groups = await colleague.look()
  // The rest of a long list; what is late is first.
  while (groups.at(-1)?.name === 'overdue' && await colleague.next()) {
    const [first, ...more] = await colleague.groups()
    groups.at(-1).rows.push(...(first?.name === 'overdue' ? first.rows : []))
    groups.push(...more)
  }
  return groups
}

/** Waits until whoever works in an open queue has been mailed of each that is late; told once for each due time. */
const untold = moment => service.sql(`SELECT CAST(number AS TEXT) AS number FROM cases WHERE closed_at IS NULL AND due_at < ${Math.floor(moment / 1000)}
  AND NOT EXISTS (SELECT 1 FROM overdue_told AS told WHERE told.case_number = number AND told.due_at = cases.due_at)`).length
const alerted = moment => until(() => untold(moment) === 0, () => `${untold(moment)} are late and nobody was told`)

/**
 * The page as a colleague finds it: what is late stands on top, all of it, and
 * nothing else does. The others go on meanwhile, so that what was late both
 * before and after must be there, and what was late at neither must not.
 */
async function look (colleague) {
  const late = () => new Set(overdue(service.clock.now()).filter(({ queue }) => colleague.queues.includes(queue)).map(({ ref }) => ref))
  const before = late()
  const groups = await whole(colleague)
  const after = late()
  looks++
  // Above it stands only what a colleague has announced or must read.
  const [first] = groups.filter(({ name }) => name !== 'soon' && name !== 'declined')
  const top = new Set(first?.name === 'overdue' ? first.rows.map(row => row.ref) : [])
  const who = `${colleague.name} at ${local(service.clock.now()).toISOString()}`
  assert.deepEqual([...before].filter(ref => after.has(ref) && !top.has(ref)), [], `${who}: late, and not on top`)
  assert.deepEqual([...top].filter(ref => !before.has(ref) && !after.has(ref)), [], `${who}: on top, and not late`)
  assert.ok(groups.filter(group => group !== first).every(({ name }) => name !== 'overdue'))
  for (const ref of top) seen.get(ref)?.by.add(colleague.name)
  return groups
}

/** One call: what came of it is the dice's. */
async function ring (colleague, roll) {
  const n = roll()
  const later = dayOf(service.clock.now() + (1 + Math.floor(roll() * 5)) * day)
  acts++
  if (n < 0.05) await colleague.park(later)
  else if (n < 0.40) await colleague.attempt('no-answer')
  else if (n < 0.50) await colleague.attempt('left-message')
  else if (n < 0.60) await colleague.attempt('texted')
  else if (n < 0.64) await colleague.attempt('wrong-number')
  else if (n < 0.80) await colleague.attempt('reached', later)
  else if (n < 0.90) await colleague.attempt('reached')
  else if (n >= 0.94) await colleague.close('work')
  // Not a second time, while the other queue has not answered.
  else if (await colleague.has('/offer')) await colleague.offer(roll)
}

/** Most who are asked say yes. Whether there was anything to answer. */
async function answer (colleague, groups, roll) {
  const offered = groups.find(({ name }) => name === 'offered')?.rows ?? []
  for (const { ref } of offered) {
    await colleague.open(ref)
    // Whoever was asked with them may have been first.
    if (!await colleague.has('/accept')) continue
    acts++
    answered++
    await colleague.answer(roll() < 0.7)
  }
  return offered.length > 0
}

/** Works from the top through what is late, for today and, with time left, for later; has time for so many. */
async function work (colleague, roll) {
  if (await answer(colleague, await look(colleague), roll)) await colleague.look()
  for (let left = 1 + Math.floor(roll() * 4); left > 0; left--) {
    const row = (await colleague.groups()).filter(({ name }) => byDueTime.includes(name)).flatMap(({ name, rows }) => rows.map(row => ({ ...row, name }))).find(row => row.free || (row.mine && row.name !== 'later'))
    if (!row) return
    if (row.mine) await colleague.open(row.ref)
    // A deputy, or whoever is free while the holder is away, may have been first, with one's own case too.
    if (row.mine ? !await colleague.has('/attempt') : !await colleague.claim(row.ref)) { lost++; await colleague.look(); continue }
    await ring(colleague, roll)
    if (left > 1 && colleague.path !== '/staff/queue') await colleague.look()
  }
}

test(`nothing is late without having been on top, seed ${seed}`, { timeout: 1200000 }, async () => {
  const coming = arrivals()
  const own = new Map(colleagues.map((colleague, i) => [colleague, { roll: dice(seed + i + 1), day: '' }]))
  const began = Date.now()

  for (let moment = begin; moment < begin + days * day; moment += halfHour) {
    for (; coming.length > 0 && coming[0] < moment; coming.shift()) {
      service.clock.set(Math.max(coming[0], service.clock.now()))
      await arrive()
    }
    const there = colleagues.filter(colleague => atWork(colleague, moment))
    if (there.length === 0) continue
    service.clock.set(moment + 10000)
    const late = overdue(service.clock.now())
    note(late)
    await alerted(moment)
    await Promise.all(there.map(async colleague => {
      const { roll } = own.get(colleague)
      const morning = own.get(colleague).day !== dayOf(moment)
      if (!morning && roll() > 0.25) return
      if (morning) { own.get(colleague).day = dayOf(moment); await colleague.signIn() }
      await work(colleague, roll)
    }))
    // What is late no longer was seen late before somebody dealt with it.
    const still = new Set(overdue(service.clock.now()).map(({ ref }) => ref))
    for (const { ref } of late) if (!still.has(ref)) assert.ok(seen.get(ref).by.size > 0, `${ref} was late, and nobody saw it`)
  }
  const doctor = service.run('doctor', '--data', service.folder)
  console.log(`# seed ${seed}: ${people} cases, ${looks} looks, ${acts} acts, ${lost} lost to a colleague, ${seen.size} were late, ${answered} offers answered; ${Math.round((Date.now() - began) / 1000)} s`)
  console.log(doctor.replace(/^/gm, '# '))
  assert.match(doctor, /^0 faults$/m)
  assert.equal(people, cases)
  assert.ok(seen.size >= 20, `only ${seen.size} were ever late: this fortnight shows nothing`)
  assert.ok(acts >= cases, `only ${acts} calls and answers`)
})
