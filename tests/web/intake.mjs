// The intake over HTTP: a lead opens and closes it, now and on a day. Both processes follow.
// Every public address shows a form, the closed page or the choice of area.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { post, right, startService, until } from '../support/service.mjs'
import { addAccount, signedIn } from '../support/staff.mjs'
import { held, reading, text, unescaped } from '../support/text.mjs'
import { ask } from '../support/wire.mjs'

const languages = ['sv', 'en', 'ar']
const intake = '/staff/intake'
let service, lead, sent = 0

/** Sessions end as the clock moves. */
const moveTo = async moment => { service.clock.set(moment); lead = await signedIn(service, service.lead) }
before(async () => {
  service = await startService({ clock: '2027-03-01T09:00+01:00', quick: true })
  lead = await signedIn(service, service.lead)
})
after(() => service.stop())

async function press (fields, who = lead) {
  const answer = await who.post(intake, fields)
  const html = await answer.text()
  return { status: answer.status, location: answer.headers.get('location'), html, says: reading(html) }
}
async function pressed (fields) {
  const { status, says } = await press(fields)
  assert.equal(status, 303, says)
  await service.looked()
}
const page = async area => reading((await lead.page(`${intake}?area=${area}`)).text)
const stands = area => service.sql(`SELECT open, changed_at, turns_day, back_day FROM intakes WHERE area = '${area}'`)[0]

/** What stands in each of the page's fields for the day on which it turns back. */
const backs = html => Object.fromEntries([...html.matchAll(/name="back" id="([\w-]+)" value="([^"]*)"/g)].map(([, id, value]) => [id, value]))

/** A form that no other test has sent. */
const fresh = (area = '1781') => ({ ...right.self, area, name: `Öppen ${++sent}` })
const main = html => reading(html.slice(html.indexOf('<main'), html.indexOf('</main>')))
const closed = language => text(language, 'Just nu är formuläret stängt')

/** What a way in ends at, asked over many connections so that each worker answers. */
async function end (path, language = 'sv') {
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(`${service.url}${path}?lang=${language}`)))
  const kinds = answers.map(({ status, text: html }) => {
    const says = main(html)
    if (/<form method="post"/.test(html)) return `${status} form`
    if (says.startsWith(closed(language))) {
      assert.match(html, /<a class="button" href="tel:\+46/)
      assert.ok(says.includes(text(language, 'Eller kom till {place}.', { place: '' }).slice(0, 6)), says)
      return `${status} closed`
    }
    return /<ul class="areas">/.test(html) ? `${status} areas` : `${status} ${says}`
  })
  assert.deepEqual(kinds, kinds.map(() => kinds[0]), path)
  return kinds[0]
}

const open = area => pressed({ area, do: 'open' })
const close = area => pressed({ area, do: 'close' })
const sentTo = async (path, fields = fresh(), language = 'sv') => {
  const answer = await post(`${service.url}${path}?lang=${language}`, fields)
  return { status: answer.status, html: await answer.text(), fields }
}
const cases = () => service.count('cases')

