// A text to a person, and the choice of mails to staff: the pages, their refusals, and that no
// text is readable on disk.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Outbox } from '../support/outbox.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, number, sendCase, signedIn } from '../support/staff.mjs'
import { held, reading, text } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, outbox, anna, leo
before(async () => {
  service = await startService({ clock: '2027-01-11T10:00+01:00' })
  outbox = new Outbox(service)
  anna = await signedIn(service, service.coordinator)
  leo = await signedIn(service, service.lead)
})
after(() => service.stop())

let people = 0
async function claimed (fields) {
  const ref = await sendCase(service, { ...right.self, name: `Qvzsms${++people}`, ...fields })
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  return ref
}
const write = (ref, about = '') => anna.page(`/staff/case/${ref}/text${about}`)
const count = () => service.count("messages WHERE way = 'text'")

describe('a text to a person', () => {
  test('cannot be sent before an outbox has run, and stays in its field', async () => {
    const ref = await claimed()
    const answer = await anna.act(ref, 'text', { text: 'Hej!', step: 'send' })
    assert.equal(answer.status, 503)
    assert.ok(reading(answer.text).includes('Utkorgen har inte startat.'))
    assert.equal(service.sql('SELECT state FROM cases ORDER BY number DESC LIMIT 1')[0].state, 'claimed')
    assert.equal(await outbox.once(), 0)
  })

  test('is proposed by the state of the case, and names neither the service nor the reason', async () => {
    const ref = await claimed()
    const first = held((await write(ref)).text, 'text')
    assert.equal(first, 'Hej! Jag heter Anna. Jag ringer dig i dag på eftermiddagen från 070-174 06 11. Passar det inte? Ring mig på det numret.')
    const tried = held((await write(ref, '?about=tried')).text, 'text')
    assert.equal(tried, 'Hej! Jag heter Anna. Jag försökte ringa dig. Ring gärna 070-174 06 11. Det går inte att svara på det här sms:et.')
    const again = held((await write(ref, '?about=again')).text, 'text')
    assert.match(again, /^Hej! Jag heter Anna\. Jag försökte ringa dig\. Jag ringer igen i dag på eftermiddagen från 070-174 06 11\.$/)
    for (const words of [first, tried, again]) assert.doesNotMatch(words, /Ungdom|kommun|KAA|Kristinehamn|jobb|samordnare|Qvz/i)
    assert.equal((await write(ref, '?about=nonsense')).status, 400)
    await anna.act(ref, 'attempt', { result: 'no-answer' })
    await anna.act(ref, 'claim')
    assert.match(held((await write(ref)).text, 'text'), /Jag ringer igen/)
  })

  test('is proposed anew by a press: at once while nobody has typed, and asked about when somebody has', async () => {
    const ref = await claimed()
    const first = held((await write(ref)).text, 'text')
    const tried = /Jag försökte ringa dig\. Ring gärna/, own = 'Hej! Ring mig "snart" <3\nAnna'
    for (const text of [first, '']) {
      const taken = await anna.act(ref, 'text', { text, propose: 'tried' })
      assert.equal(taken.status, 200)
      assert.match(held(taken.text, 'text'), tried)
      assert.match(taken.text, /value="tried" formnovalidate aria-current="true"/)
    }
    assert.doesNotMatch((await write(ref)).text, /name="replace"/)
    const asked = await anna.act(ref, 'text', { text: own, propose: 'tried' })
    assert.equal(asked.status, 422)
    assert.equal(held(asked.text, 'text'), own)
    assert.ok(reading(asked.text).includes('Du har ändrat texten. Ska förslaget ”Vi försökte nå dig” ta dess plats?'))
    assert.match(asked.text, /<button [^>]*name="replace" value="tried"/)
    const replaced = await anna.act(ref, 'text', { text: own, replace: 'tried' })
    assert.match(held(replaced.text, 'text'), tried)
    const soon = await anna.act(ref, 'text', { text: own, about: 'soon', propose: 'first' })
    assert.equal(held(soon.text, 'about'), 'soon', 'nothing is replaced yet')
    assert.equal(held((await anna.act(ref, 'text', { text: first, about: 'soon', propose: 'first' })).text, 'about'), undefined)
    for (const odd of ['propose', 'replace']) assert.equal((await anna.act(ref, 'text', { text: own, [odd]: 'nonsense' })).status, 400)
  })

  test('is in the person’s language when there is a catalogue, else in Swedish, which the page says', async () => {
    const arabic = (await write(await claimed({ speak: 'ar' }))).text
    assert.match(held(arabic, 'text'), /^مرحبًا! اسمي Anna\. سأتصل بك .* \u200e070-174 06 11\. /)
    assert.match(arabic, /<textarea[^>]* lang="ar"/)
    const somali = (await write(await claimed({ speak: 'so' }))).text
    assert.match(held(somali, 'text'), /^Hej! /)
    assert.ok(reading(somali).includes('Förslaget är på svenska'))
    assert.ok(!reading(arabic).includes('Förslaget är på svenska'))
  })

  test('is counted, and refused when it is too long, empty or has odd characters; the text stays', async () => {
    const ref = await claimed()
    const before = count()
    for (const [written, status, words] of [
      ['a'.repeat(160), 200, 'Blir 1 sms. 160 tecken. Högst 6 sms.'], ['a'.repeat(161), 200, 'Blir 2 sms. 161 tecken'],
      ['م'.repeat(71), 200, 'Blir 2 sms. 71 tecken. Högst 6 sms. Emojier och vissa alfabet'], ['a'.repeat(919), 422, 'Blir 7 sms.'],
      ['', 422, 'Skriv något att skicka.'], ['Hej\u0007', 422, 'Efter ”Hej” finns ett osynligt tecken.']
    ]) {
      const answer = await anna.act(ref, 'text', { text: written, step: 'count' })
      assert.equal(answer.status, status)
      assert.ok(reading(answer.text).includes(words), words)
      assert.equal(held(answer.text, 'text'), written)
      if (status === 422) assert.equal((await anna.act(ref, 'text', { text: written, step: 'send' })).status, 422)
    }
    assert.equal(count(), before)
  })

  test('is sent by a press, is an attempt, and its state is shown on the case', async () => {
    const ref = await claimed({ phone: '070-174 06 42' })
    const answer = await anna.act(ref, 'text', { text: 'Hej! Qvztexten.', step: 'send' })
    assert.match(answer.location, /^\/staff\/queue\?notice=texted/)
    const [row] = service.sql('SELECT state, attempts FROM cases ORDER BY number DESC LIMIT 1')
    assert.deepEqual(row, { state: 'waiting', attempts: 1 })
    assert.ok(reading((await anna.page(`/staff/case/${ref}`)).text).includes('På väg'))
    assert.deepEqual(tracesInFolder(service.folder, ['Qvztexten', '46701740642']).map(({ file }) => file), [])
    await outbox.once()
    const files = readdirSync(join(service.folder, 'outbox')).filter(file => file.endsWith('.txt')).map(file => readFileSync(join(service.folder, 'outbox', file), 'utf8'))
    assert.ok(files.includes('To: +46701740642\n\nHej! Qvztexten.\n'))
    assert.ok(reading((await leo.page(`/staff/case/${ref}`)).text).includes('Skickat'))
    assert.deepEqual(tracesInFolder(service.folder, ['Qvztexten', '46701740642']).map(({ file }) => file).filter(file => !file.startsWith('outbox/')), [])
  })

  test('that names the service, a queue or a municipality is asked about; what was written stays', async () => {
    const ref = await claimed()
    const before = count()
    for (const [written, named] of [
      ['Hej! Det är Ungdomsvägen.', 'Ungdomsvägen'], ['Vi på ungdomscentrum ringer.', 'ungdomscentrum'], ['KAA ringer dig.', 'KAA'],
      ['Hej från Kristinehamns kommun!', 'Kristinehamns'], ['Ring ÅRJÄNG. Eller (Karlstad).', 'Karlstad']
    ]) {
      const answer = await anna.act(ref, 'text', { text: written, step: 'send' })
      assert.equal(answer.status, 422, written)
      assert.ok(reading(answer.text).includes(`I texten står ”${named}”.`), written)
      assert.equal(held(answer.text, 'text'), written)
      assert.match(answer.text, /value="send-named"/)
    }
    for (const plain of ['Hej! Jag ringer i morgon.', 'Kan du ringa till mig?', 'Jag heter Kristina.']) {
      assert.doesNotMatch((await anna.act(ref, 'text', { text: plain, step: 'count' })).text, /send-named/)
    }
    assert.equal(count(), before)
    const answer = await anna.act(ref, 'text', { text: 'Hej från Kristinehamns kommun!', step: 'send-named' })
    assert.match(answer.location, /^\/staff\/queue\?notice=texted/)
    assert.equal(count(), before + 1)
  })

  for (const [what, fields, sends, offered, state] of [
    ['still waits is undone, and not sent', ['text', { text: 'Hej!', step: 'send' }], false, true, 'dropped'],
    ['has left cannot be undone', ['text', { text: 'Hej!', step: 'send' }], true, false, 'sent'],
    ['was sent by other means is undone', ['attempt', { result: 'texted' }], true, true, undefined]
  ]) {
    test(`that ${what}`, async () => {
      const ref = await claimed()
      const { location } = await anna.act(ref, ...fields)
      if (sends) await outbox.once()
      assert.equal((await anna.page(location)).text.includes(`/staff/case/${ref}/undo`), offered)
      assert.equal((await anna.act(ref, 'undo')).status, offered ? 303 : 409)
      assert.equal(service.sql(`SELECT state FROM messages WHERE way = 'text' AND case_number = ${number(ref)}`)[0]?.state, state)
    })
  }

  test('in Arabic leaves with its number marked, even if the mark was lost while it was edited', async () => {
    const ref = await claimed({ phone: '070-174 06 43', speak: 'ar' })
    const proposed = held((await write(ref)).text, 'text')
    await anna.act(ref, 'text', { text: proposed.replace(/\u200e/g, ''), step: 'send' })
    await outbox.once()
    const files = readdirSync(join(service.folder, 'outbox')).filter(file => file.endsWith('.txt')).map(file => readFileSync(join(service.folder, 'outbox', file), 'utf8'))
    assert.ok(files.includes(`To: +46701740643\n\n${proposed}\n`), files.join('\n---\n'))
  })

  test('is refused, and not offered, when the person wants none', async () => {
    const ref = await claimed({ contact: 'call-silent' })
    const before = count()
    assert.doesNotMatch((await anna.page(`/staff/case/${ref}`)).text, new RegExp(`href="/staff/case/${ref}/text"`))
    for (const answer of [await write(ref), await anna.act(ref, 'text', { text: 'Hej!', step: 'send' })]) {
      assert.equal(answer.status, 409)
      assert.ok(reading(answer.text).includes('ni inte ska lämna meddelande'))
    }
    assert.equal(count(), before)
  })

  test('is offered first when the person asked for one', async () => {
    const ref = await claimed({ contact: 'sms-first' })
    const page = (await anna.page(`/staff/case/${ref}`)).text
    const first = /<div class="call">\s*<a class="button" href="([^"]+)"/.exec(page)[1]
    assert.equal(first, `/staff/case/${ref}/text`)
  })

  test('can be sent by the holder alone', async () => {
    const ref = await claimed()
    assert.equal((await leo.page(`/staff/case/${ref}/text`)).status, 409)
    assert.equal((await leo.act(ref, 'text', { text: 'Hej!', step: 'send' })).status, 409)
    assert.doesNotMatch((await leo.page(`/staff/case/${ref}/text`)).text, /Qvzsms/)
  })
})

