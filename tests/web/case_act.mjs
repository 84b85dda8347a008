// The result of an act, the reason for the next due time, and undo.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { outcomesOfCase, right, startService } from '../support/service.mjs'
import { reference, sendCase, signedIn } from '../support/staff.mjs'
import { reading, text } from '../support/text.mjs'

let service, anna, leo
let sent = 0
before(async () => {
  service = await startService()
  anna = await signedIn(service, service.coordinator)
  leo = await signedIn(service, service.lead)
})
after(() => service.stop())

/** A case that Anna has claimed and opened. */
async function claimed (fields) {
  const ref = await sendCase(service, { ...right.self, name: `Prov ${++sent}`, ...fields })
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  assert.equal((await anna.page(`/staff/case/${ref}`)).status, 200)
  return ref
}
const row = () => service.sql(`SELECT state, attempts, ${outcomesOfCase}, due_at, closed_at,
  (SELECT user FROM accounts a WHERE a.number = holder) AS holder FROM cases ORDER BY number DESC LIMIT 1`)[0]
const acts = () => service.sql('SELECT act FROM events WHERE case_number = (SELECT max(number) FROM cases) ORDER BY step').map(event => event.act)
const tooLate = text('sv', 'Det går inte att ångra längre.')

describe('an undo', () => {
  for (const [what, fields] of [['attempt', { result: 'no-answer' }], ['attempt', { result: 'texted', note: 'Hälsade' }], ['release', {}], ['park', { until: new Date(Date.now() + 9 * 86400000).toISOString().slice(0, 10) }]]) {
    test(`${what} ${fields.result ?? ''} can be undone from the list, and the trail keeps both`, async () => {
      const ref = await claimed()
      const before = row()
      const { location } = await anna.act(ref, what, fields)
      const list = (await anna.page(location)).text
      assert.match(list, new RegExp(`action="/staff/case/${ref}/undo"`))
      assert.doesNotMatch((await leo.page(location)).text, /\/undo"/, 'a colleague is offered it')
      const answer = await anna.act(ref, 'undo')
      assert.equal(answer.location, `/staff/case/${ref}?notice=undo`)
      assert.deepEqual(row(), before)
      assert.deepEqual(acts(), ['receive', 'claim', 'open', fields.result ?? what, 'undo'])
      const page = (await anna.page(answer.location)).text
      assert.match(page, /<del>[^]*?<\/del> \(ångrat\)/)
      assert.doesNotMatch(page, /\/undo"/)
      if (fields.note) {
        assert.match(page, /\(ångrat\)<\/p>\s*<p class="written" dir="auto"><del>Hälsade<\/del>/)
        assert.doesNotMatch(page, /id="said">Hälsade/, 'it is the latest note')
        assert.match((await anna.page(`/staff/case/${ref}/print`)).text, /<del>Hälsade<\/del>/)
      }
    })
  }
  test('removes the attempt from the page and from the promise', async () => {
    const ref = await claimed()
    const kept = () => service.run('doctor', '--data', service.folder)
    const before = kept()
    await anna.act(ref, 'attempt', { result: 'no-answer' })
    assert.notEqual(kept(), before)
    await anna.act(ref, 'undo')
    assert.equal(kept(), before)
    assert.match(reading((await anna.page(`/staff/case/${ref}`)).text), /Ring minst tre gånger, olika dagar/)
  })
  test('is offered on the case too, while its author holds the case', async () => {
    const ref = await claimed()
    const { location } = await anna.act(ref, 'attempt', { result: 'reached' })
    assert.match((await anna.page(location)).text, /\/undo"/)
    assert.match((await anna.page(`/staff/case/${ref}`)).text, /\/undo"/)
    await anna.act(ref, 'note', { note: 'Emellan' })
    assert.equal((await anna.act(ref, 'undo')).status, 303)
    assert.equal(row().state, 'claimed')
  })
  test('succeeds for one of two at once, and the other is told', async () => {
    for (let i = 0; i < 20; i++) {
      const ref = await claimed()
      await anna.act(ref, 'attempt', { result: 'no-answer' })
      const both = await Promise.all([anna.act(ref, 'undo'), anna.act(ref, 'undo')])
      assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
      assert.ok(reading(both.find(({ status }) => status === 409).text).includes(tooLate))
      assert.equal(acts().filter(act => act === 'undo').length, 1)
    }
  })
  test('or a colleague’s claim at once: one wins, and the other is told', async () => {
    for (let i = 0; i < 20; i++) {
      const ref = await claimed()
      await anna.act(ref, 'attempt', { result: 'no-answer' })
      const [undo, claim] = await Promise.all([anna.act(ref, 'undo'), leo.act(ref, 'claim')])
      assert.deepEqual([undo.status, claim.status].sort(), [303, 409])
      const [told, who, holder] = claim.status === 409 ? [claim, 'Anna Andersson', 'anna'] : [undo, 'Leo Lind', 'leo']
      assert.ok(reading(told.text).includes(text('sv', '{who} hann före och har ärendet.', { who })), reading(told.text).slice(0, 500))
      assert.equal(row().holder, holder)
    }
  })
})

describe('a notice in the address is left out after a reload, when a colleague has changed what it says', () => {
  const said = async location => /<p class="notice" role="status">([^<]*)/.exec((await anna.page(location)).text)?.[1]
  for (const [what, act, fields, change] of [
    ['Ärendet är ditt.', 'claim', {}, ref => anna.act(ref, 'release')],
    ['En kollega ska bekräfta. Till dess är ärendet ditt.', 'propose', { outcome: 'own-request', note: 'Vill inte' }, ref => anna.act(ref, 'object', { proposal: proposal() })],
    ['Erbjudandet är skickat. Till dess att de tar över är ärendet ditt.', 'offer', { queue: 'karlstad-unga' }, ref => leo.act(ref, 'withdraw')],
  ]) {
    test(what, async () => {
      const ref = await sendCase(service, { ...right.self, name: `Prov ${++sent}` })
      if (act !== 'claim') await anna.act(ref, 'claim')
      const { location } = await anna.act(ref, act, fields)
      assert.equal(await said(location), what)
      assert.equal(await said(location), what, 'still true')
      assert.equal((await change(ref)).status, 303)
      assert.equal(await said(location), undefined)
    })
  }
  const proposal = () => reference(service.sql('SELECT CAST(record AS TEXT) AS n FROM closings')[0].n)
})

describe('a colleague who takes the call back', () => {
  test('writes what was said, and the holder with an older page is told before “Inget svar” is saved', async () => {
    const ref = await claimed()
    const opened = /action="([^"]*\/attempt[^"]*)"/.exec((await anna.page(`/staff/case/${ref}`)).text)[1]
    const log = (path, fields) => anna.post(path, { result: 'no-answer', note: 'Ingen svarade <nu>', until: '', ...fields })
    assert.match((await leo.page(`/staff/case/${ref}`)).text, /\/rang-back"[^]*<textarea[^>]*name="note"/)
    assert.equal((await leo.act(ref, 'rang-back', { note: 'x'.repeat(4001) })).status, 422)
    assert.equal((await leo.act(ref, 'rang-back', { note: 'Vill ha en tid på torsdag' })).status, 303)
    assert.match(reading((await anna.page(`/staff/case/${ref}`)).text), /Vill ha en tid på torsdag/)
    const before = row()
    const asked = await log(opened)
    const page = await asked.text()
    assert.equal(asked.status, 409)
    assert.match(reading(page), /Leo Lind pratade med personen i dag kl\. \d\d:\d\d, efter att du öppnade sidan\. Det du skrev är inte sparat än\./)
    assert.match(page, /Ingen svarade &lt;nu&gt;<\/textarea>/)
    assert.deepEqual(row(), before)
    assert.equal((await log(/action="([^"]*\/attempt[^"]*)"/.exec(page)[1])).status, 303, 'pressed again')
    assert.equal(row().attempts, 1)
  })
  for (const [what, after] of [
    ['that was undone', async ref => { await leo.act(ref, 'rang-back'); await leo.act(ref, 'undo') }],
    ['of the reader', ref => anna.act(ref, 'attempt', { result: 'reached' })],
    ['that is no talk', ref => leo.act(ref, 'note', { note: 'En rad' })],
  ]) {
    test(`asks nothing about an act ${what}`, async () => {
      const ref = await claimed()
      const opened = /action="([^"]*\/attempt[^"]*)"/.exec((await anna.page(`/staff/case/${ref}`)).text)[1]
      await after(ref)
      assert.equal((await anna.post(opened, { result: 'no-answer', note: '', until: '' })).status, 303)
    })
  }
})

describe('the next due time', () => {
  const again = /Vi provar igen .+: (den andra halvan av dagen|då passar det personen|nästa gång kön har öppet)/
  test('is on the page before the press, and afterwards with its reason', async () => {
    const ref = await claimed({ when: 'morning' })
    const page = reading((await anna.page(`/staff/case/${ref}`)).text)
    assert.match(page, /Nådde du inte personen går ärendet tillbaka till kön\. Vi provar igen .+ på förmiddagen: då passar det personen\./)
    assert.match(page, /Utan datum: nästa kontakt senast /)
    const { location } = await anna.act(ref, 'attempt', { result: 'left-message' })
    assert.match(reading((await anna.page(location)).text), again)
  })
})