describe('an intake that is closed or opened now', () => {
  test('is asked about once before it closes, and keeps the day', async () => {
    const before = service.contents()
    const { status, html, says } = await press({ area: '1781', do: 'ask', back: '2027-03-03' })
    assert.equal(status, 200)
    assert.ok(says.includes('Stänga formuläret i Kristinehamn nu?'), says)
    assert.match(html, /<button name="do" value="close" aria-describedby="ask">Ja, stäng formuläret<\/button>/)
    assert.match(html, /name="back"[^>]*value="2027-03-03"/)
    assert.match(html, /href="\/staff\/intake\?area=1781">Nej, låt det vara öppet/)
    assert.doesNotMatch((await lead.page(`${intake}?area=1781`)).text, /value="close" aria-describedby="ask"/)
    assert.deepEqual(service.changes(before), [])
  })
  test('changes in both processes at their next look, in each language', async () => {
    await close('1781')
    for (const language of languages) assert.equal(await end('/kristinehamn', language), '200 closed')
    assert.equal(await end('/karlstad'), '200 form')
    assert.match(await page('1781'), /Stängt sedan i dag kl. 09:0\d/)
    assert.match((await ask(service.url)).text, /Kristinehamn<\/bdi> <span>Formuläret är stängt/)
    assert.doesNotMatch((await ask(service.url)).text, /Karlstad <span>/)
    await open('1781')
    for (const language of languages) assert.equal(await end('/kristinehamn', language), '200 form')
    assert.doesNotMatch((await ask(service.url)).text, /Kristinehamn<\/bdi> <span>/)
    assert.match(await page('1781'), /Öppet sedan i dag kl. 09:0\d/)
  })
  test('keeps its timestamp at a second press', async () => {
    const before = stands('1781')
    await press({ area: '1781', do: 'open' })
    assert.deepEqual(stands('1781'), before)
  })
  test('gives the page a new ETag', async () => {
    const { etag } = (await ask(`${service.url}/kristinehamn`)).headers
    const again = () => ask(`${service.url}/kristinehamn`, { headers: { 'if-none-match': etag } })
    assert.equal((await again()).status, 304)
    await close('1781')
    assert.equal((await again()).status, 200)
    await open('1781')
    assert.equal((await again()).status, 304)
  })
  test('gives one whole page or the other during repeated changes', async () => {
    let going = true
    const seen = new Set()
    const asking = Array.from({ length: 6 }, async () => {
      while (going) {
        const { status, text: html } = await ask(`${service.url}/kristinehamn`)
        assert.ok(html.trimEnd().endsWith('</html>'))
        seen.add(`${status} ${/<form method="post"/.test(html) ? 'form' : main(html).slice(0, closed('sv').length)}`)
      }
    })
    for (let i = 0; i < 8; i++) {
      await press({ area: '1781', do: i % 2 ? 'open' : 'close' })
      await service.looked()
    }
    going = false
    await Promise.all(asking)
    assert.deepEqual([...seen].sort(), [`200 ${closed('sv')}`, '200 form'])
    assert.equal(service.workers().length, 2)
  })
  test('is the same in a process that was restarted', async () => {
    await close('1780')
    const [victim] = service.workers()
    process.kill(victim, 'SIGKILL')
    await until(() => service.workers().length === 2 && !service.workers().includes(victim), 'no worker in its place')
    await service.looked()
    assert.equal(await end('/karlstad'), '200 closed')
    await open('1780')
  })
})

describe('every public address', () => {
  const ways = {}
  before(() => {
    const add = () => /^code: (\S+)$/m.exec(service.run('code', 'add', '--data', service.folder, '--area', '1781', '--channel', 'health', '--place', 'Torget'))[1]
    const [retired, over] = [add(), add()]
    service.run('code', 'retire', retired, '--data', service.folder)
    service.change(`UPDATE codes SET last_day = 20000, changes = changes + 1 WHERE code = '${over}'`)
    const code = service.codes.kristinehamn
    Object.assign(ways, { area: ['/kristinehamn', '/KRISTINEHAMN'], code: [`/q/${code}`, `/Q/${code.toLowerCase()}`], retired: [`/q/${retired}`], over: [`/q/${over}`],
      wrong: ['/q/000001', '/q', '/q/', `/q/${code}x`, '/nowhere', '/kristinehamn/x'], root: ['/'] })
  })
  for (const state of ['form', 'closed']) {
    test(`answers as it should in the state: ${state}`, async () => {
      await (state === 'form' ? open : close)('1781')
      for (const language of languages) {
        for (const path of [...ways.area, ...ways.code, ...ways.retired, ...ways.over]) assert.equal(await end(path, language), `200 ${state}`, path)
        for (const path of ways.wrong) assert.equal(await end(path, language), '404 areas', path)
        assert.equal(await end('/', language), '200 areas')
      }
    })
  }
  test('a form that is sent to an unknown code leads to the choice of area, and is not stored', async () => {
    const before = cases()
    assert.equal((await sentTo('/q/000001')).status, 404)
    assert.equal(cases(), before)
    await open('1781')
  })
})