describe('a text that says the call comes in ten minutes', () => {
  test('keeps the case with its holder, due in ten minutes, on top of Today and as an act of its own', async () => {
    if (await outbox.once() !== 0) assert.fail('the outbox did not start')
    const late = await claimed()
    service.change(`UPDATE cases SET due_at = received_at - 90000 WHERE number = ${number(late)}`)
    const ref = await claimed()
    const page = await write(ref, '?about=soon')
    assert.equal(held(page.text, 'text'), 'Hej! Jag heter Anna. Jag ringer dig om tio minuter från 070-174 06 11. Passar det inte? Ring mig på det numret.')
    assert.match(reading(page.text), /Skicka sms nu, jag ringer om tio minuter Räkna längden Ärendet är kvar hos dig och ligger överst på I dag/)
    assert.doesNotMatch(reading((await write(ref)).text), /Skicka sms nu/, 'offered, not forced')
    const asked = await anna.act(ref, 'text', { text: 'Hej från Kristinehamn!', step: 'send', about: 'soon' })
    assert.equal(asked.status, 422)
    assert.equal(held(asked.text, 'about'), 'soon', 'what was asked about is sent as it was meant')
    const answer = await anna.act(ref, 'text', { text: held(page.text, 'text'), step: 'send', about: 'soon' })
    assert.equal(answer.location, `/staff/case/${ref}?notice=announced`)
    assert.ok(reading((await anna.page(answer.location)).text).includes('Sms:et är på väg. Ring om tio minuter'))
    const [row] = service.sql(`SELECT state, attempts, due_at, (SELECT at FROM events WHERE case_number = number AND act = 'announced') AS at,
      (SELECT user FROM accounts a WHERE a.number = holder) AS holder FROM cases WHERE number = ${number(ref)}`)
    assert.deepEqual([row.state, row.holder, row.attempts, row.due_at - row.at], ['claimed', 'anna', 0, 600])
    const rows = html => [...html.matchAll(/id="case-(\w+)"/g)].map(([, ref]) => ref)
    for (const path of ['/staff/queue', '/staff/queue?mine=1']) {
      const today = (await anna.page(path)).text
      assert.equal(rows(today)[0], ref, path)
      assert.equal(rows(today).filter(row => row === ref).length, 1, path)
      assert.match(reading(today), /Ring strax: du har skickat sms .*du skrev att du ringer om tio minuter/, path)
    }
    assert.ok(rows((await leo.page('/staff/queue')).text).includes(ref), 'a colleague sees it in its usual place')
    assert.ok(!reading((await leo.page('/staff/queue')).text).includes('Ring strax: du har skickat sms'))
    await outbox.once()
    assert.equal(service.sql(`SELECT state FROM messages WHERE case_number = ${number(ref)}`)[0].state, 'sent')
    service.clock.forward(900)
    assert.equal(rows((await anna.page('/staff/queue')).text)[0], ref, 'also when the ten minutes have passed')
    assert.equal((await anna.act(ref, 'attempt', { result: 'announced' })).status, 422, 'no result of a call')
    assert.match((await anna.act(ref, 'attempt', { result: 'no-answer' })).location, /notice=no-answer/)
  })
})

