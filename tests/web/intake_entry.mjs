// A call or a visit that a coordinator writes down: it goes into the same queue by the same
// rules, with its own way in and its author.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
import { promisedDay, queues } from '../support/promise.mjs'
import { addAccount, reference, signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, anna, una
before(async () => {
  service = await startService()
  anna = await signedIn(service, service.coordinator)
  una = await signedIn(service, addAccount(service, 'una', 'coordinator', 'karlstad-unga'))
})
after(() => service.stop())

let people = 0
const call = fields => ({ ...right.self, way: 'phone', when: 'any', speak: 'sv', name: `Qvzentry ${++people}`, ...fields })
const last = () => service.sql(`SELECT CAST(number AS TEXT) AS number, state, queue, area, age, who, inflow, code, due_at - received_at AS promise,
  (SELECT user FROM accounts a WHERE a.number = holder) AS holder FROM cases c ORDER BY received_at DESC, number DESC LIMIT 1`)[0]
const acts = number => service.sql(`SELECT act, (SELECT user FROM accounts a WHERE a.number = account) AS who FROM events WHERE case_number = ${number} ORDER BY step`)
  .map(({ act, who }) => who ? `${act} ${who}` : act)
const enter = async (session, fields) => {
  const answer = await session.post('/staff/new', fields)
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() }
}

describe('a call that is written down', () => {
  test('waits in the queue that the form would have chosen, with its author', async () => {
    const { status, location } = await enter(anna, call({ message: 'Ville börja om.' }))
    assert.equal(status, 303)
    assert.equal(location, '/staff/queue?notice=entered')
    const { number, promise, ...row } = last()
    assert.deepEqual(row, { state: 'waiting', queue: 'kristinehamn-kaa', area: '1781', age: '18-19', who: 'self', inflow: 'phone', code: null, holder: null })
    assert.ok(promise > 0)
    assert.deepEqual(acts(number), ['receive anna'])
    assert.ok(reading((await anna.page(location)).text).includes('Sparat. Ärendet ligger i kön.'))
  })

  test('can be claimed in the same press', async () => {
    const { status, location } = await enter(anna, call({ way: 'visit', take: 'yes', message: 'Kom in med sin mamma.' }))
    assert.equal(status, 303)
    const { number, state, holder, inflow } = last()
    assert.equal(location, `/staff/case/${reference(number)}?notice=taken`)
    assert.deepEqual({ state, holder, inflow }, { state: 'claimed', holder: 'anna', inflow: 'phone' })
    assert.deepEqual(acts(number), ['receive anna', 'claim anna'])
    const page = reading((await anna.page(location)).text)
    for (const words of [`Qvzentry ${people}`, 'Kom in med sin mamma.', 'Kom på besök', 'Antecknat när personen hörde av sig']) assert.ok(page.includes(words), words)
  })

  test('of a relative says whether the young person knows', async () => {
    assert.equal((await enter(anna, call({ who: 'relative', knows: 'no', take: 'yes' }))).status, 303)
    assert.ok(reading((await anna.page(`/staff/case/${reference(last().number)}`)).text).includes('Den unga vet inte om det.'))
  })

  test('makes one case when it is pressed twice', async () => {
    const fields = call()
    const before = service.count('cases')
    const answers = await Promise.all(Array.from({ length: 6 }, () => enter(anna, fields)))
    assert.deepEqual(answers.map(({ status }) => status), Array(6).fill(303))
    assert.equal(service.count('cases'), before + 1)
  })

  test('for another queue waits there, untaken, and its author is told why and cannot read it', async () => {
    for (const take of [undefined, 'yes']) {
      const { status, location } = await enter(una, call(take ? { take } : {}))
      assert.equal(status, 303)
      assert.equal(location, `/staff/queue?notice=entered${take ? '-elsewhere' : ''}`)
      const { number, holder, state } = last()
      assert.deepEqual({ holder, state }, { holder: null, state: 'waiting' })
      assert.deepEqual(acts(number), ['receive una'])
      assert.equal((await una.page(`/staff/case/${reference(number)}`)).status, 404)
      assert.match((await anna.page(`/staff/case/${reference(number)}`)).text, /claim/)
      if (take) assert.ok(reading((await una.page(location)).text).includes('ärendet hör till en kö som inte är din.'))
    }
  })

  for (const [way, says] of [['phone', 'Ringde'], ['voicemail', 'Pratade in ett meddelande'], ['visit', 'Kom på besök'], ['mail', 'Skrev mejl'], ['text', 'Skrev sms']]) {
    test(`shows how the person got in touch: ${way}`, async () => {
      assert.equal((await enter(anna, call({ way, take: 'yes' }))).status, 303)
      assert.equal(last().inflow, 'phone')
      assert.ok(reading((await anna.page(`/staff/case/${reference(last().number)}`)).text).includes(`Väg in ${says} Kom in`))
    })
  }

  test('of somebody in their job has the workplace, the yes and the helper', async () => {
    const fields = call({ ...right.professional, name: 'Qvzentry Cim', take: 'yes', helper_name: 'Qvzentry Nilla', helper_phone: '070-174 06 98' })
    for (const [without, says] of [[{ workplace: '' }, 'Välj var hen arbetar.'], [{ agreed: '' }, 'Svara på om den unga har sagt ja.'], [{ agreed: 'no' }, 'Har den unga inte sagt ja kan vi inte ringa.']]) {
      const before = service.contents()
      const { status, html } = await enter(anna, { ...fields, ...without })
      assert.equal(status, 422)
      assert.ok(reading(html).includes(says), says)
      assert.equal(held(html, 'helper_name'), 'Qvzentry Nilla')
      assert.equal(service.contents(), before)
    }
    assert.equal((await enter(anna, fields)).status, 303)
    assert.deepEqual([last().who, last().inflow], ['professional', 'phone'])
    assert.equal(service.sql(`SELECT workplace FROM cases WHERE number = ${last().number}`)[0].workplace, 'health')
    const page = reading((await anna.page(`/staff/case/${reference(last().number)}`)).text)
    for (const words of ['Qvzentry Nilla', 'Arbetsplats Vården']) assert.ok(page.includes(words), words)
  })

  test('begins with nothing chosen that statistics count', async () => {
    const { text } = await anna.page('/staff/new')
    for (const name of ['way', 'who', 'age', 'area', 'contact', 'workplace', 'agreed', 'knows']) {
      const select = new RegExp(`<select[^>]* name="${name}"[^]*?</select>`).exec(text)[0]
      assert.match(select, /<option value="">/, name)
      assert.doesNotMatch(select, / selected/, name)
    }
  })
})

