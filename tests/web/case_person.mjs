// The truth about the person over HTTP: what is known is corrected and added to, a wrong number is
// not rung, and who knows the person may take that back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService, until } from '../support/service.mjs'
import { addAccount, number, sendCase, signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'
import { tracesInFolder } from '../support/traces.mjs'

let service, accounts, vera, olle, una, clock, sent = 0
const written = []
const secret = text => { written.push(text); return text }
before(async () => {
  service = await startService({ clock: '2027-01-11T09:00+01:00', quick: true })
  clock = service.clock
  service.change("DELETE FROM memberships WHERE queue IN ('kristinehamn-kaa', 'karlstad-unga')")
  accounts = [['vera', 'kristinehamn-kaa'], ['olle', 'kristinehamn-kaa'], ['una', 'karlstad-unga']].map(([user, queue]) => addAccount(service, user, 'coordinator', queue))
  await signIn()
})
after(() => service.stop())

async function signIn () { [vera, olle, una] = await Promise.all(accounts.map(account => signedIn(service, account))) }

let phones = 0
const phone = () => `070-174 06 ${String(10 + ++phones)}`
const e164 = shown => `+46${shown.replace(/\D/g, '').slice(1)}`
/** A case that Vera has, opened. */
async function veras (fields = {}, kind = 'self') {
  const ref = await sendCase(service, { ...right[kind], age: '15-17', name: `Zebranamn ${++sent}`, phone: phone(), ...fields })
  assert.equal((await vera.act(ref, 'claim')).status, 303)
  await vera.page(`/staff/case/${ref}`)
  return ref
}
const html = async (who, ref) => (await who.page(`/staff/case/${ref}`)).text
const read = async (who, ref) => reading(await html(who, ref))
const today = async (who, query = '') => (await who.page(`/staff/queue${query}`)).text
const rowOf = (list, ref) => list.slice(list.indexOf(`id="row-case-${ref}"`)).split('</li>')[0]
const events = ref => service.sql(`SELECT act FROM events WHERE case_number = ${number(ref)} ORDER BY step`).map(({ act }) => act)
const found = async (who, find) => (await (await who.post('/staff/search', { find })).text())
const noRing = page => assert.doesNotMatch(page, /href="(tel|sms):|\/text"/)

describe('a correction', () => {
  for (const [what, fields, shown, before, row = {}] of [
    ['name', () => ({ name: secret('  Zebra \u200bNytt ') }), 'Zebra Nytt', name => name],
    ['phone', () => ({ phone: '+46 (0)70 1740690' }), '070-174 06 90', (name, phone) => phone],
    ['contact', () => ({ contact: 'call-silent' }), 'Ring, men lämna inget meddelande.', () => 'Ring. Det går bra att lämna meddelande.'],
    ['speak', () => ({ speak: 'so' }), 'somaliska (\u2068Soomaali\u2069)', () => 'svenska', { speak_now: 'other', speak: 'sv' }],
    ['age', () => ({ age: '20-24' }), '20–24 år', () => '15–17 år', { age_now: '20-24', age: '15-17' }],
    ['when', () => ({ when: 'afternoon' }), 'Eftermiddag', () => 'När som helst', { part_of_day_now: 'afternoon', part_of_day: 'any' }]
  ]) {
    test(`of ${what} shows the new value, and the old one struck through with who and when`, async () => {
      const first = phone()
      const ref = await veras({ phone: first })
      const name = `Zebranamn ${sent}`
      const answer = await vera.act(ref, 'correct', fields())
      assert.match(answer.location, what === 'phone' ? /notice=new-number$/ : /notice=correct$/)
      const page = await html(vera, ref)
      assert.ok(reading(page).includes(shown), shown)
      const struck = [...page.matchAll(/<del>([^]*?)<\/del>\s*<span class="soft">([^]*?)<\/span>/g)].map(([, old, by]) => [reading(old), reading(by)])
      assert.deepEqual(struck, [[before(name, first), 'i dag kl. 09:00 · Vera Prov']])
      assert.ok(reading(page).includes(what === 'phone' ? 'Skrev ett nytt telefonnummer · Vera Prov' : 'Rättade uppgifter om personen · Vera Prov'))
      const [stored] = service.sql(`SELECT age, age_now, part_of_day, part_of_day_now, speak, speak_now FROM cases WHERE number = ${number(ref)}`)
      for (const [column, value] of Object.entries(row)) assert.equal(stored[column], value, column)
    })
  }
  test('of all at once keeps each value, and the first way in stays as it came', async () => {
    const ref = await veras()
    await vera.act(ref, 'correct', { name: 'Zebra A', phone: '070-174 06 91', contact: 'sms-first', speak: 'ar', age: '18-19', when: 'morning' })
    await vera.act(ref, 'correct', { name: 'Zebra B', phone: '070-174 06 91', contact: 'sms-first', speak: 'ar', age: '20-24', when: 'morning' })
    const page = await html(vera, ref)
    assert.equal((page.match(/<del>/g) ?? []).length, 8)
    assert.match(reading(page), /Zebra B Zebra A i dag .*? Zebranamn/)
    assert.ok(reading(page).includes('20–24 år 18–19 år i dag kl. 09:00 · Vera Prov 15–17 år'))
    assert.throws(() => service.change(`UPDATE cases SET age = '20-24' WHERE number = ${number(ref)}`), /never rewritten/)
  })
  test('is found by the new and the old name and number, and shown in the list', async () => {
    const first = phone()
    const ref = await veras({ phone: first, name: 'Zebrafjord Gammal' })
    await vera.act(ref, 'correct', { name: 'Zebrafjord Ny', phone: '070-174 06 92', speak: 'so', when: 'afternoon', age: '18-19' })
    for (const find of ['Gammal', 'Zebrafjord Ny', first, '070-1740692']) assert.ok((await found(vera, find)).includes(`/staff/case/${ref}`), find)
    const row = reading(rowOf(await today(vera), ref))
    for (const words of ['Zebrafjord Ny', '18–19 år', 'Eftermiddag', 'somaliska (\u2068Soomaali\u2069)', 'Ring 070-174 06 92']) assert.ok(row.includes(words), words)
    assert.ok((await today(vera, '?interpreter=1')).includes(`row-case-${ref}`))
    // A colleague who may not see the name sees no language either.
    assert.doesNotMatch(reading(rowOf(await today(olle), ref)), /somaliska|Zebrafjord/)
    assert.match(reading(rowOf(await today(olle), ref)), /Annat språk/)
  })
  test('of a number finds the other case that has it, also by the number before', async () => {
    const one = await veras({ phone: '070-174 06 80' })
    const other = await veras({ phone: '070-174 06 81' })
    assert.doesNotMatch(await read(vera, other), /Kanske samma person/)
    clock.forward(2)
    await vera.act(other, 'correct', { phone: '070-174 06 80' })
    assert.match(await read(vera, other), new RegExp(`Samma nummer finns i ärende ${one}`))
    clock.forward(2)
    await vera.act(other, 'correct', { phone: '070-174 06 82' })
    assert.match(await read(vera, other), new RegExp(`Samma nummer finns i ärende ${one}`))
  })
  for (const [fields, fault] of [
    [{ name: '' }, 'Skriv ett namn. Förnamnet räcker.'],
    [{ name: 'x'.repeat(81) }, 'Namnet är för långt. Skriv högst 80 tecken.'],
    [{ name: 'Kim 640823-3234' }, 'Det ser ut som ett personnummer. Skriv bara namnet.'],
    [{ phone: '070-174 06' }, 'Vi förstår inte telefonnumret.'],
    [{ phone: '' }, 'Skriv ett telefonnummer.'],
    [{ contact: 'fax' }, 'Välj hur vi ska höra av oss.'],
    [{ speak: 'not a tag' }, 'Vi känner inte igen språket.'],
    [{ age: '17' }, 'Välj ålder.'],
    [{ when: 'night' }, 'Välj ett av svaren.']
  ]) {
    test(`with ${JSON.stringify(fields).slice(0, 40)} comes back in its field with what is wrong`, async () => {
      const ref = await veras()
      const before = service.contents()
      const whole = { name: 'Kim', phone: '070-174 06 93', contact: 'call', speak: 'sv', age: '18-19', when: 'any', ...fields }
      const answer = await vera.act(ref, 'correct', whole)
      assert.equal(answer.status, 422)
      assert.ok(reading(answer.text).includes(fault), fault)
      const [[name, value]] = Object.entries(fields)
      assert.match(answer.text, new RegExp(`<a href="#correct-${name}">`))
      assert.match(answer.text, new RegExp(`id="correct-${name}"[^>]*aria-describedby="correct-${name}-fault"`))
      if (name === 'name' || name === 'phone') assert.ok(answer.text.includes(`id="correct-${name}" value="${value}"`), 'typed again')
      assert.match(answer.text, /value="18-19" selected|age/)
      assert.deepEqual(service.changes(before).filter(change => !/drafts|taken_forms|sessions/.test(JSON.stringify(change))), [])
    })
  }
  test('that changes nothing stores nothing, however it is written', async () => {
    const first = phone()
    const ref = await veras({ phone: first })
    assert.match((await vera.act(ref, 'correct', { name: ` Zebranamn  ${sent} `, phone: e164(first), age: '15-17', when: 'any', speak: 'sv', contact: 'call' })).location, /notice=same$/)
    assert.deepEqual(events(ref), ['receive', 'claim', 'open'])
  })
  test('is for the holder, and for who takes part, and for nobody else', async () => {
    const ref = await veras()
    const before = service.contents()
    assert.equal((await olle.act(ref, 'correct', { name: 'Zebra Fel' })).status, 409)
    // Nor does a try tell what is known.
    assert.equal((await olle.act(ref, 'correct', { name: `Zebranamn ${sent}` })).status, 409)
    assert.equal((await una.act(ref, 'correct', { name: 'Zebra Fel' })).status, 404)
    assert.equal((await una.act(ref, 'reach', { means: 'letter' })).status, 404)
    assert.deepEqual(service.changes(before).filter(change => !/drafts|taken_forms|sessions/.test(JSON.stringify(change))), [])
    await vera.act(ref, 'share', { queue: 'karlstad-unga', what: 'Att ni ringer', agreed: '2027-01-11' })
    assert.match((await una.act(ref, 'correct', { name: 'Zebra Delad' })).location, /notice=correct$/)
    assert.match(await read(vera, ref), /Zebra Delad.*· Una Prov/)
    assert.equal((await una.act(ref, 'recuse')).status, 303)
    assert.equal((await una.act(ref, 'correct', { name: 'Zebra Känd' })).status, 404)
  })
})

describe('a correction that would have led the case elsewhere', () => {
  const asks = page => [
    reading(/<li>Hör till [^]*?<\/li>/.exec(page)?.[0] ?? ''),
    /value="([^"]+)" selected/.exec(/id="offer-queue"[^]*?<\/select>/.exec(page)?.[0])?.[1]
  ]
  const none = ['', undefined]
  test('asks whether it belongs there, and proposes that queue, until it has gone or the correction is taken back', async () => {
    const ref = await veras({ age: '15-17' })
    assert.deepEqual(asks(await html(vera, ref)), none)
    await vera.act(ref, 'correct', { age: '18-19' })
    assert.deepEqual(asks(await html(vera, ref)), none, 'the same queue')
    await vera.act(ref, 'correct', { age: '20-24' })
    const there = ['Hör till Ungdomscentrum Kristinehamn? Lämna över', 'kristinehamn-unga']
    assert.deepEqual(asks(await html(vera, ref)), there)
    assert.deepEqual(asks(await html(olle, ref)), none, 'who has not the case')
    await vera.act(ref, 'correct', { age: '15-17' })
    assert.deepEqual(asks(await html(vera, ref)), none)
    await vera.act(ref, 'correct', { age: '20-24' })
    await vera.act(ref, 'offer', { queue: 'kristinehamn-unga' })
    assert.deepEqual(asks(await html(vera, ref)), none, 'it is offered')
    await vera.act(ref, 'withdraw')
    assert.deepEqual(asks(await html(vera, ref)), there)
    await vera.act(ref, 'offer', { queue: 'karlstad-unga' })
    await una.act(ref, 'accept')
    assert.deepEqual(asks(await html(una, ref)), there, 'another took it')
  })
  test('does not ask of a case that a handover brought there, unless the correction would lead it elsewhere', async () => {
    const ref = await veras()
    await vera.act(ref, 'offer', { queue: 'karlstad-unga' })
    await una.act(ref, 'accept')
    for (const age of ['15-17', '18-19']) {
      await una.act(ref, 'correct', { name: `Zebra ${age}`, age })
      assert.deepEqual(asks(await html(una, ref)), none, age)
    }
    await una.act(ref, 'correct', { age: '20-24' })
    assert.equal(asks(await html(una, ref))[1], 'kristinehamn-unga')
  })
})

