// A coordinator's day of fifty acts on a phone 360 pixels wide, by keyboard alone, from sign-in to sign-out, with what goes wrong
// in a day: a session that ends, two tabs, Back, a wrong number, an offer that is declined. Every element with the focus must be
// on the screen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, number, reference, sendCase, signedIn } from '../support/staff.mjs'
import { text } from '../support/text.mjs'
import { Workday } from '../support/workday.mjs'

let service, browser, berit, una, leo
before(async () => {
  [service, browser] = await Promise.all([startService({ clock: '2027-01-11T09:00+01:00' }), launch()])
  service.run('outbox', '--once')
  const accounts = [addAccount(service, 'berit', 'coordinator', 'kristinehamn-kaa'), addAccount(service, 'una', 'coordinator', 'arvika-unga'), service.lead]
  ;[berit, una, leo] = await Promise.all(accounts.map(account => signedIn(service, account)))
  for (const [kind, title, words] of [['note', 'Första samtalet', 'Vad vill du?'], ['text', 'Påminnelse', 'Hej! Vi hörs i morgon.']]) {
    assert.equal((await leo.post('/staff/templates', { queue: 'kristinehamn-kaa', kind, title, words, step: 'save' })).status, 303)
  }
})
after(async () => { await browser.close(); await service.stop() })

let people = 0
/** Somebody sends the form; each has a number of their own. */
const arrive = fields => sendCase(service, { ...right.self, name: `Person ${++people}`, phone: `070-174 06 ${String(people + 10)}`, ...fields })
const acts = ref => service.sql(`SELECT act FROM events WHERE case_number = ${number(ref)} ORDER BY step`).map(({ act }) => act).filter(act => act !== 'open' && act !== 'find')
const did = (ref, ...expected) => assert.deepEqual(acts(ref), ['receive', ...expected])
const does = async (session, ref, what, fields) => assert.equal((await session.act(ref, what, fields)).status, 303, what)

