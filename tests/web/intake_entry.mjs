// A call or a visit that a coordinator writes down: it goes into the same queue by the same
// rules, with its own way in and its author.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
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

  test('for another queue waits there, and its author can neither claim nor read it', async () => {
    const before = service.contents()
    const fields = call({ take: 'yes' })
    const refused = await enter(una, fields)
    assert.equal(refused.status, 422)
    assert.ok(reading(refused.html).includes('Ärendet hör till en kö som inte är din.'))
    assert.equal(held(refused.html, 'name'), fields.name)
    assert.equal(service.contents(), before)
    delete fields.take
    assert.equal((await enter(una, fields)).status, 303)
    const { number } = last()
    assert.deepEqual(acts(number), ['receive una'])
    assert.equal((await una.page(`/staff/case/${reference(number)}`)).status, 404)
    assert.match((await anna.page(`/staff/case/${reference(number)}`)).text, /claim/)
  })
})

describe('a fault in the form', () => {
  for (const [field, value, says] of [
    ['phone', '12', /nummer/i], ['name', '', /namn/i], ['age', '', /ålder/i], ['age', '17', /ålder/i], ['area', '', /Välj kommun/],
    ['area', '9999', /Välj kommun/], ['contact', '', /höra av oss|hör av oss|Välj/], ['way', 'pigeon', /Välj hur personen kom/],
    ['who', 'professional', /Välj vem du pratade med/], ['when', 'night', /Välj/], ['message', 'x'.repeat(5000), /för lång|kortare|tecken/]
  ]) {
    test(`${field}: "${value.slice(0, 12)}" is shown at its field; the form keeps every answer and stores none`, async () => {
      const before = service.contents()
      const { status, html } = await enter(anna, call({ message: 'Står kvar', [field]: value }))
      assert.equal(status, 422)
      assert.match(html, new RegExp(`id="${field}"[^>]* aria-invalid="true" aria-describedby="${field}-fault"`))
      assert.match(reading(html), says)
      if (field !== 'name') assert.equal(held(html, 'name'), `Qvzentry ${people}`)
      if (field !== 'message') assert.ok(html.includes('Står kvar'))
      assert.equal(service.contents(), before)
    })
  }

  test('an unknown field changes nothing', async () => {
    const before = service.contents()
    assert.ok([400, 422].includes((await enter(anna, call({ personnummer: '20010101-1234' }))).status))
    assert.equal(service.contents(), before)
  })
})

test('no file has the written text', () => {
  assert.ok(people > 10)
  assert.deepEqual(tracesInFolder(service.folder, ['Qvzentry', 'Kom in med sin mamma', 'Ville börja om', 'Står kvar']), [])
})