describe('a form that was loaded before the closing', () => {
  const took = async path => {
    const before = cases()
    const { status, html } = await sentTo(path)
    assert.equal(status, 200)
    assert.ok(reading(html).includes('Tack, vi har fått det!'))
    assert.equal(cases(), before + 1)
  }
  test('is accepted for an hour, at the area’s address and at a code’s', async () => {
    await close('1781')
    const { changed_at: at } = stands('1781')
    await took('/kristinehamn')
    await took(`/q/${service.codes.kristinehamn}`)
    assert.equal(await end('/kristinehamn'), '200 closed')
    await moveTo(at * 1000 + 3590000)
    for (let i = 0; i < 6; i++) await took('/kristinehamn')
    await moveTo(at * 1000 + 3601000)
  })
  test('is refused after the hour, with a number to ring, and is not stored', async () => {
    const before = service.contents()
    for (const path of ['/kristinehamn', `/q/${service.codes.kristinehamn}`]) {
      for (const language of languages) {
        const { status, html, fields } = await sentTo(path, fresh(), language)
        const says = reading(html)
        assert.equal(status, 403)
        assert.ok(says.includes(closed(language)))
        assert.ok(says.includes(text(language, 'Formuläret har stängt sedan du öppnade det. Det du skrev är inte skickat, och vi har inte sparat något av det.')), says)
        assert.match(html, /<a class="button" href="tel:\+46701740610">/)
        assert.ok(!html.includes(fields.name), 'what was typed may be on somebody else’s telephone')
      }
    }
    assert.deepEqual(service.changes(before), [])
    // Who looks without having sent anything is not told of it.
    assert.doesNotMatch(main((await ask(`${service.url}/kristinehamn`)).text), /Det du skrev/)
    await open('1781')
  })
  test('comes back with all answers when it has faults', async () => {
    await close('1781')
    const { status, html } = await sentTo('/kristinehamn', { ...fresh(), age: '' })
    assert.equal(status, 422)
    assert.equal(held(html, 'phone'), right.self.phone)
    await open('1781')
  })
})

describe('a change of the intake on a chosen day', () => {
  const refused = [['', 'day'], ['i morgon', 'day'], ['2027-03-01', 'day'], ['2027-02-28', 'day'], ['2029-12-24', 'day'], ['2027-02-30', 'day'],
    ['2027-03-01', 'back'], ['x', 'back']]
  for (const [day, field] of refused) {
    test(`${field} "${day}" is refused, stays in its field, and changes nothing`, async () => {
      const before = service.contents()
      const { status, html, says } = await press({ area: '1781', do: 'close', [field]: day })
      assert.equal(status, 422)
      assert.ok(says.includes('Välj en dag efter i dag och inom två år.'))
      assert.equal(held(html, field), day)
      assert.deepEqual(service.changes(before), [])
    })
  }
  test('cannot be to the present state', async () => {
    const { status, says } = await press({ area: '1781', do: 'open', day: '2027-03-05' })
    assert.equal(status, 409)
    assert.ok(says.includes('Formuläret är redan öppet.'))
  })
  test('can be removed, and the state stays', async () => {
    await pressed({ area: '1781', do: 'close', day: '2027-03-02' })
    assert.match(await page('1781'), /Öppet sedan .* Stänger tisdag 2 mars 2027/)
    await pressed({ area: '1781', do: 'stay' })
    assert.doesNotMatch(await page('1781'), /Stänger/)
  })
  test('closes at midnight, and accepts forms for one more hour', async () => {
    await pressed({ area: '1780', do: 'close', day: '2027-03-03' })
    await pressed({ area: '1784', do: 'close', back: '2027-03-04' })
    for (const language of languages) {
      assert.equal(await end('/arvika', language), '200 closed')
      assert.match(main((await ask(`${service.url}/arvika?lang=${language}`)).text), { sv: /Formuläret öppnar torsdag 4 mars 2027\./, en: /Thursday 4 March 2027/, ar: /2027/ }[language])
    }
    service.clock.set('2027-03-02T23:59:50+01:00')
    assert.equal(await end('/karlstad'), '200 form')
    await moveTo('2027-03-03T00:00:01+01:00')
    await service.looked()
    for (const language of languages) assert.equal(await end('/karlstad', language), '200 closed')
    assert.match(await page('1780'), /Stängt sedan i dag kl. 00:00/)
    assert.equal((await sentTo('/karlstad', fresh('1780'))).status, 200)
    await moveTo('2027-03-03T01:00:05+01:00')
    await service.looked()
    assert.equal((await sentTo('/karlstad', fresh('1780'))).status, 403)
    assert.equal(await end('/arvika'), '200 closed')
  })
  test('happens although the service was stopped on that day', async () => {
    await pressed({ area: '1781', do: 'close', back: '2027-03-20' })
    await service.end()
    service.clock.set('2027-03-04T10:00+01:00')
    await service.start()
    lead = await signedIn(service, service.lead)
    assert.equal(await end('/kristinehamn'), '200 closed')
    assert.equal(await end('/karlstad'), '200 closed')
    assert.equal(await end('/arvika'), '200 form')
    assert.match(await page('1784'), /Öppet sedan i dag kl. 00:00/)
    await service.looked()
    assert.deepEqual({ ...stands('1784'), changed_at: 0 }, { open: 1, changed_at: 0, turns_day: null, back_day: null })
    await open('1780')
    await open('1781')
  })
})