describe('the age in a case', () => {
  for (const [kind, label] of [['self', 'Ålder'], ['relative', 'Den ungas ålder'], ['professional', 'Ålder']]) {
    test(`of ${kind} is said to be whose it is, also on paper and to who has not opened it`, async () => {
      const ref = await veras({}, kind)
      for (const page of [await html(vera, ref), await html(olle, ref), (await vera.page(`/staff/case/${ref}/print`)).text]) {
        assert.deepEqual([...page.matchAll(/<dt>([^<]*ålder)<\/dt>/gi)].map(([, text]) => text), [label])
      }
      const row = reading(rowOf(await today(vera), ref))
      assert.match(row, { self: /Zebranamn \d+\u2069? · 15–17 år (?!·)/, relative: /15–17 år · förälder eller närstående/, professional: /15–17 år · / }[kind])
    })
  }
})

describe('a wrong number', () => {
  test('is not rung: the page asks for another number or another way, and the new one is rung again', async () => {
    const first = phone()
    const ref = await veras({ phone: first })
    assert.match((await vera.act(ref, 'attempt', { result: 'wrong-number' })).location, new RegExp(`/staff/case/${ref}\\?notice=wrong-number$`))
    const page = await html(vera, ref)
    noRing(page)
    assert.ok(reading(page).includes('Numret är fel. Skriv ett nytt nummer eller ett annat sätt.'))
    assert.match(page, /<input[^>]* id="new-phone"/)
    const row = rowOf(await today(vera), ref)
    noRing(row)
    assert.ok(reading(row).includes('Numret är fel. Skriv ett nytt nummer eller ett annat sätt.'))
    assert.equal((await vera.page(`/staff/case/${ref}/text`)).status, 409)
    // The same number again is no new one.
    const same = await vera.act(ref, 'correct', { phone: first })
    assert.equal(same.status, 422)
    assert.ok(reading(same.text).includes('Det är numret som var fel. Skriv ett annat.'))
    assert.match(same.text, /<a href="#new-phone">/)
    assert.match((await vera.act(ref, 'correct', { phone: '070-174 06 94' })).location, /notice=new-number$/)
    assert.ok((await html(vera, ref)).includes('href="tel:+46701740694"'))
    assert.ok(rowOf(await today(vera), ref).includes('href="tel:+46701740694"'))
    assert.match(reading(rowOf(await today(vera), ref)), /Nytt nummer efter fel nummer: ring/)
    assert.doesNotMatch(await read(vera, ref), /Numret är fel/)
  })
  for (const [means, says, kind] of [['letter', 'Numret är fel. Skriv ett brev.', 'self'], ['visit', 'Numret är fel. Gör ett besök.', 'relative'], ['helper', 'Ring den som hjälpte till', 'professional']]) {
    test(`has another way: ${means}`, async () => {
      const ref = await veras({ ...(kind === 'professional' && { helper_name: 'Zebrahelena', helper_phone: '070-174 06 95' }) }, kind)
      await vera.act(ref, 'attempt', { result: 'wrong-number' })
      if (means !== 'helper') assert.equal((await vera.act(ref, 'reach', { means: 'helper' })).status, 409, 'there is no helper')
      assert.match((await vera.act(ref, 'reach', { means })).location, /notice=other-way$/)
      const page = await html(vera, ref)
      assert.ok(reading(page).includes(says), says)
      assert.equal(page.includes('href="tel:+46701740695"'), means === 'helper')
      assert.equal(rowOf(await today(vera), ref).includes('href="tel:+46701740695"'), means === 'helper')
      assert.doesNotMatch(page, /href="sms:|\/text"/)
      // It is wrong still: a new number may come, and takes the other way's place.
      await vera.act(ref, 'correct', { phone: '070-174 06 96' })
      assert.ok((await html(vera, ref)).includes('href="tel:+46701740696"'))
    })
  }
  test('is no longer a sign of the person: a search says so for each hit, and so does the page of the case', async () => {
    const [was, is] = [phone(), phone()]
    const ref = await veras({ phone: was })
    const hit = async digits => /<h3><a href="([^"]+)">[^]*?<span class="why">([^<]+)</.exec(await found(olle, digits)).slice(1)
    const stranger = async href => /class="notice notice-bad" role="status">([^<]+)</.exec((await olle.page(href)).text)?.[1]
    const last = shown => shown.replace(/\D/g, '').slice(-4)
    for (const find of [was, last(was)]) assert.deepEqual((await hit(find))[0], `/staff/case/${ref}`, find)
    await vera.act(ref, 'attempt', { result: 'wrong-number' })
    for (const find of [was, last(was)]) assert.deepEqual(await hit(find), [`/staff/case/${ref}?found=wrong`, 'Numret var fel'], find)
    assert.match(await stranger(`/staff/case/${ref}?found=wrong`), /nummer som var fel\. .* kan vara någon annan/)
    await vera.act(ref, 'correct', { phone: is })
    assert.deepEqual(await hit(last(was)), [`/staff/case/${ref}?found=wrong`, 'Numret var fel'])
    assert.deepEqual(await hit(last(is)), [`/staff/case/${ref}`, 'Numret slutar så'])
    // A number that was right once, and one before the one that was wrong.
    const other = await veras({ phone: '070-174 06 71' })
    await vera.act(other, 'correct', { phone: '070-174 06 72' })
    assert.deepEqual(await hit('0671'), [`/staff/case/${other}?found=before`, 'Hade det numret förut'])
    assert.match(await stranger(`/staff/case/${other}?found=before`), /nummer som personen hade förut\./)
    // The address alone says nothing.
    assert.equal(await stranger(`/staff/case/${other}?found=wrong`), undefined)
    assert.equal(await stranger(`/staff/case/${await veras()}?found=before`), undefined)
    assert.equal(await stranger(`/staff/case/${other}?found=x`), undefined)
  })
  test('of who helped is rung from the queue’s number, and is remembered, until the attempt is undone', async () => {
    const helped = phone()
    const ref = await veras({ helper_name: 'Zebrahelga', helper_phone: helped }, 'professional')
    const firstWords = async () => reading((await html(vera, ref)).split('<details class="first-words">')[1].split('</details>')[0])
    assert.match(await firstWords(), /När du ringer den som hjälpte till/)
    await vera.act(ref, 'attempt', { result: 'wrong-number' })
    await vera.act(ref, 'reach', { means: 'helper' })
    assert.match(await read(vera, ref), /Ring från 070-174 06 \d\d\..*? Ring den som hjälpte till: 070/)
    assert.match(await firstWords(), /^De första orden När du ringer den som hjälpte till ”Hej! Är det \u2068?Zebrahelga/)
    assert.doesNotMatch(await firstWords(), /När någon annan svarar/)
    assert.match(await found(vera, helped.replace(/\D/g, '').slice(-4)), new RegExp(ref))
    assert.match((await vera.act(ref, 'attempt', { result: 'helper', note: secret('Zebrahelga hälsar') })).location, /notice=helper$/)
    assert.match(await read(vera, ref), /Senast: Pratade med den som hjälpte till/)
    assert.match(reading(rowOf(await today(vera, '?mine=1'), ref)), /Ni pratade med den som hjälpte till/)
    const way = /name="means" value="helper"/
    for (const undone of [true, false]) {
      assert.match((await vera.act(ref, 'attempt', { result: 'wrong-number' })).location, /notice=wrong-number$/)
      const page = await html(vera, ref)
      assert.ok(page.includes(`<del><bdi>${helped}</bdi></del> Fel nummer`))
      noRing(page)
      assert.doesNotMatch(page, way)
      assert.equal((await vera.act(ref, 'reach', { means: 'helper' })).status, 409)
      if (!undone) break
      await vera.act(ref, 'undo')
      assert.ok((await html(vera, ref)).includes(`href="tel:${e164(helped)}"`))
    }
    // Another number of the person's being wrong says nothing about the helper's.
    await vera.act(ref, 'correct', { phone: phone() })
    await vera.act(ref, 'attempt', { result: 'wrong-number' })
    await vera.act(ref, 'undo')
    await vera.act(ref, 'attempt', { result: 'wrong-number' })
    assert.doesNotMatch(await html(vera, ref), way)
  })
  for (const [ways, met] of [[['letter'], false], [['letter', 'visit'], false], [['letter', null, 'visit'], true], [['visit', null, 'visit'], true]]) {
    test(`and no other one: after ${ways.filter(Boolean)}, on ${1 + ways.filter(way => !way).length} days, “Ingen kontakt” can ${met ? '' : 'not '}be said`, async () => {
      const ref = await veras()
      await vera.act(ref, 'attempt', { result: 'wrong-number' })
      assert.doesNotMatch(await html(vera, ref), /name="result" value="(no-answer|letter|visit)"/, 'before a way is chosen')
      await vera.act(ref, 'reach', { means: 'letter' })
      const page = await html(vera, ref)
      assert.deepEqual([...page.matchAll(/name="result" value="([^"]+)"/g)].map(([, result]) => result), ['reached', 'letter', 'visit', 'rang-back'])
      assert.doesNotMatch(reading(page), /De första orden|Vi provar igen/, 'as if somebody were rung')
      for (const way of ways) {
        if (way) {
          assert.match((await vera.act(ref, 'attempt', { result: way, note: secret('Zebra på gatan') })).location, new RegExp(`/staff/case/${ref}\\?notice=${way}$`))
          assert.match(await read(vera, ref), way === 'letter' ? /Senast: Skickade brev/ : /Senast: Gjorde besök/)
        } else {
          clock.forward(86400)
          await signIn()
        }
      }
      const answer = await vera.act(ref, 'propose', { outcome: 'no-contact', note: secret('Zebraskäl: tyst') })
      assert.equal(answer.status, met ? 303 : 409)
      if (!met) assert.match(await read(vera, ref), /Numret är fel, och vi vet inget annat\. .* Kvar att göra: Försök minst en gång till, en annan dag\./)
    })
  }
  test('gets none of the texts that still wait to be sent', async () => {
    const ref = await veras()
    service.change(`INSERT INTO messages (number, way, kind, queue, case_number, account, state, reason, created_at, due_at, changed_at, sealed, box)
      VALUES (1, 'text', 0, 'kristinehamn-kaa', ${number(ref)}, 0, 'queued', 'none', 0, 9999999999, 0, zeroblob(81), x'00')`)
    await vera.act(ref, 'attempt', { result: 'wrong-number' })
    assert.deepEqual(service.sql('SELECT state, box FROM messages WHERE number = 1'), [{ state: 'dropped', box: null }])
    assert.ok((await read(vera, ref)).includes('Inte skickat: det behövdes inte längre'))
  })
  test('is right again when the attempt is undone', async () => {
    const first = phone()
    const ref = await veras({ phone: first })
    await vera.act(ref, 'attempt', { result: 'wrong-number' })
    assert.match((await vera.act(ref, 'undo')).location, /notice=undo/)
    assert.ok((await html(vera, ref)).includes(`href="tel:${e164(first)}"`))
    assert.equal((await vera.act(ref, 'reach', { means: 'letter' })).status, 409)
  })
})

