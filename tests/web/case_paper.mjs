// A case on paper and the copy for the person: all that is kept, for those who may read it, and
// a trace of each.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Outbox } from '../support/outbox.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, number, sendCase, signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'

let service, outbox, accounts, anna, berit, cilla, administrator
/** A session ends with its day. */
const enter = async () => { [anna, administrator, berit, cilla] = await Promise.all(accounts.map(account => signedIn(service, account))) }
before(async () => {
  service = await startService({ clock: '2027-01-11T10:00+01:00' })
  outbox = new Outbox(service)
  await outbox.once()
  accounts = [service.coordinator, service.administrator, addAccount(service, 'berit', 'coordinator', 'karlstad-unga'), addAccount(service, 'cilla', 'coordinator', 'kristinehamn-kaa')]
  await enter()
})
async function nextDay () {
  service.clock.forward(86400)
  await enter()
}
after(() => service.stop())

const acts = ref => service.sql(`SELECT act FROM events WHERE case_number = ${number(ref)} ORDER BY step`).map(({ act }) => act)
const many = (ref, act) => acts(ref).filter(each => each === act).length
const day = days => new Date(Date.parse('2027-01-11') + days * 86400000).toISOString().slice(0, 10)
let people = 0
async function claimed (fields) {
  const ref = await sendCase(service, { ...right.self, name: `Prov ${++people}`, ...fields })
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  return ref
}
const print = (session, ref) => session.page(`/staff/case/${ref}/print`)
/** The copy as it is downloaded, with its headers. */
async function copy (session, ref, token) {
  const answer = await session.post(`/staff/case/${ref}/copy`, {}, token)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

/** A case with one of everything, on several days. */
async function full () {
  const ref = await sendCase(service, { ...right.professional, name: 'Cim <b>Cederlöf</b>', contact: 'call', speak: 'ar', helper_name: 'Hedda Hjälpare', helper_phone: '070-174 06 44' })
  const does = async (what, fields) => {
    const { status, text } = await anna.act(ref, what, fields)
    assert.equal(status, 303, `${what}: ${reading(text)}`)
    service.clock.forward(120)
  }
  await does('claim')
  await does('text', { text: 'Hej! Jag heter Anna.', step: 'send' })
  assert.equal(await outbox.once(), 0)
  await does('claim')
  await does('attempt', { result: 'no-answer' })
  await does('undo')
  await does('attempt', { result: 'no-answer', note: 'Ringde på morgonen.' })
  await nextDay()
  await does('claim')
  await does('attempt', { result: 'reached', note: 'Vill bli snickare & bor hemma.' })
  await does('share', { queue: 'karlstad-unga', what: 'Får veta allt om jobb.', agreed: day(0) })
  await does('begin', { outcome: 'work', call1: day(20), call2: '', call3: '' })
  return ref
}

test('the page for the printer has all that is kept, from the beginning, and nothing to press', async () => {
  const ref = await full()
  const { status, text } = await print(anna, ref)
  assert.equal(status, 200)
  const words = reading(text).replace(/[\u2068\u2069]/g, '')
  for (const said of [`Ärende ${ref}`, 'Framtaget av Anna Andersson.', 'Namn Cim <b>Cederlöf</b>', 'Telefonnummer 070-174 06 07', 'Ring. Det går bra att lämna meddelande.', 'Språk arabiska (العربية)',
    'Den unga har sagt ja till att vi ringer Ja', 'Hedda Hjälpare 070-174 06 44', 'Ålder 20–24', 'Kristinehamn', 'Planerade samtal', 'Tillsammans', 'Får veta allt om jobb.', 'Sms till personen', 'Skickat',
    'Texten i ett sms sparas inte när det har skickats.', 'Utfall', 'Ringde på morgonen.', 'Vill bli snickare & bor hemma.', 'Inget svar (ångrat) · Anna Andersson', 'Inget svar · Anna Andersson', 'Nådde personen · Anna Andersson',
    'Jobb eller studier har börjat · Anna Andersson']) assert.ok(words.includes(said), `${said} is not in: ${words}`)
  assert.ok(!text.includes('<b>Ceder'), 'the name was not escaped')
  const order = ['måndag 11 januari 2027 10:', 'tisdag 12 januari 2027', 'Ringde på morgonen.', 'Vill bli snickare', 'Kom in', 'Tog ärendet', 'Nådde personen', 'Jobb eller studier har börjat'].map(said => words.lastIndexOf(said))
  assert.ok(words.indexOf('Ringde på morgonen.') < words.indexOf('Vill bli snickare'), 'the notes are not in order')
  assert.deepEqual(order.slice(4), [...order.slice(4)].sort((a, b) => a - b))
  assert.doesNotMatch(words, /\bi (dag|går|morgon)\b/)
  assert.doesNotMatch(text, /<form|<input|<select|<textarea|tel:|sms:/)
  assert.match(reading((await anna.page(`/staff/case/${ref}/print?lang=ar`)).text), /الاسم Cim/)
  await anna.page('/staff/me?lang=sv')
})

describe('the copy for the person', () => {
  test('is one file that opens without the service, under the number of the case alone', async () => {
    const ref = await full()
    const { status, headers, text } = await copy(anna, ref)
    assert.equal(status, 200)
    assert.equal(headers.get('content-disposition'), `attachment; filename="${ref}.html"`)
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.doesNotMatch(text, /<script|<form|<a |href="(?!data:,")|src=|url\(|@import|name="token"/)
    assert.match(text, /<style>[^]*@page/)
    const [paper, page] = [text, (await print(anna, ref)).text].map(html => reading(html.slice(html.indexOf('<main>'))).replace(/(?:Visade ärendet för utskrift|Lämnade ut en kopia).*$/, '').replace(/ärendet .*? Framtaget/, ''))
    assert.equal(paper.replace(/ \S+ \d+ \w+ 2027 \d\d:\d\d $/, ''), page.replace(/( \S+ \d+ \w+ 2027 \d\d:\d\d)+ $/, ''))
  })
  test('leaves an event each time, and the same press once more is the same event', async () => {
    const ref = await claimed()
    await anna.readToken(`/staff/case/${ref}`)
    const { token } = anna
    const first = await copy(anna, ref)
    const again = await (await fetch(`${service.url}/staff/case/${ref}/copy`, { method: 'POST', redirect: 'manual', headers: { cookie: anna.cookie }, body: new URLSearchParams({ token }) })).text()
    assert.ok(again.includes('Prov'), 'the file does not come again')
    assert.equal(first.status, 200)
    assert.equal(many(ref, 'copy'), 1)
    await anna.readToken(`/staff/case/${ref}`)
    assert.equal((await copy(anna, ref)).status, 200)
    assert.equal(many(ref, 'copy'), 2)
    assert.match(reading((await anna.page(`/staff/case/${ref}`)).text), /Lämnade ut en kopia · Anna Andersson/)
  })
})

test('printing leaves one event a reader and day', async () => {
  const ref = await claimed()
  for (let i = 0; i < 3; i++) assert.equal((await print(anna, ref)).status, 200)
  assert.equal(many(ref, 'print'), 1)
  await nextDay()
  assert.equal((await print(anna, ref)).status, 200)
  assert.equal(many(ref, 'print'), 2)
})

test('neither is in the way of an undo, nor can it be undone', async () => {
  const ref = await claimed()
  assert.equal((await anna.act(ref, 'attempt', { result: 'reached' })).status, 303)
  assert.equal((await print(anna, ref)).status, 200)
  assert.equal((await copy(anna, ref)).status, 200)
  assert.equal((await anna.act(ref, 'undo')).status, 303)
  assert.equal(service.sql(`SELECT state FROM cases WHERE number = ${number(ref)}`)[0].state, 'claimed')
  assert.equal((await anna.act(ref, 'undo')).status, 409)
})

describe('who may have a case on paper', () => {
  const [no, gone, refused, ok] = [403, 404, 409, 200]
  /** How the case stands, and what printing and the copy answer to each. */
  const table = [
    ['waits in the queue', ref => ref, { cilla: [refused, refused], berit: [gone, gone], administrator: [no, no] }],
    ['is held by a colleague', ref => ref, { anna: [ok, ok], cilla: [refused, refused], berit: [gone, gone], administrator: [no, no] }],
    ['is held, and the reader knows the person', async ref => assert.equal((await cilla.act(ref, 'recuse')).status, 303), { anna: [ok, ok], cilla: [gone, gone] }],
    ['is shared with another queue', async ref => {
      assert.equal((await anna.act(ref, 'share', { queue: 'karlstad-unga', what: 'Allt.', agreed: day(0) })).status, 303)
    }, { anna: [ok, ok], berit: [ok, refused] }],
    ['is closed', async ref => {
      assert.equal((await anna.act(ref, 'attempt', { result: 'reached' })).status, 303)
      assert.equal((await anna.act(ref, 'close', { outcome: 'work' })).status, 303)
    }, { anna: [ok, ok], cilla: [ok, ok], berit: [gone, gone] }]
  ]
  for (const [how, make, readers] of table) {
    test(`when it ${how}`, async () => {
      const sessions = { anna, cilla, berit, administrator }
      const ref = how === 'waits in the queue' ? await sendCase(service, { ...right.self, name: `Prov ${++people}` }) : await claimed()
      await make(ref)
      for (const [who, [printed, copied]] of Object.entries(readers)) {
        const before = acts(ref).length
        const [page, file] = [await print(sessions[who], ref), await copy(sessions[who], ref)]
        assert.deepEqual([page.status, file.status], [printed, copied], who)
        if (printed !== ok) for (const { status, text } of [page, file]) assert.doesNotMatch(text, /Telefonnummer|070-174 06 05/, `${who}: ${status}`)
        if (printed !== ok) assert.equal(acts(ref).length, before, `${who} has left a trace`)
      }
    })
  }
  test('the page of the case offers what the reader may have', async () => {
    const ref = await claimed()
    for (const [session, offered] of [[anna, true], [cilla, false]]) {
      const { text } = await session.page(`/staff/case/${ref}`)
      assert.equal(text.includes(`/staff/case/${ref}/print"`), offered)
      assert.equal(text.includes(`/staff/case/${ref}/copy"`), offered)
    }
  })
})
