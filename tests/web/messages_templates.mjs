// Templates of notes and text messages: a lead's page, whom they are for, and how they come into
// a form that is sent without script.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Outbox } from '../support/outbox.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, reference, sendCase, signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'

let service, anna, leo, lotta, berit
before(async () => {
  service = await startService({ clock: '2027-01-11T10:00+01:00' })
  await new Outbox(service).once()
  ;[anna, leo] = await Promise.all([service.coordinator, service.lead].map(account => signedIn(service, account)))
  lotta = await signedIn(service, addAccount(service, 'lotta', 'lead', 'karlstad-unga'))
  berit = await signedIn(service, addAccount(service, 'berit', 'coordinator', 'karlstad-unga'))
})
after(() => service.stop())

const own = 'kristinehamn-kaa'
let made = 0
const wish = fields => ({ queue: own, kind: 'note', title: `Mall ${++made}`, words: 'Berättade om nästa steg.', step: 'save', ...fields })
async function press (session, path, fields) {
  const answer = await session.post(`/staff/templates${path}`, fields)
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}
/** Makes a template and returns its number, as forms have it. */
async function template (fields, session = leo) {
  const { status, text } = await press(session, '', wish(fields))
  assert.equal(status, 303, reading(text))
  return reference(service.sql('SELECT CAST(max(number) AS TEXT) AS n FROM templates')[0].n)
}
const rows = () => service.sql('SELECT queue, kind, title, words FROM templates ORDER BY number')
const changes = () => service.sql('SELECT c.queue, a.user, c.act, c.title FROM template_changes c JOIN accounts a ON a.number = c.account ORDER BY id')
let people = 0
async function claimed (fields) {
  const ref = await sendCase(service, { ...right.self, name: `Prov ${++people}`, ...fields })
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  return ref
}