describe('the wish of how to be reached', () => {
  const button = row => /<a class="button" id="(\w+)-[^"]+" href="([^"]+)"/.exec(row)?.slice(1)
  for (const [contact, flag, first] of [['call', null, 'call'], ['call-silent', 'Inget meddelande', 'call'], ['sms-first', 'Sms först', 'text']]) {
    test(`${contact} stands in the row, to who has the case alone`, async () => {
      const digits = phone()
      const ref = await veras({ contact, phone: digits })
      const row = rowOf(await today(vera), ref)
      for (const words of ['Inget meddelande', 'Sms först']) assert.equal(reading(row).includes(words), words === flag, words)
      assert.equal(button(row)[0], first)
      assert.doesNotMatch(rowOf(await today(olle), ref), /Inget meddelande|Sms först|class="button"/)
    })
  }
  test('with a text first leads to the text until one has gone, and to it again when it did not arrive', async () => {
    const digits = phone()
    const ref = await veras({ contact: 'sms-first', phone: digits })
    const leads = async () => button(rowOf(await today(vera), ref))[1]
    assert.equal(await leads(), `/staff/case/${ref}/text`)
    // A text gives the case back to the queue; the second time one may announce the call instead.
    await vera.act(ref, 'attempt', { result: 'texted' })
    await vera.act(ref, 'claim')
    assert.equal(await leads(), `tel:${e164(digits)}`, "from one's own telephone")
    for (const [i, [state, href]] of [['queued', `tel:${e164(digits)}`], ['failed', `/staff/case/${ref}/text`], ['sent', `tel:${e164(digits)}`]].entries()) {
      service.change(`DELETE FROM messages WHERE case_number = ${number(ref)}`)
      service.change(`INSERT INTO messages (number, way, kind, queue, case_number, account, state, reason, created_at, due_at, changed_at, sealed, box)
        SELECT ${70 + i}, 'text', 0, 'kristinehamn-kaa', case_number, account, '${state}', 'none', at, 9999999999, at,
        ${state === 'sent' ? 'NULL, NULL' : 'zeroblob(81), zeroblob(9)'} FROM events WHERE act = 'texted' AND case_number = ${number(ref)}`)
      assert.equal(await leads(), href, state)
      assert.match(reading(rowOf(await today(vera), ref)), /Sms först/)
    }
  })
})

describe('“Jag känner personen”', () => {
  test('asks once', async () => {
    const page = await html(vera, await veras())
    assert.match(page, /<summary>Jag känner personen<\/summary>[^]*?Du kan ångra dig i tio minuter\.[^]*?<button>Ja, jag känner personen<\/button>/)
  })
  test('can be taken back for ten minutes, in which the case is not seen, and is then as it was', async () => {
    const ref = await veras()
    await vera.act(ref, 'attempt', { result: 'reached' })
    assert.equal((await vera.act(ref, 'recuse')).location, `/staff/queue?notice=recuse&case=${ref}`)
    assert.ok((await today(vera, `?notice=recuse&case=${ref}`)).includes(`/staff/case/${ref}/undo`))
    const page = await vera.page(`/staff/case/${ref}`)
    assert.equal(page.status, 404)
    assert.match(page.text, new RegExp(`action="/staff/case/${ref}/undo"`))
    assert.doesNotMatch(page.text, /Zebranamn|070-174|15–17|Händelser/)
    assert.equal((await vera.act(ref, 'note', { note: 'N' })).status, 404)
    assert.doesNotMatch(await found(vera, `Zebranamn ${sent}`), new RegExp(ref))
    clock.forward(590)
    assert.match((await vera.act(ref, 'undo')).location, new RegExp(`/staff/case/${ref}\\?notice=undo`))
    assert.match(await read(vera, ref), new RegExp(`Zebranamn ${sent}`))
    assert.deepEqual(service.sql(`SELECT state, (SELECT user FROM accounts a WHERE a.number = holder) AS holder FROM cases WHERE number = ${number(ref)}`)[0], { state: 'reached', holder: 'vera' })
    assert.deepEqual(service.sql(`SELECT * FROM conflicts_of_interest WHERE case_number = ${number(ref)}`), [])
  })
  test('cannot be taken back later, or by another', async () => {
    const ref = await veras()
    await vera.act(ref, 'recuse')
    assert.equal((await olle.act(ref, 'undo')).status, 409)
    clock.forward(601)
    assert.equal((await vera.act(ref, 'undo')).status, 404)
    assert.doesNotMatch((await vera.page(`/staff/case/${ref}`)).text, /\/undo/)
  })
  test('can be taken back from Today as well, however one came there, while it can be taken back at all', async () => {
    const [one, two] = [await veras(), await veras()]
    const undo = async (who, query) => /class="undo" method="post" action="([^"]+)"/.exec(await today(who, query))?.[1]
    assert.equal(await undo(vera), undefined)
    await vera.act(one, 'recuse')
    clock.forward(2)
    await vera.act(two, 'recuse')
    for (const query of ['', '?mine=1', '?due=today']) assert.equal(await undo(vera, query), `/staff/case/${two}/undo`, query)
    assert.equal(await undo(vera, `?notice=recuse&case=${one}`), `/staff/case/${one}/undo`, 'the act that led here comes first')
    assert.equal(await undo(olle), undefined)
    assert.doesNotMatch(await today(vera), new RegExp(`Zebranamn ${sent}|row-case-${two}`))
    clock.forward(588)
    await una.page('/staff/queue') // is still there at the end
    await vera.post(await undo(vera))
    assert.equal(await undo(vera), `/staff/case/${one}/undo`)
    clock.forward(20)
    assert.equal(await undo(vera), undefined)
  })
  test('taken back leaves the case with the colleague who took it meanwhile', async () => {
    const ref = await veras()
    await vera.act(ref, 'recuse')
    await olle.act(ref, 'claim')
    assert.equal((await vera.act(ref, 'undo')).status, 303)
    assert.match(await read(vera, ref), /Olle Prov har det/)
    assert.doesNotMatch(await read(vera, ref), /Zebranamn/)
    assert.match(await read(olle, ref), new RegExp(`Zebranamn ${sent}`))
  })
})

