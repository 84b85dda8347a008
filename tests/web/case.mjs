// A case over HTTP from the queue to its end: claim, call, log, park, follow, close.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { outcomesOfCase, right, startService } from '../support/service.mjs'
import { addAccount, reference, sendCase, signedIn } from '../support/staff.mjs'
import { reading, text } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, anna, leo
let sent = 0
before(async () => {
  service = await startService()
  anna = await signedIn(service, service.coordinator)
  leo = await signedIn(service, service.lead)
})
after(() => service.stop())

const newCase = fields => sendCase(service, { ...right.self, name: `Prov ${++sent}`, ...fields })
/** Claimed and, which leaves an event, opened. */
async function claimed (fields) {
  const ref = await newCase(fields)
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  assert.equal((await anna.page(`/staff/case/${ref}`)).status, 200)
  return ref
}
/** The last case's row: tests make their own and look at it at once. */
const row = () => service.sql(`SELECT state, attempts, ${outcomesOfCase}, due_at, promised_at, closed_at,
  (SELECT user FROM accounts a WHERE a.number = holder) AS holder FROM cases ORDER BY number DESC LIMIT 1`)[0]
const acts = () => service.sql('SELECT act FROM events WHERE case_number = (SELECT max(number) FROM cases) ORDER BY step').map(event => event.act)
const day = days => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)