describe('a fault in the form', () => {
  for (const [field, value, says] of [
    ['phone', '12', /nummer/i], ['name', '', /namn/i], ['age', '', /ålder/i], ['age', '17', /ålder/i], ['area', '', /Välj kommun/],
    ['area', '9999', /Välj kommun/], ['contact', '', /höra av oss|hör av oss|Välj/], ['way', 'pigeon', /Välj hur personen hörde av sig/], ['way', '', /Välj hur personen hörde av sig/], ['way', 'form', /Välj hur personen hörde av sig/],
    ['who', '', /Välj vem som hörde av sig/], ['when', 'night', /Välj/], ['message', 'x'.repeat(5000), /för lång|kortare|tecken/]
  ]) {
    test(`${field}: "${value.slice(0, 12)}" is shown at its field; the form keeps every answer and stores none`, async () => {
      const before = service.contents()
      const { status, html } = await enter(anna, call({ message: 'Står kvar', [field]: value }))
      assert.equal(status, 422)
      assert.match(html, new RegExp(`id="${field}"[^>]* aria-invalid="true" aria-describedby="(?:[^"]* )?${field}-fault"`))
      assert.match(reading(html), says)
      if (field !== 'name') assert.equal(held(html, 'name'), `Qvzentry ${people}`)
      if (field !== 'message') assert.ok(html.includes('Står kvar'))
      assert.equal(service.contents(), before)
    })
  }

  test('says before it is sent how long the note may be', async () => {
    const { text } = await anna.page('/staff/new')
    assert.match(text, /<textarea[^>]* name="message"[^>]* aria-describedby="message-most">[^]*id="message-most" data-most="500">Högst 500 tecken\.[^]*src="\/staff\/fits\.js"/)
  })
  for (const field of ['phone', 'helper_phone']) {
    test(`a personnummer in ${field} is not asked for as the reader's own number`, async () => {
      const { html } = await enter(anna, call({ who: 'professional', workplace: 'health', agreed: 'yes', [field]: '640823-3234' }))
      assert.match(reading(html), /Det ser ut som ett personnummer\. Skriv bara telefonnumret\./)
      assert.ok(!/ditt telefonnummer/.test(reading(html)))
    })
  }

  test('an unknown field changes nothing', async () => {
    const before = service.contents()
    assert.ok([400, 422].includes((await enter(anna, call({ personnummer: '20010101-1234' }))).status))
    assert.equal(service.contents(), before)
  })
})

