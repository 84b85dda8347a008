// A coordinator's day on a phone 360 pixels wide, by keyboard alone, from sign-in to sign-out.
// Every element with the focus must be on the screen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, number, sendCase } from '../support/staff.mjs'

let service, browser, colleague
before(async () => {
  [service, browser] = await Promise.all([startService(), launch()])
  service.run('outbox', '--once')
  colleague = addAccount(service, 'berit', 'coordinator', 'kristinehamn-kaa')
})
after(async () => { await browser.close(); await service.stop() })

let people = 0
const arrive = fields => sendCase(service, { ...right.self, name: `Person ${++people}`, ...fields })
const acts = ref => service.sql(`SELECT act FROM events WHERE case_number = ${number(ref)} ORDER BY step`).map(({ act }) => act)

for (const locale of ['sv-SE', 'ar']) {
  test(`a coordinator works a day by keyboard alone: ${locale}, 360 pixels`, async () => {
    const page = await open(browser, { locale, script: true })
    const keyboard = new Keyboard(page)
    const go = async (selector, where) => { await keyboard.press(selector); await page.waitForURL(where) }
    const [first, second, third] = [await arrive({ contact: 'sms-first' }), await arrive(), await arrive()]

    await page.goto(`${service.url}/staff`)
    await keyboard.write('[name=user]', service.user)
    await keyboard.write('[name=passphrase]', service.passphrase)
    await go('main button', '**/staff/queue')
    await sound(page, 'Today')

    // Only what came in from its own municipality, then everything again.
    await keyboard.choose('#choose-area', right.self.area)
    await go('.choices button', '**area=1781**')
    await go('details.choose a', url => !url.search.includes('area='))

    // Somebody who wants a text first.
    await go(`#claim-case-${first}`, `**/staff/case/${first}?**`)
    await go('.call a.button', `**/staff/case/${first}/text`)
    await sound(page, 'a text')
    await go('form[action$="/text?send"] button', '**/staff/**notice=**')
    assert.ok(acts(first).includes('texted'))

    // A call without an answer, logged by mistake and undone.
    await go('header nav a', '**/staff/queue')
    await go(`#claim-case-${second}`, `**/staff/case/${second}?**`)
    await keyboard.write('#note', 'Ringde två gånger.')
    await go('button[value=no-answer]', '**notice=no-answer**')
    await sound(page, 'Today, with a way back')
    await go(`form[action="/staff/case/${second}/undo"] button`, '**notice=undo')
    await go('button[value=reached]', '**notice=reached')
    await keyboard.press('#follow-until', 'Space')
    await page.keyboard.press('Escape')
    await go('form[action$="/follow"] button', '**notice=follow')
    assert.deepEqual(acts(second), ['receive', 'claim', 'open', 'no-answer', 'undo', 'reached', 'follow'])

    // For another town: handed over; a colleague is asked to confirm a closing.
    await go('header nav a', '**/staff/queue')
    await go(`#claim-case-${third}`, `**/staff/case/${third}?**`)
    await keyboard.choose('#offer-queue', 'arvika-unga')
    await go('form[action$="/offer"] button', '**notice=offer')
    await sound(page, 'offered')
    await go('form[action$="/withdraw"] button', '**notice=withdraw')
    await keyboard.choose('#proposed', 'moved')
    await keyboard.write('#propose-note', 'Har flyttat.')
    await go('form[action$="/propose"] button', '**notice=propose')
    await sound(page, 'waits for a second')

    // What one wants to be told, and the way out.
    await go('footer a[href="/staff/notices"]', '**/staff/notices')
    await keyboard.write('#address', 'anna@kommun.example')
    await go('main form button', '**notice=notices')
    await go('a.me', '**/staff/me')
    await sound(page, 'my sign-in')
    await go('form[action="/staff/out"] button', '**/staff**')
    await page.context().close()
  })
}