describe('a change on one day and back on another', () => {
  const refused = [['2027-03-08', '2027-03-08'], ['2027-03-08', '2027-03-07'], ['2027-03-08', '2027-03-04'], ['2027-03-08', '2029-12-24'], ['2027-03-08', 'x']]
  for (const [day, back] of refused) {
    test(`from ${day} to ${back} is refused, stays in its fields, and changes nothing`, async () => {
      const before = service.contents()
      const { status, html, says } = await press({ area: '1781', do: 'close', day, back })
      assert.equal(status, 422)
      assert.ok(says.includes('Välj en dag efter den ovanför och inom två år.'), says)
      assert.equal(held(html, 'day'), day)
      assert.deepEqual(backs(html), { back: '', 'day-back': back })
      assert.deepEqual(service.changes(before), [])
    })
  }
  test('keeps both fields when the first day is refused', async () => {
    const { status, html, says } = await press({ area: '1781', do: 'close', day: '2027-03-04', back: '2027-03-08' })
    assert.equal(status, 422)
    assert.ok(says.includes('Välj en dag efter i dag och inom två år.'))
    assert.equal(held(html, 'day'), '2027-03-04')
    assert.deepEqual(backs(html), { back: '', 'day-back': '2027-03-08' })
  })
  test('shows both days, and removes both', async () => {
    await pressed({ area: '1781', do: 'close', day: '2027-03-05', back: '2027-03-08' })
    assert.match(await page('1781'), /Öppet sedan .* Stänger fredag 5 mars 2027 och öppnar igen måndag 8 mars 2027.* Ta bort dagarna/)
    assert.match(reading((await lead.page(intake)).text), /Kristinehamn Öppet sedan .* Stänger fredag 5 mars 2027 och öppnar igen måndag 8 mars 2027/)
    await pressed({ area: '1781', do: 'stay' })
    assert.doesNotMatch(await page('1781'), /Stänger fredag/)
    assert.deepEqual({ ...stands('1781'), changed_at: 0 }, { open: 1, changed_at: 0, turns_day: null, back_day: null })
    await close('1781')
    await pressed({ area: '1781', do: 'open', day: '2027-03-05', back: '2027-03-08' })
    assert.match(await page('1781'), /Stängt sedan .* Öppnar fredag 5 mars 2027 och stänger igen måndag 8 mars 2027/)
    await open('1781')
    assert.equal(stands('1781').back_day, null)
  })
})

