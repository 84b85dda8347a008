// A case among queues over HTTP: offered, accepted or returned, shared, left. Of two at once,
// the second is told.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService, until, wait } from '../support/service.mjs'
import { addAccount, number, reference, sendCase, signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, vera, olle, una, ulf, sent = 0
const written = []
/** A text that is to be found nowhere on the disk. */
const secret = text => { written.push(text); return text }

let accounts
const signIn = async () => { [vera, olle, una, ulf] = await Promise.all(accounts.map(account => signedIn(service, account))) }
before(async () => {
  service = await startService({ clock: '2027-01-11T09:00+01:00', quick: true })
  // Only these four: the demonstration's own, who are members of every queue, leave the two.
  service.change("DELETE FROM memberships WHERE queue IN ('kristinehamn-kaa', 'karlstad-unga')")
  accounts = [['vera', 'kristinehamn-kaa'], ['olle', 'kristinehamn-kaa'], ['una', 'karlstad-unga'], ['ulf', 'karlstad-unga']]
    .map(([user, queue]) => addAccount(service, user, 'coordinator', queue))
  await signIn()
})
after(() => service.stop())

const today = '2027-01-11'
/** A case of KAA in Kristinehamn that Vera has. */
async function veras () {
  const ref = await sendCase(service, { ...right.self, name: `Zebranamn ${++sent}`, phone: '070-174 06 33' })
  assert.equal((await vera.act(ref, 'claim')).status, 303)
  return ref
}
const offer = (ref, fields) => vera.act(ref, 'offer', { queue: 'karlstad-unga', ...fields })
const share = (ref, fields) => vera.act(ref, 'share', { queue: 'karlstad-unga', what: secret('Zebrasamtycke: allt'), agreed: today, ...fields })
const page = (who, ref) => who.page(`/staff/case/${ref}`)
const read = async (who, ref) => reading((await page(who, ref)).text)
const row = () => service.sql('SELECT queue, (SELECT user FROM accounts a WHERE a.number = holder) AS holder, state, due_at FROM cases ORDER BY number DESC LIMIT 1')[0]
const keys = () => service.sql('SELECT queue FROM case_keys WHERE case_number = (SELECT max(number) FROM cases) ORDER BY queue').map(key => key.queue)

describe('an offer', () => {
  test('leaves the case with the sender until it is accepted; the receiver reads only the note', async () => {
    const ref = await veras()
    const { due_at: due } = row()
    assert.equal((await page(una, ref)).status, 404)
    const answer = await offer(ref, { note: secret('Zebrahälsning: ring efter tre') })
    assert.equal(answer.status, 303)
    assert.equal(answer.location, `/staff/case/${ref}?notice=offer`)
    const theirs = await read(una, ref)
    assert.ok(theirs.includes('Zebrahälsning: ring efter tre'))
    assert.match(theirs, /Vera Prov på .*Kristinehamn.* erbjuder er ärendet\./)
    assert.match(theirs, /Svara senast onsdag 13 januari/)
    assert.doesNotMatch(theirs, /Zebranamn|06 33|Händelser|Tog ärendet/)
    const ours = await read(olle, ref)
    assert.match(ours, /Erbjudet till .*Karlstad/)
    assert.deepEqual(keys(), ['kristinehamn-kaa'])
    assert.equal((await una.act(ref, 'note', { note: 'N' })).status, 409)

    assert.equal((await una.act(ref, 'accept')).location, `/staff/case/${ref}?notice=accept`)
    assert.deepEqual(row(), { queue: 'karlstad-unga', holder: 'una', state: 'claimed', due_at: due })
    assert.deepEqual(keys(), ['karlstad-unga'])
    assert.match(await read(una, ref), /Zebranamn.*070-174 06 33/s)
    assert.match(await read(una, ref), /Ring från 070-174 06 22\. (?!Det står)/, 'the receipt has the number of the queue before')
    assert.equal((await page(vera, ref)).status, 404)
  })

  test('returns with a reason, which the sender reads', async () => {
    const ref = await veras()
    await offer(ref)
    const empty = await una.act(ref, 'return', { reason: ' ' })
    assert.equal(empty.status, 422)
    assert.ok(reading(empty.text).includes('Skriv varför ni tackar nej.'))
    assert.equal((await una.act(ref, 'return', { reason: secret('Zebraskäl: flyttad') })).location, '/staff/queue?notice=return')
    assert.equal((await page(una, ref)).status, 404)
    assert.match(await read(vera, ref), /Una Prov\s+Zebraskäl: flyttad/)
    assert.match(await read(vera, ref), /Tackade nej till att ta över/)
  })

  test('keeps the typed texts when it is refused', async () => {
    const ref = await veras()
    const answer = await offer(ref, { note: 'En hälsning', stays: 'yes', yes: 'Möten', agreed: '2027-01-12' })
    assert.equal(answer.status, 422)
    assert.ok(reading(answer.text).includes('Välj dagen då personen sa ja: i dag eller tidigare.'))
    assert.equal(held(answer.text, 'agreed'), '2027-01-12')
    assert.equal(held(answer.text, 'yes'), 'Möten')
    for (const typed of ['En hälsning</textarea>', 'value="karlstad-unga" selected', 'value="yes" checked>']) assert.ok(answer.text.includes(typed), typed)
    assert.equal((await offer(ref, { queue: 'kristinehamn-kaa' })).status, 422)
    assert.equal((await offer(ref, { note: 'x'.repeat(4001) })).status, 422)
  })
})

describe('what is wrong with a form stands at its field, which has the focus', () => {
  const long = 'å'.repeat(4003)
  const yes = { stays: 'yes', yes: 'Möten', agreed: today }
  const faults = [
    ['offer', 'offer-note', { note: long }, 'Texten är för lång: högst 4000 tecken får plats. Det är 3 för mycket.'],
    ['offer', 'offer-note', { note: 'Ring 640823-3234' }, 'Det ser ut som ett personnummer. Ta bort det.'],
    ['offer', 'offer-yes', { ...yes, yes: ' ' }, 'Skriv vad personen sa ja till.'],
    ['offer', 'offer-yes', { stays: 'yes', agreed: today }, 'Skriv vad personen sa ja till.'],
    ['offer', 'offer-yes', { ...yes, yes: long }, 'Texten är för lång: högst 4000 tecken får plats. Det är 3 för mycket.'],
    ['offer', 'offer-day', { ...yes, agreed: '' }, 'Välj dagen då personen sa ja: i dag eller tidigare.'],
    ['share', 'share-what', { what: '' }, 'Skriv vad personen sa ja till.'],
    ['share', 'share-day', { agreed: '2027-01-12' }, 'Välj dagen då personen sa ja: i dag eller tidigare.'],
  ]
  test('and no notice on top has to be read first', async () => {
    const ref = await veras()
    for (const [form, id, fields, said] of faults) {
      const { status, text } = await (form === 'offer' ? offer(ref, fields) : share(ref, fields))
      assert.equal(status, 422, id)
      const field = text.match(new RegExp(`<\\w+ [^>]*id="${id}"[^>]*>`))[0]
      assert.match(field, / aria-invalid="true"/)
      assert.match(field, new RegExp(`aria-describedby="${id}-fault`))
      assert.equal(reading(text.match(new RegExp(`<span class="fault" id="${id}-fault">[^<]*`))[0]).trim(), said)
      assert.equal(text.match(/ autofocus/g).length, 1, 'the field alone')
      assert.match(field, / autofocus/)
      assert.doesNotMatch(text, /<p class="notice/)
    }
    await offer(ref)
    const { text } = await una.act(ref, 'return', { reason: long })
    assert.match(text, /<span class="fault" id="reason-fault">Texten är för lång: högst 4000 tecken får plats\. Det är 3 för mycket\./)
    assert.match(text, /<details open>\s*<summary>Tacka nej/)
  })
})

describe('of two at once, the second is told', () => {
  const statuses = answers => answers.map(answer => answer.status).sort()
  /** Each of them at the same moment; how the one that was refused reads. */
  async function race (ref, presses) {
    const answers = await Promise.all(presses.map(([who, what, fields]) => who.act(ref, what, fields)))
    assert.deepEqual(statuses(answers), [303, 409])
    const [lost] = answers.filter(answer => answer.status === 409)
    return reading(lost.text)
  }
  const owners = () => service.sql('SELECT count(*) AS n FROM case_keys k JOIN cases c ON c.number = k.case_number WHERE c.queue = k.queue AND c.number = (SELECT max(number) FROM cases)')[0].n

  test('when two accept', async () => {
    for (let i = 0; i < 5; i++) {
      const ref = await veras()
      await offer(ref)
      const told = await race(ref, [[una, 'accept'], [ulf, 'accept']])
      const winner = row().holder
      assert.ok(told.includes(`${winner === 'una' ? 'Una' : 'Ulf'} Prov hann före och har tagit över ärendet.`), told)
      assert.deepEqual(keys(), ['karlstad-unga'])
    }
  })
  test('when one accepts and another withdraws', async () => {
    for (let i = 0; i < 5; i++) {
      const ref = await veras()
      await offer(ref)
      const told = await race(ref, [[una, 'accept'], [olle, 'withdraw']])
      if (row().queue === 'karlstad-unga') assert.ok(told.includes('Una Prov hann före och har tagit över ärendet.'), told)
      else assert.ok(told.includes('Olle Prov har tagit tillbaka erbjudandet.'), told)
      assert.equal(owners(), 1)
      assert.equal(keys().length, 1)
    }
  })
  test('when one declines and another accepts, and when one offers twice', async () => {
    const ref = await veras()
    assert.match(await race(ref, [[vera, 'offer', { queue: 'karlstad-unga' }], [vera, 'offer', { queue: 'karlstad-unga' }]]), /Vera Prov har redan erbjudit ärendet till en kö\./)
    const told = await race(ref, [[una, 'accept'], [ulf, 'return', { reason: 'Nej' }]])
    assert.match(told, /(Una Prov hann före och har tagit över|Ulf Prov har tackat nej till) ärendet\./)
  })
  test('a stranger learns nothing of the case', async () => {
    const ref = await veras()
    for (const what of ['accept', 'return', 'withdraw', 'recuse', 'unshare']) assert.equal((await una.act(ref, what, what === 'return' ? { reason: 'N' } : what === 'unshare' ? { queue: 'karlstad-unga' } : {})).status, 404, what)
  })
})

describe('queues that take part', () => {
  test('need the person’s yes, and lose access when they stop', async () => {
    const ref = await veras()
    assert.equal((await share(ref, { agreed: '' })).status, 422)
    assert.equal((await share(ref)).location, `/staff/case/${ref}?notice=share`)
    assert.deepEqual(keys(), ['karlstad-unga', 'kristinehamn-kaa'])
    const theirs = await read(una, ref)
    assert.match(theirs, /Ni deltar\. .* har ärendet\./)
    assert.match(theirs, /Zebranamn .*Personen sa ja måndag 11 januari 2027 · Vera Prov.*Zebrasamtycke: allt/)
    assert.equal((await una.act(ref, 'note', { note: secret('Zebraanteckning av Una') })).status, 303)
    assert.match(await read(vera, ref), /Una Prov Zebraanteckning av Una/)
    for (const what of ['release', 'claim']) assert.equal((await una.act(ref, what)).status, 409, what)
    assert.equal((await offer(ref, {})).status, 303)
    assert.equal((await olle.act(ref, 'unshare', { queue: 'karlstad-unga' })).status, 303)
    assert.deepEqual(keys(), ['kristinehamn-kaa'])
    assert.doesNotMatch(await read(ulf, ref), /Zebra/)
    assert.match(await read(vera, ref), /deltog måndag 11 januari 2027 till måndag 11 januari 2027.*Sparat av Olle Prov/)
  })
  test('may include the sender, with the person’s yes', async () => {
    const ref = await veras()
    await offer(ref, { stays: 'yes', yes: secret('Zebramöten: Vera är med'), agreed: today })
    assert.match(await read(ulf, ref), /fortsätter att delta, med personens ja\./)
    await ulf.act(ref, 'accept')
    assert.deepEqual(keys(), ['karlstad-unga', 'kristinehamn-kaa'])
    assert.match(await read(olle, ref), /Ni deltar\..*Zebramöten: Vera är med/)
    assert.equal((await olle.act(ref, 'unshare', { queue: 'kristinehamn-kaa' })).location, '/staff/queue?notice=unshare')
    assert.equal((await page(olle, ref)).status, 404)
  })
})

describe('a coordinator with a conflict of interest', () => {
  test('in a queue that takes part no longer sees the case, and the holder keeps it', async () => {
    const ref = await veras()
    const before = row()
    assert.equal((await share(ref)).status, 303)
    assert.ok((await page(una, ref)).text.includes('Jag känner personen'))
    assert.equal((await una.act(ref, 'recuse')).location, `/staff/queue?notice=recuse&case=${ref}`)
    assert.equal((await page(una, ref)).status, 404)
    assert.match(await read(ulf, ref), /Ser inte ärendet mer: känner personen/)
    assert.deepEqual(row(), before)
  })
  test('presses once and never sees the case again', async () => {
    const ref = await veras()
    const { due_at: due } = row()
    assert.ok((await page(vera, ref)).text.includes('Jag känner personen'))
    assert.equal((await vera.act(ref, 'recuse')).location, `/staff/queue?notice=recuse&case=${ref}`)
    assert.deepEqual(row(), { queue: 'kristinehamn-kaa', holder: null, state: 'waiting', due_at: due })
    assert.equal((await page(vera, ref)).status, 404)
    // Of the case there is the way to take it back, and no more.
    assert.deepEqual((await vera.page('/staff/queue')).text.match(new RegExp(`[^"]*${ref}[^"]*`, 'g')), [`/staff/case/${ref}/undo`])
    // A page that was left open answers plainly.
    const late = await vera.act(ref, 'attempt', { result: 'no-answer' })
    assert.equal(late.status, 404)
    assert.ok(reading(late.text).includes('Det finns inte i någon av dina köer.'))
    // Only Olle is left, who is shown the way out.
    const alone = await olle.act(ref, 'recuse')
    assert.equal(alone.status, 409)
    assert.ok(reading(alone.text).includes('Ingen kollega i kön kan ta ärendet. Ta det och lämna över det till en annan kö.'))
    await olle.act(ref, 'claim')
    assert.ok(reading((await olle.act(ref, 'recuse')).text).includes('Lämna över det till en annan kö.'))
    assert.equal((await olle.act(ref, 'offer', { queue: 'karlstad-unga' })).status, 303)
    assert.equal((await una.act(ref, 'accept')).status, 303)
  })
})

describe('an offer without an answer', () => {
  test('returns by itself, once', async () => {
    const ref = await veras()
    await offer(ref)
    const open = service.count('offers')
    service.change('UPDATE offers SET at = at - 400000, lapses_at = at - 1')
    await until(() => service.count('offers') === 0, 'an offer stands')
    // Neither worker finds it a second time.
    await service.looked()
    const lapsed = service.sql("SELECT count(*) AS n FROM events WHERE act = 'lapse'")[0].n
    assert.equal(lapsed, open)
    assert.equal(service.sql('SELECT count(*) AS n FROM alerts WHERE kind = 4')[0].n, 2 * lapsed)
    const answer = await una.act(ref, 'accept')
    assert.equal(answer.status, 409)
    assert.ok(reading(answer.text).includes('Erbjudandet fick inget svar i tid och har gått tillbaka.'))
    assert.match(await read(vera, ref), /Erbjudandet fick inget svar och kom tillbaka/)
  })

  test('and an answer in the same second: one wins, and the reader is told which', async () => {
    const refs = []
    for (let i = 0; i < 20; i++) { refs.push(await veras()); await offer(refs.at(-1)) }
    // Time is the matter: on both sides of a second, after which each worker finds what has lapsed.
    const second = Math.floor(service.clock.now() / 1000) + 2
    service.change(`UPDATE offers SET at = at - 400000, lapses_at = ${second}`)
    await until(() => service.clock.now() > second * 1000 - 400, 'time stands still')
    const answers = await Promise.all(refs.map(async (ref, i) => { await wait(i * 40); return una.act(ref, 'accept') }))
    await until(() => service.count('offers') === 0, 'an offer stands')
    const ends = refs.map(ref => service.sql(`SELECT act FROM events WHERE case_number = ${number(ref)} AND act IN ('accept', 'lapse')`).map(({ act }) => act))
    for (const [i, end] of ends.entries()) {
      assert.equal(end.length, 1, `${refs[i]}: ${end}`)
      assert.equal(answers[i].status, end[0] === 'accept' ? 303 : 409)
      if (end[0] === 'lapse') assert.ok(reading(answers[i].text).includes('Erbjudandet fick inget svar i tid och har gått tillbaka.'))
    }
    for (const how of ['accept', 'lapse']) assert.ok(ends.some(([end]) => end === how), `none was to end by ${how}`)
  })

  test('is shown to the leads of both queues alone, as are open offers', async () => {
    const [ours, theirs, others] = await Promise.all([['lars', 'kristinehamn-kaa'], ['lena', 'karlstad-unga'], ['lova', 'kristinehamn-unga']]
      .map(([user, queue]) => signedIn(service, addAccount(service, user, 'lead', queue))))
    const [{ lapse }] = service.sql("SELECT CAST(case_number AS TEXT) AS lapse FROM offers_ended WHERE how = 'lapse' ORDER BY id DESC LIMIT 1")
    const lapsed = reference(lapse), waiting = await veras()
    await offer(waiting)
    for (const lead of [ours, theirs]) {
      const { text } = await lead.page('/staff/overview')
      assert.match(reading(text), new RegExp(`Erbjudanden som ingen svarade på.*${lapsed} Från .*Kristinehamn.* till .*Karlstad.* Kom tillbaka i dag`))
      assert.match(reading(text), new RegExp(`Erbjudanden som väntar på svar.*${waiting} Från .*Svar senast onsdag 13 januari.* Vera Prov`))
      // Who cannot open it is not led there.
      assert.equal(text.includes(`href="/staff/case/${lapsed}"`), lead === ours)
      assert.equal((await lead.page(`/staff/case/${waiting}`)).status, 200)
    }
    assert.doesNotMatch(reading((await others.page('/staff/overview')).text), /Erbjudanden/)
    assert.equal((await vera.act(waiting, 'withdraw')).status, 303)
    assert.doesNotMatch(reading((await theirs.page('/staff/overview')).text), /väntar på svar/)
  })
  test('leaves no fault for the doctor and no readable text', () => {
    assert.match(service.run('doctor', '--data', service.folder), /^0 faults$/m)
    assert.ok(written.length >= 5)
    assert.deepEqual(tracesInFolder(service.folder, [...written, 'Zebra']), [])
  })
})