describe('mail to staff', () => {
  const kinds = user => service.sql(`SELECT address, kinds FROM notices JOIN accounts ON number = account WHERE user = '${user}'`)[0]

  test('is chosen by each colleague', async () => {
    const answer = await anna.post('/staff/notices', { address: ' anna@kommun.example', 'kind-new': 'yes', 'kind-digest': 'yes' })
    assert.equal(answer.headers.get('location'), '/staff/notices?notice=notices')
    const { address, kinds: mask } = kinds('anna')
    assert.equal(address, 'anna@kommun.example')
    // What only leads are told stays as it was: it is not on the page.
    assert.equal(mask & ~(1 << 4 | 1 << 6 | 1 << 8), 1 << 1 | 1 << 9)
    const page = (await anna.page('/staff/notices')).text
    assert.equal(held(page, 'address'), 'anna@kommun.example')
    assert.match(page, /name="kind-new"[^>]* checked/)
    assert.doesNotMatch(page, /name="kind-overdue"[^>]* checked/)
    assert.doesNotMatch(page, /kind-restored/)
    assert.match((await leo.page('/staff/notices')).text, /kind-restored/)
    assert.match(page, /href="\/staff\/notices"/)
  })

  test('is refused for an invalid address, which stays in its field', async () => {
    const before = kinds('anna')
    for (const address of ['anna', 'a@', '@b', 'a b@c.se', 'a@b@c.se', 'a@c.se\r\nBcc: x@y.se', 'å@kommun.se', `${'a'.repeat(250)}@b.se`, 'a@-b.se', 'a@b..se', '<a@b.se>', 'a,b@c.se']) {
      const answer = await anna.post('/staff/notices', { address })
      assert.equal(answer.status, 422, address)
      const html = await answer.text()
      assert.ok(reading(html).includes('Skriv en adress som namn@kommun.se.'))
    }
    assert.deepEqual(kinds('anna'), before)
    assert.equal((await anna.post('/staff/notices', { address: '' })).status, 303)
    assert.equal(kinds('anna').address, '')
  })

  test('has its page in Arabic as well', async () => {
    const page = reading((await anna.page('/staff/notices?lang=ar')).text)
    assert.ok(page.includes(text('ar', 'Mejl till mig')))
  })
})

test('a lead of another queue decides nothing about a message', async () => {
  const mia = await signedIn(service, addAccount(service, 'mia', 'lead', 'karlstad-unga'))
  const ref = await claimed()
  assert.equal((await anna.act(ref, 'text', { text: 'Hej!', step: 'send' })).status, 303)
  service.change("UPDATE messages SET state = 'failed', reason = 'refused' WHERE state = 'queued' AND way = 'text'")
  const [, message] = /name="message" value="(\w{13})"/.exec((await leo.page('/staff/overview')).text)
  assert.doesNotMatch((await mia.page('/staff/overview')).text, new RegExp(message))
  assert.equal((await mia.post('/staff/messages/drop', { message })).status, 409)
  assert.equal((await leo.post('/staff/messages/drop', { message })).status, 303)
  assert.equal(service.sql("SELECT reason, box IS NULL AS erased FROM messages WHERE reason = 'lead'")[0].erased, 1)
})
