// The days of a lead and of an administrator, of fifty acts each, on a phone 360 pixels wide and by keyboard alone, with what goes
// wrong in a day: a session that ends, two tabs, Back, a mail after signing out. The coordinator's is in day.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, sound } from '../support/browser.mjs'
import { post, right, startService } from '../support/service.mjs'
import { addAccount, sendCase, signedIn } from '../support/staff.mjs'
import { code as oneTimeCode } from '../support/totp.mjs'
import { Workday } from '../support/workday.mjs'

const queue = 'kristinehamn-kaa'
const phrases = ['gurka trappsteg novell kastrull', 'kantarell spade vinter moped', 'segelbåt mandel tröskel fagott']
let service, browser, anna, berit, una
before(async () => {
  [service, browser] = await Promise.all([startService({ clock: '2027-01-11T09:00+01:00' }), launch()])
  service.run('outbox', '--once')
  const accounts = [service.coordinator, addAccount(service, 'berit', 'coordinator', queue), addAccount(service, 'una', 'coordinator', 'arvika-unga')]
  ;[anna, berit, una] = await Promise.all(accounts.map(account => signedIn(service, account)))
})
after(async () => { await browser.close(); await service.stop() })

let people = 0
const arrive = (fields, path) => sendCase(service, { ...right.self, name: `Person ${++people}`, phone: `070-174 06 ${String(people + 10)}`, ...fields }, path)
const does = async (session, ref, what, fields) => assert.equal((await session.act(ref, what, fields)).status, 303, what)
/** A case that somebody has claimed. */
const taken = async (session, fields, path) => {
  const ref = await arrive(fields, path)
  await does(session, ref, 'claim')
  return ref
}

/** Of a page of colleagues with a link: who gets it opens it, and chooses. */
async function follow (day, fields) {
  const link = await day.page.inputValue('#link-text')
  await day.meanwhile(async () => assert.equal((await post(link, fields)).status, 303, 'the link'))
}