describe('the lead’s own texts', () => {
  const words = 'Vi flyttar & <b>bygger</b> "om".\n\nKom {snart} igen.'
  /** The closed page's own part, as one reads it. */
  const shown = async language => main((await ask(`${service.url}/kristinehamn?lang=${language}`)).text)
  const preview = async (language, html) => {
    html ??= (await lead.page(`${intake}?area=1781`)).text
    const part = new RegExp(`<div class="preview" lang="${language}" dir="\\w+">[^]*?</div>`).exec(html)[0]
    return reading(part).replace(/[\u2068\u2069]/g, '')
  }
  const say = (language, words, what = 'say') => press({ area: '1781', do: what, language, words })

  before(() => close('1781'))
  after(() => open('1781'))

  test('replace the catalogue’s, which staff and public see until then', async () => {
    for (const language of languages) {
      assert.ok((await shown(language)).includes(text(language, 'Du kan ändå få hjälp.')))
      assert.ok((await shown(language)).startsWith(await preview(language)), await preview(language))
    }
  })
  test('are on the page of their language alone, escaped, with number and place', async () => {
    assert.equal((await say('sv', words)).status, 303)
    await service.looked()
    const { text: html } = await ask(`${service.url}/kristinehamn?lang=sv`)
    assert.ok(html.includes('Vi flyttar &amp; &lt;b&gt;bygger&lt;/b&gt; &quot;om&quot;.\n\nKom {snart} igen.') || unescaped(html).includes(words), html)
    assert.doesNotMatch(html, /<b>bygger/)
    assert.ok((await shown('sv')).startsWith(await preview('sv')))
    assert.match(html, /href="tel:\+46701740610"/)
    assert.ok(!(await shown('sv')).includes('Du kan ändå få hjälp.'))
    assert.ok((await shown('en')).includes(text('en', 'Du kan ändå få hjälp.')))
    assert.equal(held(/<form[^>]*>(?:(?!<\/form>)[^])*value="sv"[^]*?<\/form>/.exec((await lead.page(`${intake}?area=1781`)).text)[0], 'words'), words)
    assert.equal((await say('ar', 'نحن ننتقل إلى مكان آخر.')).status, 303)
    await service.looked()
    assert.ok((await shown('ar')).includes('نحن ننتقل إلى مكان آخر.'))
  })
  test('can be previewed without saving', async () => {
    const before = service.contents()
    const { status, html } = await say('en', 'We are <i>moving</i>.', 'look')
    assert.equal(status, 200)
    assert.match(await preview('en', html), /We are <i>moving<\/i>\./)
    assert.doesNotMatch(html, /<i>moving/)
    assert.ok(reading(html).includes('Orden är inte sparade än.'))
    assert.deepEqual(service.changes(before), [])
  })
  test('that are too long or broken are refused, and stay in their field', async () => {
    const before = service.contents()
    for (const [typed, why] of [['å'.repeat(501), 'Texten är för lång. Skriv högst 500 tecken.'], ['a\u0007b', 'Mellan ”a” och ”b” finns ett osynligt tecken.'],
      ['a\u001bb', 'Mellan ”a” och ”b” finns ett osynligt tecken.'],
      ['Ring 640823-3234', 'Det ser ut som ett personnummer. Ta bort det.']]) {
      for (const what of ['say', 'look']) {
        const { status, html, says } = await say('en', typed, what)
        assert.equal(status, 422)
        assert.ok(says.includes(why))
        assert.ok(html.includes(typed))
      }
    }
    assert.deepEqual(service.changes(before), [])
    assert.equal((await say('en', 'å'.repeat(500))).status, 303)
  })
  test('give way to the catalogue’s when they are removed', async () => {
    for (const language of languages) assert.equal((await say(language, ' \n ')).status, 303)
    await service.looked()
    for (const language of languages) assert.ok((await shown(language)).includes(text(language, 'Du kan ändå få hjälp.')))
  })
})