describe('an offer that is declined', () => {
  for (const [what, ends, says] of [
    ['declined', ref => una.act(ref, 'return', { reason: secret('Zebraskäl: fullt') }), /Karlstad.* tackade nej till att ta över: läs varför/],
    ['left unanswered', async ref => {
      service.change('UPDATE offers SET at = at - 400000, lapses_at = at - 1')
      await until(async () => events(ref).includes('lapse'))
    }, /Karlstad.* svarade inte på erbjudandet/]
  ]) {
    test(`stands on top of Today until the sender opens the case: ${what}`, async () => {
      const ref = await veras()
      service.change(`UPDATE cases SET due_at = received_at - 90000 WHERE number = ${number(await veras())}`)
      await vera.act(ref, 'offer', { queue: 'karlstad-unga' })
      await vera.page(`/staff/case/${ref}`)
      await ends(ref)
      const told = async (who = vera) => /<section class="declined" id="group-declined">\s*<h2>Ingen tog över: kvar hos dig<\/h2>([^]*?)<\/section>/.exec(await today(who))?.[1]
      for (const look of [1, 'the list does not count as seen']) {
        const list = await today(vera)
        assert.match(reading(await told()), says, look)
        assert.equal((await told()).split('<li ').length, 2)
        assert.ok(list.indexOf('id="group-declined"') < list.indexOf('id="group-overdue"'))
        noRing(await told())
        // Where it is due it says what any row says.
        assert.match(rowOf(list, ref), /href="tel:/)
        assert.doesNotMatch(reading(rowOf(list, ref)), says)
      }
      assert.ok((await today(vera, '?mine=1')).includes('group-declined'))
      assert.ok(!(await today(vera, '?due=today')).includes('group-declined'))
      assert.equal(await told(olle), undefined)
      await vera.page(`/staff/case/${ref}`)
      assert.equal(await told(), undefined)
    })
  }
  test('says in the case who declined, above the reason, and which queue was offered it in each event', async () => {
    const ref = await veras()
    const events = [['offer', vera, { queue: 'karlstad-unga' }], ['withdraw', vera], ['offer', vera, { queue: 'karlstad-unga' }], ['return', una, { reason: secret('Zebraskäl: bor i Norge') }]]
    for (const [what, who, fields] of events) {
      assert.equal((await who.act(ref, what, fields)).status, 303, what)
      clock.forward(2)
    }
    const page = await html(vera, ref)
    const [, notes] = /id="notes">([^]*?)<\/section>/.exec(page)
    assert.match(reading(notes), /^Anteckningar \u2068?Ungdomstorget Karlstad\u2069? tackade nej .*Una Prov Zebraskäl: bor i Norge/)
    assert.match(reading(/class="latest">([^]*?)<p class="written"/.exec(page)[1]), /Ungdomstorget Karlstad\u2069? tackade nej/)
    const trail = page => [...page.matchAll(/<br>\s*([^<]*?) · <bdi>([^<]+)<\/bdi> · <bdi>(?:Vera|Una)/g)].map(([, act, queue]) => `${act}: ${queue}`)
    const expected = ['Tackade nej till att ta över', 'Erbjöd en annan kö att ta över', 'Tog tillbaka erbjudandet', 'Erbjöd en annan kö att ta över'].map(act => `${act}: Ungdomstorget Karlstad`)
    assert.deepEqual(trail(page), expected)
    assert.deepEqual(trail((await vera.page(`/staff/case/${ref}/print`)).text), expected.slice().reverse())
    await vera.act(ref, 'note', { note: 'Zebra sedan' })
    const later = await html(vera, ref)
    assert.match(reading(/class="latest">([^]*?)<p class="written"/.exec(later)[1]), /^Senaste anteckningen:/)
    assert.equal(later.split('tackade nej</h3>').length, 2)
    // One that waits, and one that was accepted.
    await vera.act(ref, 'offer', { queue: 'karlstad-unga' })
    assert.deepEqual(trail(await html(vera, ref)).slice(0, 1), ['Erbjöd en annan kö att ta över: Ungdomstorget Karlstad'])
    assert.equal((await una.act(ref, 'accept')).status, 303)
    assert.deepEqual(trail(await html(una, ref)).slice(0, 2), ['Tog över ärendet: Ungdomstorget Karlstad', 'Erbjöd en annan kö att ta över: Ungdomstorget Karlstad'])
  })
})

test('a closing that waits for a second yes stands once, with its button', async () => {
  const ref = await veras()
  await vera.act(ref, 'note', { note: 'Zebranotis' })
  await vera.act(ref, 'propose', { outcome: 'moved', note: secret('Zebraflytt till Norge') })
  for (const [who, button] of [[vera, 'Ta tillbaka förslaget'], [olle, 'Bekräfta avslutet']]) {
    const page = await html(who, ref)
    assert.equal(page.split('Zebraflytt till Norge').length, 2)
    assert.equal((page.match(/class="card asked"/g) ?? []).length, 1)
    assert.ok(page.includes(`${button}</button>`), button)
  }
  await olle.act(ref, 'confirm', { proposal: /name="proposal" value="([^"]+)"/.exec(await html(olle, ref))[1] })
  const closed = await html(vera, ref)
  noRing(closed)
  assert.match(reading(closed), /070-174 06/)
  assert.match((await vera.act(ref, 'correct', { age: '18-19' })).location, /notice=correct$/)
})

test('the top of a case has who to mind, the last attempt and the latest note', async () => {
  const ref = await veras({ contact: 'call-silent', speak: 'ar', phone: '070-174 06 97' }, 'relative')
  assert.match(await read(vera, ref), /Ingen har försökt än\./)
  await vera.act(ref, 'attempt', { result: 'reached', note: 'Zebra först' })
  await vera.act(ref, 'note', { note: 'Zebra sist '.repeat(40) })
  const top = reading((await html(vera, ref)).split('<section class="card top"')[1].split('</section>')[0])
  assert.match(top, /Ring 070-174 06 97 Lämna inget meddelande\. Vill prata arabiska \(\u2068العربية\u2069\)\. Boka tolk\? Du ringer en förälder.* Den unga vet om det\. Senast: Nådde personen .* · Vera Prov Senaste anteckningen: .* · Vera Prov (Zebra sist )+… Läs hela$/)
})

test('nothing that was corrected is on the disk in clear', () => {
  assert.deepEqual(tracesInFolder(service.folder, [...written, 'Zebra Nytt', 'Zebrafjord Ny', '+46701740690', '+46701740694']), [])
})