test('a lead works a day of fifty acts by keyboard alone: 360 pixels', async () => {
  const [confirmed, objected] = [await taken(berit), await taken(berit)]
  for (const ref of [confirmed, objected]) await does(berit, ref, 'propose', { outcome: 'moved', note: 'Har flyttat.' })
  const [accepted, returned] = [await taken(una, { area: '1784' }, '/arvika'), await taken(una, { area: '1784' }, '/arvika')]
  for (const ref of [accepted, returned]) await does(una, ref, 'offer', { queue })
  for (const step of ['send', 'send']) await does(anna, await taken(anna), 'text', { text: 'Hej! Vi hörs.', step })
  service.change("UPDATE messages SET state = 'failed', reason = 'refused' WHERE state = 'queued' AND way = 'text'")
  const left = await taken(anna)

  const day = await Workday.begin(browser, service, service.lead, { script: true })
  const { keyboard, page } = day
  await day.scripts(false)
  /** To another part by the menu. */
  const menu = where => day.go(`header nav a[href="${where}"]`, where)

  // What must be done now: messages that were not sent.
  await day.keys('o', '/staff/overview')
  await sound(page, 'the overview')
  await day.act('/messages/resend', 'notice=resend')
  await day.act('/messages/drop', 'notice=drop')
  await day.go('footer a[href="/staff/notices"]', '/staff/notices')
  await day.rewrite('#address', 'leo@kommun.example')
  await day.go('main form button', 'notice=notices')

  // Templates for the colleagues; Back, and the same press again.
  const add = async (kind, title) => {
    await keyboard.choose('#add-queue', queue)
    await keyboard.choose('#add-kind', kind)
    await keyboard.write('#add-title', title)
    await keyboard.write('#add-words', 'Hej! Vi hörs.')
    await day.act('/templates?send', 'notice=template', 'button[value=save]')
  }
  await day.go('footer a[href="/staff/templates"]', '/staff/templates')
  await day.scripts(true)
  await add('note', 'Samtal')
  await day.again('/staff/templates', 'form[action="/staff/templates?send"] button[value=save]')
  await day.scripts(false)
  await add('text', 'Sms')
  await day.rewrite('[id^=title-]', 'Nytt namn')
  await day.act('/templates/change', 'notice=template', 'button[value=save]')
  await day.act('/templates/remove', 'notice=template-removed')

  // Codes: made, changed, seen, retired, revived, made of a list, deleted.
  const make = async place => {
    await keyboard.write('#place-new', place)
    await keyboard.choose('#channel-new', 'health')
    await keyboard.choose('#area-new', '1781')
    await day.act('/codes?send', 'notice=code-made')
    return /codes\/(\w{6})/.exec(page.url())[1]
  }
  await menu('/staff/codes')
  const code = await make('Väntrummet')
  await day.rewrite('#place-code', 'Väntrummet norr')
  await day.act('/codes/change', 'notice=code-changed')
  await day.act('/codes/seen', 'notice=code-seen')
  await day.act('/codes/retire', 'notice=code-retired')
  await day.act('/codes/revive', 'notice=code-revived')
  await menu('/staff/codes')
  await make('Fel plats')
  await day.act('/codes/remove', 'notice=code-removed')
  await keyboard.choose('#import-channel', 'school')
  await keyboard.choose('#import-area', '1781')
  await keyboard.reach('#lines')
  await page.keyboard.insertText('Skolan\nBiblioteket')
  await day.act('/codes/import', '/staff/answer/', 'button:not([name])')
  await sound(page, 'a list that was read')
  await day.act('/codes/import', 'notice=codes-made', 'button[name=seen]')

  // The brochure in one's own words, and in ours again.
  await day.go('main a[href="/staff/brochures"]', '/staff/brochures')
  await day.rewrite('form[action="/staff/brochures?send"] .field', 'Ring oss!')
  await day.act('/brochures?send', 'notice=worded', 'button:not([name])')
  await day.act('/brochures?send', 'notice=usual', 'button[name=usual]')

  // A campaign that is made, moved and deleted.
  await menu('/staff/codes')
  await day.go('main a[href="/staff/campaigns"]', '/staff/campaigns')
  const campaign = async () => {
    await keyboard.write('#campaign-name', 'Vårens affischer')
    await day.date('#campaign-from', '2027-01-11')
    await day.date('#campaign-to', '2027-02-28')
    await keyboard.press(`#tick-${code}`, 'Space')
    await day.act('?send', 'notice=campaign')
  }
  await campaign()
  await day.rewrite('#campaign-name', 'Vinterns affischer')
  await day.act('?send', 'notice=campaign')
  await day.act('/remove', 'notice=campaign-removed')
  await campaign()

  // The form: what it says while it is closed, closed after a question, opened, closed on a day that is taken back; the number.
  await menu('/staff/codes')
  await day.go('main a[href="/staff/intake"]', '/staff/intake')
  for (const which of [queue, 'karlstad-unga']) {
    await day.date(`#seen-${which}`, '2027-01-10')
    await day.go(`form:has(#seen-${which}) button`, 'notice=number')
  }
  await day.go('a[href="/staff/intake?area=1780"]', 'area=1780')
  await keyboard.reach('#say-sv')
  await page.keyboard.insertText('x'.repeat(501))
  await day.go('#words-sv [value=say]', '/staff/answer/')
  assert.equal((await page.inputValue('#say-sv')).length, 501)
  await day.rewrite('#say-sv', 'Vi har semester.')
  await day.go('#words-sv [value=say]', 'notice=intake-say')
  await day.rewrite('#say-ar', 'نحن في إجازة.')
  await day.go('#words-ar [value=say]', 'notice=intake-say')
  await day.go('[aria-describedby=close-what]', '/staff/answer/')
  await day.go('[aria-describedby=ask]', 'notice=intake-close')
  await day.go('[aria-describedby=open-what]', 'notice=intake-open')
  await day.date('#day', '2027-07-01')
  await day.go('form:has(#day) button', 'notice=intake-day')
  await day.go('[value=stay]', 'notice=intake-stay')

  // Colleagues: an invitation that is taken back, one that is used, a queue given and taken, a lost passphrase, one who leaves.
  await menu('/staff/colleagues')
  const invite = async () => {
    await keyboard.press(`#invite-${queue}`, 'Space')
    await day.act('/invite', '/staff/answer/')
  }
  await invite()
  await day.act('/withdraw', 'notice=withdrawn')
  await invite()
  await sound(page, 'a link for a colleague')
  await follow(day, { name: 'Nils Ny', user: 'nils', passphrase: phrases[0] })
  await menu('/staff/colleagues')
  await keyboard.choose('#join-nils', 'karlstad-unga')
  await day.go('form:has(#join-nils) button', 'notice=joined')
  await keyboard.choose('#part-nils', 'karlstad-unga')
  await day.go('form:has(#part-nils) button', 'notice=parted')
  await day.go('form[action$="/restore"]:has([value=nils]) button', '/staff/answer/')
  await follow(day, { passphrase: phrases[1] })
  await menu('/staff/colleagues')
  await day.go('form[action$="/deactivate"]:has([value=nils]) button', 'notice=deactivated')
  await day.go(`form[action$="/rotate"]:has([value=${queue}]) button`, 'notice=rotated')

  // Out and in again, by the link of a mail; then absences, Berit's and one's own.
  await day.byMail('leo@', '/staff/notices')
  await keyboard.press('#wish-kind-digest', 'Space')
  await day.go('main form button', 'notice=notices')
  await menu('/staff/colleagues')
  await day.go('main a[href="/staff/absence"]', '/staff/absence')
  const away = async (who, to, deputy) => {
    await day.date(`#to-${who}`, to)
    await keyboard.choose(`#deputy-${who}`, deputy)
    await day.go(`form:has(#deputy-${who}) button`, 'notice=away')
  }
  await away('berit', '2027-01-20', 'anna')
  await away('berit', '2027-01-22', 'leo')
  await sound(page, 'absences')
  await day.go('form[action="/staff/absence/end"]:has([value=berit]) button', 'notice=back')
  await away('me', '2027-01-29', 'anna')
  await day.go('form[action="/staff/absence/end"] button', 'notice=back')

  // Cases: closings to confirm, offers to answer, one that lies with somebody else, one's own, whose note meets the end of the session.
  const to = async (ref, list = '/staff/queue') => {
    await day.keys('i', list)
    await day.go(`#open-case-${ref}`, `/staff/case/${ref}`)
  }
  await to(confirmed)
  const tab = await day.tab(`/staff/case/${confirmed}`)
  await day.act('/confirm', 'notice=confirm')
  assert.match(await day.late(tab, 'form[action$="/confirm"] button'), /^Det går inte längre: ärendet har ändrats sedan du öppnade sidan\./)
  await to(objected)
  await keyboard.write('#object-note', 'Ring en gång till.')
  await day.act('/object', 'notice=object')
  await to(accepted)
  await day.act('/accept', 'notice=accept')
  await to(returned)
  await keyboard.write('#reason', 'Vi hinner inte.')
  await day.act('/return', 'notice=return')
  await to(left)
  await day.act('/release', 'notice=release')
  const own = await arrive()
  await day.keys('i', '/staff/queue')
  await day.go(`#claim-case-${own}`, 'notice=claim')
  await day.go('button[value=wrong-number]', 'notice=wrong-number')
  await keyboard.write('#new-phone', '070-174 06 99')
  await day.go('form:has(#new-phone) button', 'notice=new-number')
  await day.go('button[value=no-answer]', 'notice=no-answer')
  await day.act('/undo', 'notice=undo')
  await day.go('button[value=reached]', 'notice=reached')
  await day.ends('#only-note', 'Vill <läsa> & "jobba"', 'form[action$="/note"] button:not([name])')
  await day.act('/note', 'notice=note', 'button:not([name])')
  await keyboard.choose('#outcome', 'work')
  await day.act('/close', 'notice=close')

  // One's own sign-in, and the way out.
  await day.go('a.me', '/staff/me')
  await day.act('/me/calendar', '/staff/answer/')
  await day.go('.back a', '/staff/me')
  await day.act('/me/calendar/end', 'notice=calendar-ended')
  await passphrase(day, phrases[2])
  await day.out()
  await day.end('a lead', 50)
})