describe('an intake whose queue no account can open', () => {
  let taken
  const nobody = queue => {
    taken = service.sql(`SELECT CAST(account AS TEXT) AS account, generation, hex(sealed) AS sealed FROM memberships WHERE queue = '${queue}'`)
    service.change(`DELETE FROM memberships WHERE queue = '${queue}'`)
  }
  const somebody = queue => {
    for (const { account, generation, sealed } of taken) service.change(`INSERT INTO memberships (account, queue, generation, sealed) VALUES (${account}, '${queue}', ${generation}, x'${sealed}')`)
  }
  const doctor = () => { try { return service.run('doctor', '--data', service.folder) } catch (error) { return error.stdout } }

  test('is not opened, now or on a day, and the reason names the queue', async () => {
    await close('1780')
    nobody('karlstad-kaa')
    const before = service.contents()
    for (const fields of [{}, { day: '2027-03-20' }]) {
      const { status, says } = await press({ area: '1780', do: 'open', ...fields })
      assert.equal(status, 409)
      assert.match(says, /Formuläret är inte öppnat: ingen kan läsa det som kommer till KAA Karlstad\. Ge någon den kön först\./)
    }
    assert.deepEqual(service.changes(before), [])
    assert.match(await page('1780'), /Formuläret kan inte öppnas än/)
    assert.equal(await end('/karlstad'), '200 closed')
    // Other areas are not held up.
    await close('1781')
    await open('1781')
    somebody('karlstad-kaa')
    await open('1780')
    assert.equal(await end('/karlstad'), '200 form')
  })
  test('stays closed although an inactive account or an administrator has the key', async () => {
    await close('1783')
    service.change("UPDATE accounts SET active = 0 WHERE role <> 'administrator' AND number IN (SELECT account FROM memberships WHERE queue = 'hagfors-unga') AND user <> 'leo'; DELETE FROM memberships WHERE queue = 'hagfors-unga' AND account = (SELECT number FROM accounts WHERE user = 'leo')")
    assert.equal((await press({ area: '1783', do: 'open' })).status, 409)
    addAccount(service, 'hanna', 'coordinator', 'hagfors-unga')
    await open('1783')
    service.change('UPDATE accounts SET active = 1')
  })
  test('stays closed on its day and says so, until an account can open the queue', async () => {
    await pressed({ area: '1780', do: 'close', back: '2027-03-06' })
    nobody('karlstad-unga')
    await moveTo('2027-03-06T08:00+01:00')
    await service.looked()
    assert.equal(await end('/karlstad'), '200 closed')
    assert.doesNotMatch(main((await ask(`${service.url}/karlstad`)).text), /öppnar/)
    assert.match(await page('1780'), /Skulle ha öppnat lördag 6 mars 2027, men ingen kan läsa det som kommer till Ungdomstorget Karlstad/)
    assert.match(doctor(), /^warning: the form of Karlstad was to open on 2027-03-06 and stays closed: nobody can open queue karlstad-unga$/m)
    somebody('karlstad-unga')
    await service.looked()
    assert.equal(await end('/karlstad'), '200 form')
    assert.doesNotMatch(doctor(), /Karlstad was to open/)
  })
  test('stays closed on its day of opening, until an account can open the queue', async () => {
    await pressed({ area: '1780', do: 'close', day: '2027-03-07', back: '2027-03-08' })
    nobody('karlstad-unga')
    await moveTo('2027-03-08T08:00+01:00')
    await service.looked()
    assert.equal(await end('/karlstad'), '200 closed')
    assert.match(await page('1780'), /Stängt sedan i går kl. 00:00 Skulle ha öppnat måndag 8 mars 2027, men ingen kan läsa/)
    assert.equal(stands('1780').back_day, null)
    somebody('karlstad-unga')
    await service.looked()
    assert.equal(await end('/karlstad'), '200 form')
  })
  test('gets a warning of the doctor when its area is open', async () => {
    nobody('arvika-unga')
    assert.match(doctor(), /^warning: the form of Arvika is open and nobody can open queue arvika-unga$/m)
    somebody('arvika-unga')
    assert.doesNotMatch(doctor(), /Arvika is open/)
  })
})