describe('a claim', () => {
  test('goes to one of two who press at once, forty times, the other is told who has it', async () => {
    const winners = { anna: 0, leo: 0 }
    const rounds = 40
    for (let i = 0; i < rounds; i++) {
      const ref = await newCase()
      const both = await Promise.all(i % 2 ? [anna.act(ref, 'claim'), leo.act(ref, 'claim')] : [leo.act(ref, 'claim'), anna.act(ref, 'claim')].reverse())
      const [won, lost] = both[0].status === 303 ? [0, 1] : [1, 0]
      assert.equal(both[won].status, 303)
      assert.match(both[won].location, /notice=claim$/)
      assert.equal(both[lost].status, 409)
      const who = ['Anna Andersson', 'Leo Lind'][won]
      assert.ok(reading(both[lost].text).includes(text('sv', '{who} hann före och har ärendet.', { who })), who)
      assert.ok(!both[lost].text.includes(`Prov ${sent}`), 'the other saw the name')
      assert.equal(row().holder, ['anna', 'leo'][won])
      assert.equal(acts().filter(act => act === 'claim').length, 1)
      winners[['anna', 'leo'][won]]++
    }
    assert.equal(winners.anna + winners.leo, rounds)
  })
  test('succeeds for a person who presses twice at once', async () => {
    const ref = await newCase()
    const statuses = (await Promise.all([anna.act(ref, 'claim'), anna.act(ref, 'claim')])).map(({ status }) => status).sort()
    assert.deepEqual(statuses, [303, 409])
    assert.equal(row().holder, 'anna')
  })
  test('shows name, number and message only to the holder, on the page and in the queue', async () => {
    const ref = await newCase({ area: '1783', name: '<b>Åke</b> & "Co"', phone: '070-174 06 77', message: 'Rad <i>ett</i>\nRad två' }, '/hagfors').catch(() => null)
    assert.equal(ref, null, 'an area is not another’s')
    const hagfors = await sendCase(service, { ...right.self, area: '1783', name: '<b>Åke</b> & "Co"', phone: '070-174 06 77', message: 'Rad <i>ett</i>\nRad två', contact: 'sms-first', speak: 'so', when: 'morning' }, '/hagfors')
    const before = await anna.page(`/staff/case/${hagfors}`)
    assert.doesNotMatch(before.text, /Åke|06 77|Rad två/)
    await anna.act(hagfors, 'claim')
    const mine = await anna.page(`/staff/case/${hagfors}`)
    assert.ok(mine.text.includes('<bdi>&lt;b&gt;Åke&lt;/b&gt; &amp; '))
    assert.match(mine.text, /href="tel:\+46701740677"/)
    assert.match(mine.text, new RegExp(`href="/staff/case/${hagfors}/text"`))
    assert.doesNotMatch(mine.text, /<i>ett|<b>Åke/)
    for (const words of ['Rad <i>ett</i> Rad två', 'Skicka ett sms först.', 'Vill prata somaliska (\u2068Soomaali\u2069). Boka tolk?']) assert.ok(reading(mine.text).includes(words), words)
    assert.ok(reading((await anna.page('/staff/queue?mine=1')).text).includes('<b>Åke</b>'))
    for (const path of [`/staff/case/${hagfors}`, '/staff/queue']) assert.doesNotMatch((await leo.page(path)).text, /Åke|06 77|Rad två/)
    assert.deepEqual(acts(), ['receive', 'claim', 'open'])
    assert.ok(reading((await leo.page(`/staff/case/${hagfors}`)).text).includes('Anna Andersson har det'))
  })
  test('says from which number to ring, and that the receipt has it, unless there was none', async () => {
    const ref = await newCase()
    assert.doesNotMatch((await anna.page(`/staff/case/${ref}`)).text, /Ring från/)
    await anna.act(ref, 'claim')
    const page = reading((await anna.page(`/staff/case/${ref}`)).text)
    assert.ok(page.includes('Ring från 070-174 06 11. Det står på kvittot.'))
    assert.ok(page.indexOf('Ring från 070-174 06 11') < page.indexOf('Ring 070-174'), 'above the button')
    await anna.post('/staff/new', { ...right.self, name: `Prov ${++sent}`, way: 'mail', take: 'yes' })
    const entered = reference(service.sql('SELECT CAST(max(number) AS TEXT) AS number FROM cases')[0].number)
    assert.match(reading((await anna.page(`/staff/case/${entered}`)).text), /Ring från 070-174 06 11\. (?!Det står)/)
  })
  for (const [who, contact, says, not] of [
    ['self', 'call', ['”Hej! Är det {name}?”', 'Du bad oss ringa.', 'Du kan också ringa mig på 070-174 06 11.', '”Okej, då ringer jag igen'], ['hjälpte till']],
    ['self', 'call-silent', ['Lägg på utan att säga något. Personen vill inte ha något meddelande.'], ['Du kan också ringa mig']],
    ['self', 'sms-first', ['Lägg på utan att säga något, och skicka ett sms i stället.'], ['Du kan också ringa mig']],
    ['relative', 'call', ['Du har hört av dig till oss om någon som du bryr dig om.', 'Säg inte om den unga har kontakt med oss.'], ['Du bad oss ringa.']],
    ['professional', 'call', ['Du fick hjälp att höra av dig till oss', '”Hej! Är det Nilla Nurse?”', 'Du hjälpte någon att höra av sig till oss.'], ['Du bad oss ringa.']]
  ]) {
    test(`gives the first words, name first: ${who}, ${contact}`, async () => {
      const ref = await claimed({ ...right[who], name: `Prov ${sent + 1}`, contact, ...(who === 'professional' && { helper_name: 'Nilla Nurse', helper_phone: '070-174 06 98' }) })
      const html = (await anna.page(`/staff/case/${ref}`)).text
      const words = reading(/<details class="first-words">([^]*?)<\/details>/.exec(html)[1])
      for (const said of says) assert.ok(words.includes(said.replace('{name}', `Prov ${sent}`)), `${said} in ${words}`)
      for (const said of not) assert.ok(!words.includes(said), said)
      assert.ok(words.includes('Jag heter Anna.'))
      assert.doesNotMatch(words, /Ungdom|kommun|KAA|Kristinehamn|jobb|samordnare/i, 'nothing of the matter')
    })
  }
  test('reminds the caller when the case is a parent’s', async () => {
    const ref = await sendCase(service, { ...right.relative, name: 'Förälder' })
    await anna.act(ref, 'claim')
    const page = reading((await anna.page(`/staff/case/${ref}`)).text)
    assert.ok(page.includes('Berätta inte om den unga har kontakt med oss.'))
    assert.ok(page.includes('Den unga vet om det.'))
  })
})