describe('when the person got in touch', () => {
  let friday, andrea
  before(async () => {
    // Monday after the clocks went forward on Sunday 28 March 2027; Friday before it was a half day of Easter week.
    friday = await startService({ clock: '2027-03-29T09:30+02:00' })
    andrea = await signedIn(friday, friday.coordinator)
  })
  after(() => friday.stop())
  const row = () => friday.sql('SELECT CAST(number AS TEXT) AS number, received_at, promised_at, due_at FROM cases ORDER BY number DESC LIMIT 1')[0]

  for (const [day, time, at, why] of [
    ['2027-03-26', '16:10', '2027-03-26T16:10+01:00', 'the Friday before summer time'],
    ['2027-03-28', '03:30', '2027-03-28T03:30+02:00', 'right after the lost hour'],
    ['2027-03-22', '00:00', '2027-03-22T00:00+01:00', 'seven days ago, from its beginning'],
    ['2027-03-29', '09:30', '2027-03-29T09:30+02:00', 'this minute'],
    ['2027-03-29', '00:05', '2027-03-29T00:05+02:00', 'early today']
  ]) {
    test(`is kept, and the promise counts from it: ${why}`, async () => {
      assert.equal((await enter(andrea, call({ day, time, take: 'yes' }))).status, 303)
      const got = row()
      assert.equal(got.received_at, Date.parse(at) / 1000)
      assert.equal(got.due_at, got.promised_at)
      const [event] = friday.sql(`SELECT at FROM events WHERE case_number = ${got.number} AND step = 1`)
      assert.ok(event.at - Date.parse('2027-03-29T09:30+02:00') / 1000 < 60, 'the trail says when it was written down')
      const promised = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format(got.promised_at * 1000)
      assert.equal(promised, new Date(promisedDay(queues['kristinehamn-kaa'], Date.parse(at))).toISOString().slice(0, 10))
      assert.ok(reading((await andrea.page(`/staff/case/${reference(got.number)}`)).text).includes('Skrevs in · Anna Andersson'))
    })
  }

  for (const [day, time, field, says] of [
    ['0014-12-20', '10:00', 'day', 'Stämmer datumet?'], ['1214-02-06', '10:00', 'day', 'Stämmer datumet?'],
    ['2027-03-21', '23:59', 'day', 'högst sju dagar bakåt'], ['2027-03-29', '23:58', 'day', 'Det ska ha varit'],
    ['2027-03-30', '00:00', 'day', 'Det ska ha varit'], ['26 mars', '10:00', 'day', 'Stämmer datumet? Skriv året med fyra siffror'], ['', '10:00', 'day', 'Stämmer datumet?'],
    ['2027-03-26', '', 'time', 'Skriv klockslaget'], ['2027-03-26', '24:00', 'time', 'Skriv klockslaget'], ['2027-03-26', '9:5', 'time', 'Skriv klockslaget']
  ]) {
    test(`is asked about, and nothing is stored: "${day}" "${time}"`, async () => {
      const before = friday.contents()
      const { status, html } = await enter(andrea, call({ day, time }))
      assert.equal(status, 422)
      assert.ok(reading(html).includes(says), reading(html))
      assert.match(html, new RegExp(`id="${field}"[^>]*aria-invalid="true"`))
      assert.deepEqual([held(html, 'day'), held(html, 'time')], [day, time])
      assert.equal(friday.contents(), before)
    })
  }

  test('is now, when nothing is changed', async () => {
    const { text } = await andrea.page('/staff/new')
    assert.equal(held(text, 'day'), '2027-03-29')
    assert.match(held(text, 'time'), /^09:3\d$/)
  })
})

test('no file has the written text', () => {
  assert.ok(people > 10)
  assert.deepEqual(tracesInFolder(service.folder, ['Qvzentry', 'Kom in med sin mamma', 'Ville börja om', 'Står kvar']), [])
})