describe('an unknown address or field', () => {
  test('of area, act, language or field is refused', async () => {
    const before = service.contents()
    assert.equal((await lead.page(`${intake}?area=9999`)).status, 404)
    for (const [fields, status] of [[{ area: '9999', do: 'close' }, 404], [{ do: 'close' }, 404], [{ area: '1781' }, 400], [{ area: '1781', do: 'x' }, 400],
      [{ area: '1781', do: 'say', language: 'xx', words: 'x' }, 400], [{ area: '1781', do: 'say', words: 'x' }, 400], [{ area: '1781', do: 'close', x: '1' }, 400]]) {
      assert.equal((await press(fields)).status, status, JSON.stringify(fields))
    }
    assert.equal((await lead.post(intake, { area: '1781', do: 'close' }, 'x'.repeat(43))).status, 403)
    assert.deepEqual(service.changes(before), [])
  })
  test('an account that is not a lead’s is refused', async () => {
    const before = service.contents()
    for (const account of [service.coordinator, service.administrator]) {
      const other = await signedIn(service, account)
      assert.equal((await other.page(`${intake}?area=1781`)).status, 403)
      assert.equal((await press({ area: '1781', do: 'close' }, other)).status, 403)
    }
    assert.deepEqual(service.changes(before), [])
  })
})

test('an intake closes for a summer and opens again, and the other way round', async () => {
  const [karlstad, kristinehamn, arvika] = ['/karlstad', '/kristinehamn', '/arvika']
  await close('1781')
  await close('1784')
  const before = stands('1784')
  await pressed({ area: '1780', do: 'close', day: '2027-07-01', back: '2027-08-03' })
  await pressed({ area: '1781', do: 'open', day: '2027-07-01', back: '2027-08-03' })
  await pressed({ area: '1784', do: 'open', day: '2027-07-02', back: '2027-08-03' })
  service.clock.set('2027-06-30T23:59:50+02:00')
  assert.deepEqual([await end(karlstad), await end(kristinehamn)], ['200 form', '200 closed'])
  await moveTo('2027-07-01T00:00:01+02:00')
  await service.looked()
  assert.deepEqual([await end(karlstad), await end(kristinehamn)], ['200 closed', '200 form'])
  assert.match(main((await ask(`${service.url}${karlstad}`)).text), /Formuläret öppnar tisdag 3 augusti 2027\./)
  assert.match(await page('1780'), /Stängt sedan i dag kl. 00:00 Öppnar tisdag 3 augusti 2027/)
  assert.match(await page('1781'), /Öppet sedan i dag kl. 00:00 Stänger tisdag 3 augusti 2027/)
  // The rest passes while the service stands still.
  await service.end()
  service.clock.set('2027-08-04T10:00+02:00')
  await service.start()
  lead = await signedIn(service, service.lead)
  assert.deepEqual([await end(karlstad), await end(kristinehamn), await end(arvika)], ['200 form', '200 closed', '200 closed'])
  await service.looked()
  assert.match(await page('1780'), /Öppet sedan i går kl. 00:00/)
  assert.match(await page('1781'), /Stängt sedan i går kl. 00:00/)
  // It was never open, so it is closed since then.
  assert.deepEqual(stands('1784'), { ...before, turns_day: null, back_day: null })
  assert.equal(stands('1780').turns_day, null)
})

test('an area that service.conf closes opens on the day in service.conf', async () => {
  assert.equal(await end('/filipstad'), '200 closed')
  assert.equal((await sentTo('/filipstad', fresh('1782'))).status, 403)
  await moveTo('2027-08-16T00:00:01+02:00')
  await service.looked()
  assert.equal(await end('/filipstad'), '200 form')
  assert.equal((await sentTo('/filipstad', fresh('1782'))).status, 200)
})