describe('an attempt', () => {
  for (const result of ['no-answer', 'left-message', 'other-answered', 'texted']) {
    test(`${result} gives the case back with a new due time, the promise untouched`, async () => {
      const ref = await claimed()
      const before = row()
      const answer = await anna.act(ref, 'attempt', { result })
      assert.equal(answer.location, `/staff/queue?notice=${result}&case=${ref}`)
      const now = row()
      assert.deepEqual([now.state, now.attempts, now.holder, now.promised_at], ['waiting', 1, null, before.promised_at])
      assert.ok(now.due_at > Date.now() / 1000)
      assert.deepEqual(acts(), ['receive', 'claim', 'open', result])
      assert.ok(reading((await leo.page(`/staff/case/${ref}`)).text).includes('Ta ärendet'))
    })
  }
  test('keeps the case with its holder after "reached", and after every later result', async () => {
    const ref = await claimed()
    assert.match((await anna.act(ref, 'attempt', { result: 'reached', until: day(10) })).location, /\/staff\/case\/.*notice=reached$/)
    assert.deepEqual([row().state, row().holder], ['reached', 'anna'])
    assert.match((await anna.act(ref, 'attempt', { result: 'no-answer' })).location, /notice=tried$/)
    assert.deepEqual([row().state, row().holder, row().attempts], ['reached', 'anna', 1])
    assert.match((await anna.act(ref, 'follow', { until: day(20) })).location, /notice=follow$/)
    assert.equal(row().state, 'following')
    const due = row().due_at
    assert.ok(due >= Date.parse(day(20)) / 1000 && due < Date.parse(day(33)) / 1000)
  })
  test('with an unknown result is 422 and changes nothing', async () => {
    const ref = await claimed()
    for (const fields of [{}, { result: '' }, { result: 'close' }, { result: 'receive' }, { result: 'purge' }, { result: 'claim' }]) {
      const before = service.contents()
      const answer = await anna.act(ref, 'attempt', fields)
      assert.equal(answer.status, 422)
      assert.ok(reading(answer.text).includes('Välj hur det gick.'))
      assert.deepEqual(service.changes(before), [])
    }
  })
  test('that is pressed twice is logged once', async () => {
    const ref = await claimed()
    const both = await Promise.all([anna.act(ref, 'attempt', { result: 'no-answer' }), anna.act(ref, 'attempt', { result: 'no-answer' })])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    assert.equal(row().attempts, 1)
  })
})

describe('park, release, follow', () => {
  test('park puts a case away until a day, when it returns to the queue', async () => {
    const ref = await claimed()
    assert.match((await anna.act(ref, 'park', { until: day(14) })).location, /notice=park&/)
    assert.deepEqual([row().state, row().holder], ['waiting', null])
    assert.ok(row().due_at >= Date.parse(day(14)) / 1000)
  })
  test('park accepts only a real day within the coming year', async () => {
    const ref = await claimed()
    const before = service.contents()
    for (const [until, status] of [['', 409], [day(-7), 409], [day(370), 409], ['2027-02-30', 422], ['i morgon', 422], ['2027-01', 422], ['9999-99-99', 422], ['2027-01-01x', 422]]) {
      const answer = await anna.act(ref, 'park', { until })
      assert.equal(answer.status, status, until)
      assert.ok(reading(answer.text).includes('Välj ett datum inom ett år framåt.'), until)
    }
    assert.deepEqual(service.changes(before), [])
  })
  test('release lets the holder or a lead give a case back', async () => {
    const ref = await claimed()
    assert.match((await anna.act(ref, 'release')).location, /notice=release&/)
    await anna.act(ref, 'claim')
    assert.equal((await leo.act(ref, 'release')).status, 303)
    assert.deepEqual([row().state, row().holder], ['waiting', null])
    assert.deepEqual(acts(), ['receive', 'claim', 'open', 'release', 'claim', 'release'])
  })
})

describe('notes', () => {
  const secret = 'Zebrarandig anteckning: hen vill bli svetsare\nRad två <b>'
  test('are sealed: the holder reads them, the database does not', async () => {
    const ref = await claimed()
    await anna.act(ref, 'note', { note: secret })
    await anna.act(ref, 'attempt', { result: 'reached', note: 'Zebrasamtal om praktik' })
    const page = await anna.page(`/staff/case/${ref}`)
    for (const note of ['Zebrarandig anteckning: hen vill bli svetsare Rad två <b>', 'Zebrasamtal om praktik']) assert.ok(reading(page.text).includes(note))
    assert.doesNotMatch((await leo.page(`/staff/case/${ref}`)).text, /Zebra/)
    assert.deepEqual(tracesInFolder(service.folder, ['Zebrarandig anteckning', 'Zebrasamtal', 'svetsare']), [])
    await anna.act(ref, 'release')
    await leo.act(ref, 'claim')
    assert.match((await leo.page(`/staff/case/${ref}`)).text, /Zebrarandig/)
  })
  test('say at their field that everyone in the queue can read them', async () => {
    const { text } = await anna.page(`/staff/case/${await claimed()}`)
    const fields = [...text.matchAll(/<textarea[^>]*name="note"[^>]*>/g)].map(([field]) => field).filter(field => !/id="offer-note"/.test(field))
    assert.ok(fields.length >= 3)
    for (const field of fields) {
      const [, id] = /aria-describedby="([\w-]+-read)\b/.exec(field) ?? assert.fail(field)
      assert.match(text, new RegExp(`id="${id}">Kan läsas av alla i kön\\.<`))
    }
  })
  test('have at most 4000 characters of any script', async () => {
    const ref = await claimed()
    for (const letter of ['å', 'ش', '😀', 'a']) assert.equal((await anna.act(ref, 'note', { note: letter.repeat(4000) })).status, 303, letter)
    assert.ok((await anna.page(`/staff/case/${ref}`)).text.includes('ش'.repeat(4000)))
    const before = service.contents()
    for (const [note, says] of [['a'.repeat(4001), 'Det är 1 för mycket.'], ['😀'.repeat(4003), 'Det är 3 för mycket.'], [`${'a\r\n'.repeat(2001)}`, 'Det är 2 för mycket.'], ['', 'Skriv något'], ['   \n ', 'Skriv något'], ['x\u001by', 'Mellan ”x” och ”y” finns ett osynligt tecken.'], ['x\u0007', 'Efter ”x” finns ett osynligt tecken.']]) {
      const answer = await anna.act(ref, 'note', { note })
      assert.equal(answer.status, 422)
      assert.ok(reading(answer.text).includes(says), says)
    }
    assert.deepEqual(service.changes(before), [])
  })
})