for (const { locale, script } of [{ locale: 'sv-SE', script: true }, { locale: 'ar', script: false }]) {
  test(`a coordinator works a day of fifty acts by keyboard alone: ${locale}, 360 pixels, ${script ? 'with' : 'without'} script`, async () => {
    const day = await Workday.begin(browser, service, service.coordinator, { locale, script })
    const { keyboard, page } = day
    const says = (swedish, holes) => text(locale.slice(0, 2), swedish, holes)
    const take = ref => day.go(`#claim-case-${ref}`, `/staff/case/${ref}?notice=claim`)
    /** From Today to the case, taken. */
    const begin = async fields => {
      const ref = await arrive(fields)
      await day.keys('i', '/staff/queue')
      await take(ref)
      return ref
    }
    const to = async ref => {
      await day.keys('m', 'mine=1')
      await day.go(`#open-case-${ref}`, `/staff/case/${ref}`)
    }
    await sound(page, 'Today')

    // The morning: what one wants to be told, then only what came in from its own municipality, then everything again.
    await day.go('footer a[href="/staff/notices"]', '/staff/notices')
    await day.rewrite('#address', `anna-${locale}@kommun.example`)
    await day.go('main form button', 'notice=notices')
    const first = await arrive({ contact: 'sms-first' })
    await day.keys('i', '/staff/queue')
    await keyboard.choose('#choose-area', right.self.area)
    await day.go('.choices button', 'area=1781')
    await day.go('details.choose a', '/staff/queue')

    // Somebody who wants a text first.
    await take(first)
    await day.go('.call a.button', `/staff/case/${first}/text`)
    await sound(page, 'a text')
    await day.act('/text?send', 'notice=texted', 'button[value=send]')
    did(first, 'claim', 'texted')

    // A call without an answer, logged by mistake and undone; then the next, and the next.
    const second = await begin()
    for (let i = 0; i < 2; i++) await arrive()
    await keyboard.write('#note', 'Ringde två gånger.')
    await day.go('button[value=no-answer]', 'notice=no-answer')
    await sound(page, 'Today, with a way back')
    await day.act(`/case/${second}/undo`, 'notice=undo')
    await day.go('button[value=reached]', 'notice=reached')
    await keyboard.press('#follow-until', 'Space')
    await page.keyboard.press('Escape')
    await day.act('/follow', 'notice=follow')
    did(second, 'claim', 'no-answer', 'undo', 'reached', 'follow')
    const rung = []
    for (const result of ['no-answer', 'left-message']) {
      if (rung.length === 0) await day.keys('i', '/staff/queue')
      await day.keys('n', '/staff/case/')
      rung.push(/case\/(\w{13})/.exec(page.url())[1])
      await day.go(`button[value=${result}]`, `notice=${result}`)
    }
    assert.equal(new Set(rung).size, 2, 'the next ones to ring')

    // A wrong number, one that is none, and the right one, where somebody else answers.
    const fifth = await begin()
    await day.go('button[value=wrong-number]', 'notice=wrong-number')
    await sound(page, 'a wrong number')
    await keyboard.write('#new-phone', '12')
    await day.go('form:has(#new-phone) button', '/staff/answer/')
    assert.equal(await page.inputValue('#new-phone'), '12')
    await day.rewrite('#new-phone', `070-174 06 ${locale === 'ar' ? 98 : 99}`)
    await day.go('form:has(#new-phone) button', 'notice=new-number')
    await day.go('button[value=other-answered]', 'notice=other-answered')
    did(fifth, 'claim', 'wrong-number', 'new-number', 'other-answered')

    // A long talk: what was wrong is corrected, a note is too long, a template begins the next one, and the session ends meanwhile.
    const sixth = await begin()
    await day.go('button[value=reached]', 'notice=reached')
    await day.rewrite('#correct-name', 'Kim Rätt')
    await day.go('form:has(#correct-name) button', 'notice=correct')
    await keyboard.reach('#only-note')
    await page.keyboard.insertText('å'.repeat(4012))
    await day.act('/note', '/staff/answer/', 'button:not([name])')
    assert.equal((await page.inputValue('#only-note')).length, 4012)
    await day.rewrite('#only-note', 'Vill börja läsa igen.')
    await day.act('/note', 'notice=note', 'button:not([name])')
    await keyboard.reach('#only-note')
    await keyboard.choose('#note-template', await page.getAttribute('#note-template option:nth-child(2)', 'value'))
    await keyboard.press('form[action$="/note"] button[name=insert]')
    if (!script) await page.waitForURL('**/staff/answer/*')
    assert.equal(await page.inputValue('#only-note'), 'Vad vill du?')
    await day.act('/note', 'notice=note', 'button:not([name])')
    // Without script the page that Back shows is a new one, with what the browser has put back.
    if (script) await day.again(`/staff/case/${sixth}`, 'form[action$="/note"] button:not([name])')
    await day.ends('#only-note', 'Ringer "igen" <på> torsdag & fredag', 'form[action$="/note"] button:not([name])')
    await day.at(`/staff/case/${sixth}`)
    await day.act('/note', 'notice=note', 'button:not([name])')
    // On paper, as a copy for the person, in the calendar; then a queue that takes part for a while.
    await day.go(`a[href$="/print"]`, '/print')
    await day.go('header a', `/staff/case/${sixth}`)
    const copied = page.waitForEvent('download')
    await keyboard.press('form[action$="/copy"] button')
    assert.equal((await copied).suggestedFilename(), `${sixth}.html`)
    await keyboard.choose('#share-queue', 'arvika-unga')
    await keyboard.write('#share-what', 'Ja till Arvika.')
    await day.date('#share-day', '2027-01-11')
    await day.act('/share', 'notice=share')
    await day.act('/unshare', 'notice=unshare')
    await keyboard.choose('#month', '3')
    await keyboard.choose('#year', '2028')
    await day.act('/remind', 'notice=remind')
    did(sixth, 'claim', 'reached', 'correct', 'note', 'note', 'note', 'print', 'copy', 'share', 'unshare', 'remind')

    // Who knows the person says so by mistake; a case that comes back, one that waits for a day.
    await day.act('/recuse', 'notice=recuse')
    await day.act(`/case/${sixth}/undo`, 'notice=undo')
    await day.act('/release', 'notice=release')
    const seventh = await begin()
    await day.act('/park', 'notice=park')

    // Out for lunch; a mail leads back in, to its own page.
    await day.byMail(`anna-${locale}@`, '/staff/notices')
    await keyboard.press('#wish-kind-digest', 'Space')
    await day.go('main form button', 'notice=notices')

    // For another town: declined, and said why until it is seen; the second offer is taken back.
    const eighth = await begin()
    await keyboard.choose('#offer-queue', 'arvika-unga')
    await keyboard.write('#offer-note', 'Flyttar till er.')
    await day.act('/offer', 'notice=offer')
    await sound(page, 'offered')
    await day.meanwhile(() => does(una, eighth, 'return', { reason: 'Vi hinner inte.' }))
    await day.keys('i', '/staff/queue')
    const declined = says('{to} tackade nej till att ta över: läs varför', { to: 'Navet Arvika' })
    assert.ok((await page.textContent('#group-declined')).includes(declined))
    await sound(page, 'Today, with an offer that was declined')
    await day.go(`#open-case-${eighth}`, `/staff/case/${eighth}`)
    assert.ok((await page.textContent('#notes')).includes('Vi hinner inte.'))
    await day.keys('i', '/staff/queue')
    assert.equal(await page.locator('#group-declined').count(), 0, 'said after it was seen')
    await to(eighth)
    await keyboard.choose('#offer-queue', 'arvika-unga')
    await day.act('/offer', 'notice=offer')
    await day.act('/withdraw', 'notice=withdraw')

    // A colleague is asked to confirm a closing, again with a better reason, and does.
    await keyboard.choose('#proposed', 'moved')
    await keyboard.write('#propose-note', 'Har flyttat.')
    await day.act('/propose', 'notice=propose')
    await sound(page, 'waits for a second')
    await day.act('/object', 'notice=object')
    await keyboard.choose('#proposed', 'moved')
    await keyboard.write('#propose-note', 'Har flyttat till Norge.')
    await day.act('/propose', 'notice=propose')
    await day.meanwhile(async () => {
      const { text: asked } = await berit.page(`/staff/case/${eighth}`)
      await does(berit, eighth, 'confirm', { proposal: /name="proposal" value="(\w+)"/.exec(asked)[1] })
    })
    did(eighth, 'claim', 'offer', 'return', 'offer', 'withdraw', 'propose', 'object', 'propose', 'confirm')

    // Somebody rings back, and is found by the last four digits.
    const ninth = await arrive()
    await day.keys('i', '/staff/queue')
    await keyboard.write('#find', `06${people + 10}`)
    await day.go('.search button', '/staff/answer/')
    await day.go('.rows a', `/staff/case/${ninth}`)
    await day.act('/rang-back', 'notice=rang-back')
    await day.go('main a[href$="/text"]', `/staff/case/${ninth}/text`)
    await day.go('button[name=propose][value=soon]', '/staff/answer/')
    await day.act('/text?send', 'notice=announced', 'button[value=send]')
    did(ninth, 'rang-back', 'announced')

    // Friday's message on the answering machine, written down now, with its own time.
    const twice = script ? '070-174 06 05' : '070-174 06 06'
    await day.keys('i', '/staff/queue')
    await day.go('main a[href="/staff/new"]', '/staff/new')
    await keyboard.choose('#way', 'voicemail')
    await day.date('#day', '2027-01-08')
    await keyboard.write('#time', '0330PM')
    await keyboard.choose('#who', 'self')
    await keyboard.write('#name', `Robin ${locale}`)
    await keyboard.write('#phone', twice)
    await keyboard.choose('#age', '18-19')
    await keyboard.choose('#area', '1781')
    await keyboard.choose('#contact', 'call')
    await keyboard.press('#take', 'Space')
    await day.go('form[action="/staff/new?send"] button', 'notice=taken')
    const tenth = /case\/(\w{13})/.exec(page.url())[1]
    const [{ received_at: received }] = service.sql(`SELECT received_at FROM cases WHERE number = ${number(tenth)}`)
    assert.equal(received, Date.parse('2027-01-08T15:30+01:00') / 1000)

    // The same person wrote twice: linked, and taken apart. Two tabs want to end it; one does, and the other is told.
    const eleventh = await begin({ phone: twice })
    await day.go('.repeat button[value=same]', 'notice=link')
    await day.go('.repeat button[value=unlink]', 'notice=unlink')
    await day.go('.repeat button[value=same]', 'notice=link')
    const tab = await day.tab(`/staff/case/${eleventh}`)
    await keyboard.choose('#outcome', 'work')
    await day.act('/close', 'notice=close')
    await tab.keyboard.choose('#outcome', 'work')
    await tab.keyboard.write('#close-note', 'Vill läsa vidare.')
    assert.ok((await day.late(tab, 'form[action$="/close"] button')).includes(says('Det går inte längre: ärendet har ändrats sedan du öppnade sidan.')))
    await day.keys('i', '/staff/queue')

    // The work has begun, and later on the person wants no more calls.
    await to(tenth)
    await day.go('button[value=reached]', 'notice=reached')
    await keyboard.choose('#begun', 'work')
    await day.act('/begin', 'notice=begin')
    await day.act('/decline', 'notice=decline')
    await keyboard.choose('#outcome', 'work')
    await day.act('/close', 'notice=close')
    await day.keys('i', '/staff/queue')
    await day.go('main a[href="/staff/closed"]', '/staff/closed')
    await day.go(`main a[href*="${tenth}"]`, `/staff/case/${tenth}`)
    await day.act('/reopen', 'notice=reopen')
    did(tenth, 'claim', 'reached', 'begin', 'decline', 'close', 'reopen')

    // One's own things: a calendar, an absence that comes to nothing, and the way out.
    await day.go('a.me', '/staff/me')
    await day.act('/me/calendar', '')
    await day.go('.back a', '/staff/me')
    await day.act('/me/calendar/end', '')
    await day.out()
    await day.end(`a coordinator, ${locale}`, 50)
  })
}