/** Another passphrase for the account, on the page of one's own sign-in. */
async function passphrase (day, fresh) {
  await day.keyboard.write('#present', day.account.passphrase)
  for (const field of ['#fresh', '#again']) await day.keyboard.write(field, fresh)
  await day.act('/me/passphrase', 'notice=passphrase')
  day.account = { ...day.account, passphrase: fresh }
}

test('an administrator works a day of fifty acts by keyboard alone: 360 pixels', async () => {
  const leaving = ['erik', 'frida', 'gun']
  for (const user of leaving) addAccount(service, user, 'coordinator', queue)
  const day = await Workday.begin(browser, service, service.administrator, { script: true })
  const { keyboard, page } = day
  await day.scripts(false)
  const menu = where => day.go(`header nav a[href="${where}"]`, where)
  const of = (action, user) => `form[action$="/${action}"]:has([value="${user}"]) button`
  const me = () => day.go('a.me', '/staff/me')
  /** The next half minute's code: each counts once. */
  const code = secret => {
    service.clock.forward(30)
    return oneTimeCode(secret, 0, service.clock.now())
  }

  // One's own sign-in: another passphrase, not kept when the session ends, other places signed out, a code from an app.
  await me()
  for (const field of ['#present', '#fresh']) await keyboard.write(field, phrases[2])
  await day.ends('#again', phrases[2], 'form[action="/staff/me/passphrase"] button', '')
  await passphrase(day, phrases[0])
  for (const count of [1, 2]) {
    await day.meanwhile(() => Promise.all(Array.from({ length: count + 1 }, () => signedIn(service, day.account))))
    await me()
    await day.act('/me/session', 'notice=ended')
    await day.act('/me/sessions', 'notice=others')
  }
  const enrol = async () => {
    await day.go('a[href="/staff/me/factor"]', '/staff/me/factor')
    await keyboard.write('[name=passphrase]', day.account.passphrase)
    await day.act('/me/factor?send', '/staff/me/factor')
    const secret = await page.textContent('.secret')
    await keyboard.write('#code', '000000')
    await day.act('/factor/confirm', '/staff/')
    await day.rewrite('#code', code(secret))
    await day.act('/factor/confirm', '/staff/')
    assert.equal(await page.locator('.codes .secret').count(), 10, await page.innerText('main'))
    return secret
  }
  const secret = await enrol()
  await sound(page, 'recovery codes')
  await me()
  await keyboard.write('#codes-passphrase', day.account.passphrase)
  await day.act('/me/codes', '/staff/answer/')

  // Out, and in again with the code, to the page that was asked for.
  await day.out()
  await page.goto(`${service.url}/staff/colleagues`)
  await day.signIn('/staff/code')
  await keyboard.write('#code', code(secret))
  await day.go('main form button', '/staff/colleagues')
  await sound(page, 'colleagues')

  // Administrators of other towns are invited, some links are taken back; Back and the same press makes no second link.
  const invite = async () => {
    await menu('/staff/colleagues')
    await day.act('/invite', '/staff/answer/')
  }
  await menu('/staff/colleagues')
  await day.scripts(true)
  await invite()
  await day.again('/staff/colleagues', 'form[action$="/invite"] button')
  await day.scripts(false)
  await day.act('/withdraw', 'notice=withdrawn')
  const towns = ['ada', 'bo', 'cia', 'dan', 'eva', 'finn', 'gry', 'hans', 'ida', 'jan', 'kim', 'liv']
  for (const user of towns) {
    await invite()
    await follow(day, { name: user, user, passphrase: phrases[1] })
  }

  // Passphrases that were forgotten; some are found again, and the link is taken back.
  for (const [i, user] of towns.entries()) {
    await menu('/staff/colleagues')
    await day.go(of('restore', user), '/staff/answer/')
    if (i % 2) await day.act('/withdraw', 'notice=withdrawn')
    else await follow(day, { passphrase: phrases[2] })
  }

  // Those who have left; a second tab comes too late.
  await menu('/staff/colleagues')
  for (const user of [...leaving, ...towns.slice(8)]) {
    const tab = user === 'gun' ? await day.tab('/staff/colleagues') : undefined
    await day.go(of('deactivate', user), 'notice=deactivated')
    if (tab) assert.match(await day.late(tab, of('deactivate', user)), /^Det går inte längre: kontot eller länken finns inte kvar\./)
  }

  // Another telephone: the code is dropped, and made anew.
  await me()
  await keyboard.write('#drop-passphrase', day.account.passphrase)
  await keyboard.write('#drop-code', code(secret))
  await day.act('/factor/drop', 'notice=dropped')
  await enrol()
  await day.go('main a.button', '/staff/overview')
  await day.out()
  await day.end('an administrator', 50)
})