describe('closing', () => {
  const noContact = '”Ingen kontakt” går inte att välja än.'
  /** An attempt in the past, as if it had been logged then. */
  function attemptAt (act, daysAgo, hour) {
    const date = new Date(Date.now() - daysAgo * 86400000).toISOString().slice(0, 10)
    execFileSync('sqlite3', [join(service.folder, 'egenremiss.db'), `INSERT INTO events (case_number, step, account, at, act, from_state, to_state, due_at) SELECT case_number, max(step) + 1, 1, unixepoch('${date} ${hour}'), '${act}', 'claimed', 'claimed', due_at FROM events WHERE case_number = (SELECT max(number) FROM cases)`])
  }
  const close = (ref, outcome) => anna.act(ref, 'close', { outcome })
  const propose = (ref, outcome) => anna.act(ref, 'propose', { outcome, note: 'Skäl' })

  test('accepts work and studies together', async () => {
    const ref = await claimed()
    const answer = await anna.act(ref, 'close', { outcome: 'work+studies', note: 'Bra slut' })
    assert.match(answer.location, /^\/staff\/queue\?notice=close&/)
    assert.deepEqual([row().state, row().outcomes, row().due_at, row().holder], ['closed', 'studies work', null, null])
    assert.ok(row().closed_at > 0)
    const page = reading((await leo.page(`/staff/case/${ref}`)).text)
    assert.ok(page.includes('Bra slut'), 'a colleague may read a closed case')
    assert.equal((await anna.act(ref, 'claim')).status, 409)
  })
  test('needs one person for each outcome after which another body takes over', async () => {
    for (const outcome of ['work', 'studies', 'other-municipal', 'employment-service', 'insurance-agency', 'care', 'coordination-union', 'daily-activity', 'guided-elsewhere']) {
      const ref = await claimed()
      assert.equal((await close(ref, outcome)).status, 303, outcome)
      assert.equal(row().outcomes, outcome)
    }
  })
  test('without an outcome, or with an unknown one, is 422', async () => {
    const ref = await claimed()
    const before = service.contents()
    for (const outcome of ['', 'gone', 'studies work', 'studies+work']) {
      const answer = await close(ref, outcome)
      assert.equal(answer.status, 422, outcome)
      assert.ok(reading(answer.text).includes('Välj ett utfall.'))
    }
    assert.deepEqual(service.changes(before), [])
  })
  /** What the page says is missing; "" when the outcome can be chosen. */
  const missing = html => reading(/id="no-contact">([^]*?)<\/div>/.exec(html)?.[1] ?? '').replace(/^.*Kvar att göra: ?/, '').replace('<ul>', '').trim()
  const entered = async fields => {
    await anna.post('/staff/new', { ...right.self, name: `Prov ${++sent}`, way: 'phone', ...fields })
    const ref = reference(service.sql('SELECT CAST(max(number) AS TEXT) AS number FROM cases')[0].number)
    await anna.act(ref, 'claim')
    return ref
  }
  const arrivals = {
    'by the form': () => claimed(),
    'written down': () => entered(),
    'by a code': async () => { const ref = await sendCase(service, { ...right.self, name: `Prov ${++sent}` }, `/q/${service.codes.kristinehamn}`); await anna.act(ref, 'claim'); return ref }
  }
  for (const [how, arrive] of Object.entries(arrivals)) {
    test(`as no contact means rung, of a case that came ${how}; the page says what is missing`, async () => {
      const ref = await arrive()
      const expect = async (status, words) => {
        const answer = await propose(ref, 'no-contact')
        assert.equal(answer.status, status, words)
        if (status === 409) assert.ok(reading(answer.text).includes(noContact))
        assert.equal(missing((await anna.page(`/staff/case/${ref}`)).text), words)
      }
      await expect(409, 'Ring minst tre gånger, olika dagar, både på förmiddagen och på eftermiddagen. Skicka ett sms.')
      for (const days of [29, 28, 27]) attemptAt('texted', days, days === 28 ? '14:30' : '08:30')
      await expect(409, 'Ring minst tre gånger, olika dagar, både på förmiddagen och på eftermiddagen.')
      for (const days of [26, 25, 24]) attemptAt('wrong-number', days, days === 25 ? '14:30' : '08:30')
      await expect(409, 'Försök minst 2 gånger, olika dagar.')
      attemptAt('new-number', 24, '15:00')
      await expect(409, 'Ring minst tre gånger, olika dagar, både på förmiddagen och på eftermiddagen. Skicka ett sms.')
      attemptAt('no-answer', 23, '08:30')
      await expect(409, 'Ring minst 2 gånger till, andra dagar, någon gång på eftermiddagen. Skicka ett sms.')
      attemptAt('wrong-number', 22, '08:30')
      attemptAt('new-number', 22, '08:30')
      attemptAt('texted', 22, '08:30')
      attemptAt('other-answered', 21, '08:30')
      attemptAt('left-message', 20, '08:30')
      await expect(409, 'Ring minst en gång till, en annan dag, på eftermiddagen.')
      attemptAt('no-answer', 20, '08:50')
      await expect(409, 'Ring minst en gång till, en annan dag, på eftermiddagen.')
      attemptAt('no-answer', 19, '08:30')
      await expect(409, 'Ring minst en gång till, på eftermiddagen.')
      attemptAt('no-answer', 19, '14:30')
      await expect(303, '')
      assert.deepEqual([row().state, row().holder], ['claimed', 'anna'], 'asked for, not yet confirmed')
    })
  }
  test('as no contact needs a text that was sent, if the person allows texts', async () => {
    for (const [contact, state, status] of [['call', null, 409], ['call', 'failed', 409], ['call', 'queued', 409], ['call', 'unknown', 409], ['call', 'dropped', 409], ['call', 'sent', 303], ['call-silent', null, 303]]) {
      const ref = await claimed({ contact })
      for (const days of [9, 8, 7]) attemptAt('no-answer', days, days === 8 ? '14:30' : '08:30')
      if (state) {
        attemptAt('texted', 6, '14:30')
        service.change(`INSERT INTO messages (number, way, kind, queue, case_number, account, state, reason, created_at, due_at, changed_at, sealed, box)
          SELECT coalesce((SELECT max(number) FROM messages), 0) + 1, 'text', 0, 'kristinehamn-kaa', case_number, account, '${state}', 'none', at, at, at,
          ${['sent', 'dropped'].includes(state) ? 'NULL, NULL' : 'zeroblob(81), zeroblob(9)'} FROM events WHERE act = 'texted' ORDER BY case_number DESC, step DESC LIMIT 1`)
      }
      assert.equal((await propose(ref, 'no-contact')).status, status, `${contact} ${state}`)
      if (state === 'failed') assert.equal(missing((await anna.page(`/staff/case/${ref}`)).text), 'Skicka ett sms. Inget sms har gått iväg än.')
    }
  })
})

test('a form sent again after the closing makes a new case', async () => {
  const fields = { ...right.self, name: 'Åter' }
  const ref = await sendCase(service, fields)
  await anna.act(ref, 'claim')
  await anna.act(ref, 'close', { outcome: 'care' })
  assert.notEqual(await sendCase(service, fields), ref)
})

test('a colleague sees the cases of the own queue only', async () => {
  const karl = await signedIn(service, addAccount(service, 'karl', 'coordinator', 'karlstad-kaa'))
  const ref = await sendCase(service, { ...right.self, area: '1780', name: 'Karlstadbo' }, '/karlstad')
  const queue = (await karl.page('/staff/queue')).text
  assert.deepEqual([...queue.matchAll(/id="case-(\w+)"/g)].map(([, ref]) => ref), [ref])
  assert.equal((await karl.act(ref, 'claim')).status, 303)
  assert.match((await karl.page(`/staff/case/${ref}`)).text, /Karlstadbo/)
})

test('the doctor finds no fault afterwards', () => {
  assert.match(service.run('doctor', '--data', service.folder), /^0 faults$/m)
})