describe('a lead', () => {
  test('makes, changes and deletes a template, and the page says who did it', async () => {
    const number = await template({ title: ' Första  samtalet ', words: 'Vad vill du?\r\nVad kan vi göra?' })
    assert.deepEqual(rows().at(-1), { queue: own, kind: 'note', title: 'Första samtalet', words: 'Vad vill du?\nVad kan vi göra?' })
    assert.equal((await press(leo, '/change', { template: number, kind: 'note', title: 'Första', words: 'Vad vill du?', step: 'save' })).location, '/staff/templates?notice=template')
    const { text } = await leo.page('/staff/templates')
    assert.match(reading(text), /Första Anteckningar Vad vill du\?/)
    assert.match(reading(text), /Leo Lind Ändrade mallen Första i dag kl\. 10:00 · Leo Lind Gjorde mallen Första samtalet/)
    assert.equal((await press(leo, '/remove', { template: number })).location, '/staff/templates?notice=template-removed')
    assert.equal(rows().length, 0)
    assert.deepEqual(changes().slice(-3).map(({ user, act, title }) => [user, act, title]), [['leo', 'add', 'Första samtalet'], ['leo', 'change', 'Första'], ['leo', 'remove', 'Första']])
    for (const change of ['UPDATE template_changes SET account = 1', 'DELETE FROM template_changes']) assert.throws(() => service.change(change), /never/)
  })
  test('is told beside the field that no name may stand in it', async () => {
    assert.match((await leo.page('/staff/templates')).text, /aria-describedby="add-how add-most"[^]*id="add-how">Skriv inga namn/)
  })
  test('makes no second template of one name in a queue, for one use', async () => {
    const number = await template({ title: 'Tvilling' })
    const other = await template({ title: 'En annan' })
    const count = rows().length
    for (const [path, fields] of [['', wish({ title: ' Tvilling ' })], ['/change', { template: other, kind: 'note', title: 'Tvilling', words: 'x', step: 'save' }]]) {
      const { status, text } = await press(leo, path, fields)
      assert.equal(status, 422)
      assert.ok(reading(text).includes('Det finns redan en mall som heter så.'))
    }
    assert.equal(rows().length, count)
    const text = await template({ title: 'Tvilling', kind: 'text' })
    assert.equal((await press(leo, '/change', { template: number, kind: 'note', title: 'Tvilling', words: 'Nya ord', step: 'save' })).location, '/staff/templates?notice=template')
    for (const made of [number, other, text]) await press(leo, '/remove', { template: made })
  })
  const long = 'a'.repeat(1001)
  for (const [what, fields, told] of [
    ['no queue', { queue: '' }, 'Välj en kö som du leder.'],
        ['an unknown queue', { queue: 'x' }, 'Välj en kö som du leder.'],
    ['no use', { kind: '' }, 'Välj om mallen är för anteckningar eller sms.'],
    ['no name', { title: ' ' }, 'Skriv ett namn på mallen, högst 60 tecken.'],
    ['a long name', { title: 'å'.repeat(61) }, 'Skriv ett namn på mallen, högst 60 tecken.'],
    ['no text', { words: '' }, 'Skriv mallens text.'],
    ['a long text', { words: long }, 'Mallens text är för lång. Korta ner den.'],
    ['a long sms', { kind: 'text', words: 'ж'.repeat(600) }, 'Mallens text är för lång. Korta ner den.'],
    ['a personnummer', { words: 'Se 640823-3234.' }, 'Det ser ut som ett personnummer. Ta bort det.'],
    ['a personnummer in an sms', { kind: 'text', words: 'Se 640823-3234.' }, 'Det ser ut som ett personnummer. Ta bort det.'],
    ['a control character', { words: 'a\u0001b' }, 'I mallen står ett tecken som inte går att spara. Skriv om det.']
  ]) {
    test(`is refused ${what}, and finds in the field what was typed`, async () => {
      const before = service.contents()
      const sent = wish(fields)
      const { status, text } = await press(leo, '', sent)
      assert.equal(status, 422)
      assert.match(reading(text), new RegExp(told.replace(/[.?]/g, '\\$&')))
      if (sent.title.trim() !== '' && sent.kind !== '' && [own, ''].includes(sent.queue)) assert.equal(held(text, 'title'), sent.title)
      if ([own, ''].includes(sent.queue)) assert.equal(held(text, 'words'), sent.words)
      assert.deepEqual(service.changes(before), [])
    })
  }
  test('is asked before a text message names the service, a queue or a municipality', async () => {
    for (const words of ['Hej från Ungdomsvägen!', 'Kom till Ungdomscentrum.', 'Kristinehamn ringer.']) {
      const { status, text } = await press(leo, '', wish({ kind: 'text', words }))
      assert.equal(status, 422, words)
      assert.match(reading(text), /I mallen står ”.+”\. Någon annan kan läsa den på telefonen\. Ska den ändå sparas så\?/)
      assert.equal(held(text, 'words'), words)
      assert.match(text, /name="step" value="save-named"/)
    }
    const number = await template({ kind: 'text', words: 'Kristinehamn ringer.', step: 'save-named' })
    assert.equal((await press(leo, '/change', { template: number, kind: 'text', title: 'Ny', words: 'Karlstad ringer.', step: 'save' })).status, 422)
    assert.equal((await press(leo, '/change', { template: number, kind: 'text', title: 'Ny', words: 'Karlstad ringer.', step: 'save-named' })).status, 303)
    assert.equal((await press(leo, '', wish({ words: 'Kristinehamn ringer.' }))).status, 303, 'a note stays here')
  })
  test('does not touch what another queue has, nor what is gone', async () => {
    const number = await template({ title: 'Deras' })
    const before = service.contents()
    assert.match(reading((await press(lotta, '', wish())).text), /Välj en kö som du leder\./)
    for (const [path, fields] of [['/change', { template: number, kind: 'note', title: 'X', words: 'Y', step: 'save' }], ['/remove', { template: number }]]) {
      const { status, text } = await press(lotta, path, fields)
      assert.equal(status, 422)
      assert.match(reading(text), /Välj en kö som du leder\./)
      assert.match(reading((await press(leo, path, { ...fields, template: '0000000000001' })).text), /Mallen finns inte längre\./)
      assert.equal((await press(anna, path, fields)).status, 403)
      assert.equal((await press(berit, path, fields)).status, 403)
    }
    assert.deepEqual(service.changes(before), [])
    assert.doesNotMatch((await lotta.page('/staff/templates')).text, /Deras|kristinehamn/)
    assert.match((await leo.page('/staff/templates')).text, /Deras/)
  })
  test('has at most thirty in a queue', async () => {
    const [{ n }] = service.sql(`SELECT count(*) AS n FROM templates WHERE queue = '${own}'`)
    service.change(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ${30 - n}) INSERT INTO templates SELECT n, '${own}', 'note', 'Fyllnad ' || n, 'x' FROM i`)
    const { status, text } = await press(leo, '', wish())
    assert.equal(status, 422)
    assert.match(reading(text), /Kön har redan 30 mallar\. Ta bort en först\./)
    service.change("DELETE FROM templates WHERE title LIKE 'Fyllnad %'")
    assert.equal((await press(leo, '', wish())).status, 303)
  })
})

describe('a template comes into the form', () => {
  for (const [what, more] of [['note', {}], ['attempt', { until: '' }]]) {
    test(`of a ${what}, behind what was typed, and nothing is saved`, async () => {
      const number = await template({ title: `Steg ${made}`, words: 'Nästa steg:\n- ring "skolan" & <b>' })
      const ref = await claimed()
      await anna.page(`/staff/case/${ref}`)
      const before = service.contents()
      const { status, text } = await anna.act(ref, what, { note: 'Vi pratade länge.', template: number, insert: 'yes', ...more })
      assert.equal(status, 200)
      const form = text.slice(text.indexOf(`action="/staff/case/${ref}/${what}`))
      assert.equal(held(form, 'note'), 'Vi pratade länge.\nNästa steg:\n- ring "skolan" & <b>')
      assert.match(form.slice(0, form.indexOf('</textarea>')), / autofocus>/)
      if (what === 'note') assert.match(text.slice(0, text.indexOf(`action="/staff/case/${ref}/note"`)), /<details open>[^]{0,300}$/)
      assert.deepEqual(service.changes(before), [])
      const other = what === 'note' ? 'attempt' : 'note'
      assert.equal(held(text.slice(text.indexOf(`action="/staff/case/${ref}/${other}`)), 'note'), '')
    })
  }
  test('of a text message: in place of our proposal, and behind what somebody has typed', async () => {
    const number = await template({ kind: 'text', title: 'Passar', words: 'Hej! Passar det att jag ringer i morgon?' })
    const ref = await claimed()
    const page = (await anna.page(`/staff/case/${ref}/text`)).text
    assert.match(page, /data-replaces/)
    const proposal = held(page, 'text')
    assert.equal(held((await anna.act(ref, 'text', { text: proposal, template: number, insert: 'yes' })).text, 'text'), 'Hej! Passar det att jag ringer i morgon?')
    const behind = await anna.act(ref, 'text', { text: 'Hej igen!', template: number, insert: 'yes' })
    assert.equal(held(behind.text, 'text'), 'Hej igen!\nHej! Passar det att jag ringer i morgon?')
    assert.match(reading(behind.text), /Blir 1 sms\. 50 tecken\./)
    assert.doesNotMatch(behind.text, /data-replaces/)
    assert.equal(service.count('messages'), 0)
    assert.equal((await anna.act(ref, 'text', { text: 'Hej igen!', step: 'send' })).status, 303)
  })
  test('only when one is chosen, of that kind and of the queue of the case', async () => {
    const theirs = await template({ queue: 'karlstad-unga', words: 'Deras ord' }, lotta)
    const text = await template({ kind: 'text', words: 'Ett sms' })
    const ref = await claimed()
    for (const number of [theirs, text, '', 'x', '0000000000001']) {
      const answer = await anna.act(ref, 'note', { note: 'Skrev själv.', template: number, insert: 'yes' })
      assert.equal(answer.status, 422, number)
      assert.match(reading(answer.text), /Välj en mall först\./)
      if (number !== theirs && number !== text) continue
      assert.doesNotMatch(answer.text, /Deras ord/)
    }
    const answer = await anna.act(ref, 'note', { note: 'Skrev själv.', template: '', insert: 'yes' })
    assert.equal(held(answer.text.slice(answer.text.indexOf(`/${ref}/note"`)), 'note'), 'Skrev själv.')
    assert.equal((await berit.act(ref, 'note', { note: '', template: theirs, insert: 'yes' })).status, 404, 'whose queue has no part in the case')
    assert.match(reading((await anna.act(ref, 'text', { text: 'Hej!', template: '', insert: 'yes' })).text), /Välj en mall först\./)
  })
  test('and is not lost with what was typed when the form is there no more', async () => {
    const number = await template({ words: 'Nästa steg' })
    const ref = await claimed()
    assert.equal((await anna.act(ref, 'attempt', { result: 'no-answer' })).status, 303)
    const { status, text } = await anna.act(ref, 'attempt', { note: 'Skrev länge.', template: number, insert: 'yes', until: '' })
    assert.equal(status, 409)
    assert.match(reading(text), /Skrev länge\. Nästa steg/)
    assert.doesNotMatch(reading(text), new RegExp(number), 'the number of the template is no text of anybody')
  })
  test('is offered only where there is one', async () => {
    service.change("DELETE FROM templates WHERE kind = 'note'")
    const ref = await claimed()
    assert.doesNotMatch((await anna.page(`/staff/case/${ref}`)).text, /name="insert"/)
    assert.match((await anna.page(`/staff/case/${ref}/text`)).text, /name="insert"/)
  })
})
