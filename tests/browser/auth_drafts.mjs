// The seams of a coordinator's day in Chromium: a session that ends while somebody writes, a refusal and its
// history, the way back to the list.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { enter, fillIn, launch, press, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { sendCase, signedIn } from '../support/staff.mjs'
import { text } from '../support/text.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser?.close(); await service?.stop() })

let people = 0
async function mine () {
  const ref = await sendCase(service, { ...right.self, name: `Nr ${++people}`, phone: `070-174 06 ${String(people + 10)}` })
  assert.equal((await (await signedIn(service, service.coordinator)).act(ref, 'claim')).status, 303)
  return ref
}
const expire = () => service.change('UPDATE sessions SET seen_at = seen_at - 1801')
const written = 'Vill läsa "svenska" <i Karlstad> & jobba'

for (const [language, locale, width] of [['sv', 'sv-SE', 360], ['ar', 'ar', 1280]]) {
  describe(`${language} at ${width}`, () => {
    const kind = { locale, width }

    test('a note that met the end of the session stands in its field after signing in again', async () => {
      const ref = await mine()
      const page = await enter(browser, service, service.coordinator, kind)
      try {
        await page.goto(`${service.url}/staff/queue?mine=1`)
        await page.click(`a[href^="/staff/case/${ref}"]`)
        await page.click('details:has(#only-note) > summary')
        await page.fill('#only-note', written)
        expire()
        await page.click('form[action$="/note"] button')
        await page.waitForSelector('#passphrase')
        assert.ok((await page.textContent('.notice')).includes(text(language, 'Logga in igen. Det du skrev är sparat och står i sitt fält när du har loggat in.')))
        await sound(page, 'the sign-in')
        await page.fill('#user', service.coordinator.user)
        await page.fill('#passphrase', service.coordinator.passphrase)
        await page.click('main button')
        await page.waitForURL(`**/staff/case/${ref}?from=mine%3D1`)
        assert.equal(await page.inputValue('#only-note'), written)
        assert.ok(await page.isVisible('#only-note'), 'unfolded')
        await sound(page, 'the case with the kept note')
        await page.click('form[action$="/note"] button')
        await page.waitForURL(/notice=note/)
        assert.equal(await page.inputValue('#only-note'), '')
        await page.click('.back a')
        await page.waitForURL('**/staff/queue?mine=1')
      } finally { await page.context().close() }
    })

    test('what is refused has an address of its own: Back, Forward and reload ask nothing', async () => {
      const ref = await mine()
      const page = await enter(browser, service, service.coordinator, kind)
      try {
        await page.goto(`${service.url}/staff/case/${ref}`)
        await page.click('details:has(#only-note) > summary')
        await page.fill('#only-note', 'å'.repeat(4012))
        await page.click('form[action$="/note"] button')
        await page.waitForURL('**/staff/answer/*')
        const alert = await page.textContent('[role=alert]')
        assert.ok(/12/.test(alert), alert)
        assert.equal((await page.inputValue('#only-note')).length, 4012)
        await sound(page, 'the refused note')
        const answer = page.url()
        await page.goBack()
        await page.waitForURL(`**/staff/case/${ref}`)
        await page.goForward()
        await page.waitForURL(answer)
        await page.reload()
        assert.equal((await page.inputValue('#only-note')).length, 4012)
        await page.fill('#only-note', 'kort')
        await page.click('form[action$="/note"] button')
        await page.waitForURL(/notice=note/)
      } finally { await page.context().close() }
    })

    test('a search’s hits are there on Back from one of them', async () => {
      const ref = await mine()
      const page = await enter(browser, service, service.coordinator, kind)
      try {
        await page.fill('[name=find]', ref)
        await page.click('form[role=search] button')
        await page.waitForURL('**/staff/answer/*')
        await page.click(`a[href^="/staff/case/${ref}"]`)
        await page.waitForURL(`**/staff/case/${ref}*`)
        await page.goBack()
        await page.waitForSelector(`a[href^="/staff/case/${ref}"]`)
      } finally { await page.context().close() }
    })
  })
}

/** Moves the page's animations to so many seconds after it was opened. */
const later = (page, seconds) => page.evaluate(seconds => { for (const animation of document.getAnimations()) animation.currentTime = seconds * 1000 + 10 }, seconds)

for (const script of [false, true]) {
  describe(`the end of a session, ${script ? 'with' : 'without'} script`, () => {
    test('is said five minutes before, a press keeps it, and its end is said too', async () => {
      const page = await enter(browser, service, service.coordinator, { script })
      try {
        const [link, end] = ['#ending a', '.ended'].map(what => page.locator(what))
        assert.equal(await link.isVisible(), false)
        await later(page, 1499)
        assert.equal(await link.isVisible(), false)
        await later(page, 1501)
        assert.equal(await link.isVisible(), true)
        assert.equal(await end.isVisible(), false)
        await sound(page, 'about to end')
        service.change('UPDATE sessions SET seen_at = seen_at - 1500')
        if (script) {
          await Promise.all([page.waitForResponse('**/staff/stay'), link.click()])
          await link.waitFor({ state: 'hidden' })
        } else {
          const [other] = await Promise.all([page.context().waitForEvent('page'), link.click()])
          await other.waitForLoadState()
          assert.ok((await other.textContent('main')).includes('Du är inloggad'))
          await sound(other, 'the page that keeps it')
          await other.close()
        }
        service.change('UPDATE sessions SET seen_at = seen_at - 1500')
        assert.equal((await page.goto(`${service.url}/staff/queue`)).url(), `${service.url}/staff/queue`, 'it lives on')
        await later(page, 1801)
        assert.equal(await page.locator('#ending a').isVisible(), false)
        assert.equal(await page.locator('.ended').isVisible(), true)
        await sound(page, 'has ended')
      } finally { await page.context().close() }
    })
  })
}

test('typing keeps a session, once a minute', async () => {
  const page = await enter(browser, service, service.coordinator, { script: true })
  try {
    let asked = 0
    page.on('request', request => { if (request.url().endsWith('/staff/stay')) asked++ })
    await page.clock.install()
    await page.goto(`${service.url}/staff/search`)
    await page.type('[name=find]', 'ab')
    assert.equal(asked, 0)
    await page.clock.fastForward(61000)
    await Promise.all([page.waitForResponse('**/staff/stay'), page.type('[name=find]', 'c')])
    await page.type('[name=find]', 'de')
    assert.equal(asked, 1)
  } finally { await page.context().close() }
})

test('with script what is typed beside the form that is sent stands in the next page of the same case', async () => {
  const [ref, other] = [await mine(), await mine()]
  const page = await enter(browser, service, service.coordinator, { script: true })
  const typed = ids => page.evaluate(ids => Object.fromEntries(ids.map(id => [id, document.getElementById(id).value])), ids)
  const type = fields => page.evaluate(fields => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
    for (const [id, value] of Object.entries(fields)) document.getElementById(id).value = value
  }, fields)
  const left = () => page.evaluate(() => sessionStorage.length)
  const words = { note: 'Vill ha en tid\ntorsdag', 'only-note': 'Mamma heter Eva', 'offer-yes': 'Möten & samtal' }
  const all = Object.keys(words)
  try {
    await page.goto(`${service.url}/staff/case/${ref}`)
    await type({ ...words, 'correct-name': 'Nr X' })
    await press(page, 'form[action$="/correct"] button')
    await page.waitForURL('**notice=correct')
    assert.deepEqual(await typed([...all, 'correct-name']), { ...words, 'correct-name': 'Nr X' })
    assert.ok(await page.isVisible('#only-note'), 'unfolded')
    assert.equal(await left(), 0, 'kept longer than needed')
    // A refusal, too; and what it has in its field stays when another form is sent after it.
    await type({ 'only-note': ' ' })
    await press(page, 'form[action$="/note"] button:not([name])')
    await page.waitForURL('**/staff/answer/*')
    assert.deepEqual(await typed(all), { ...words, 'only-note': ' ' })
    await type({ 'only-note': 'Mamma heter Eva' })
    await press(page, 'form[action$="/note"] button:not([name])')
    await page.waitForURL('**notice=note')
    assert.deepEqual(await typed(all), { ...words, 'only-note': '' })
    // Neither another case, nor the same after another page.
    await press(page, 'form[action*="/attempt"] button[value=no-answer]')
    await page.waitForURL('**/staff/queue?notice=no-answer**')
    await page.goto(`${service.url}/staff/case/${other}`)
    assert.equal(await left(), 0)
    assert.deepEqual(await typed(all), { note: '', 'only-note': '', 'offer-yes': '' })
  } finally { await page.context().close() }
})

test('a notice is said once: the address loses it when the reader touches the page', async () => {
  const ref = await mine()
  const page = await enter(browser, service, service.coordinator, { script: true })
  const notice = () => page.locator('main > .notice').count()
  try {
    await page.goto(`${service.url}/staff/case/${ref}?from=mine%3D1`)
    await fillIn(page, { note: 'Ringer i morgon' })
    await press(page, 'button[value=reached]')
    await page.waitForURL('**notice=reached**')
    assert.equal(await notice(), 1)
    await page.mouse.move(40, 40)
    await page.waitForURL(`**/staff/case/${ref}?from=mine%3D1`)
    assert.equal(await notice(), 1, 'the words stay')
    await page.reload()
    assert.equal(await notice(), 0)
  } finally { await page.context().close() }
})

test('with script Back after a wrong and then a right passphrase leads to where one is signed in', async () => {
  const context = await browser.newContext({ locale: 'sv-SE' })
  const page = await context.newPage()
  try {
    await page.goto(`${service.url}/staff`)
    for (const passphrase of ['fel', service.coordinator.passphrase]) {
      await page.fill('#user', service.coordinator.user)
      await page.fill('#passphrase', passphrase)
      await press(page, 'main button')
      if (passphrase === 'fel') assert.equal(await page.textContent('#fault'), 'Användarnamnet eller lösenfrasen stämmer inte.')
    }
    await page.waitForURL('**/staff/queue')
    await page.goBack()
    await page.waitForURL('**/staff/queue')
    assert.equal(await page.$('#fault'), null)
  } finally { await context.close() }
})

test('with script a form whose fields the browser must not remember stands on Back as it was, and only there', async () => {
  const page = await enter(browser, service, service.coordinator, { script: true })
  const left = () => page.evaluate(() => sessionStorage.length)
  const lose = async (path, fields, button) => {
    await page.goto(service.url + path)
    await fillIn(page, fields)
    await page.context().setOffline(true)
    await press(page, button)
    await page.waitForFunction(() => document.querySelector('main button') === null)
    await page.context().setOffline(false)
  }
  try {
    const entry = { name: 'Robin Ek', phone: '0701740605', age: '18-19', contact: 'sms-first', message: 'Vill börja läsa\nigen.', take: 'yes' }
    for (const [path, fields, button] of [
      ['/staff/new', entry, 'main form button'], ['/staff/search', { find: 'Robin Ek' }, '.search button'],
      ['/staff/queue', { find: '0701740605' }, '.search button']
    ]) {
      await lose(path, fields, button)
      await page.goBack()
      const found = await page.evaluate(names => Object.fromEntries(names.map(name => [name, new FormData(document.querySelector(`form:has([name=${name}])`)).get(name)?.replaceAll('\r', '')])), Object.keys(fields))
      assert.deepEqual(found, fields, path)
      assert.equal(await left(), 0, `${path}: kept longer than needed`)
      await lose(path, fields, button)
      await page.goto(service.url + path)
      assert.equal(await left(), 0, `${path}: kept after another page was opened`)
      for (const name of Object.keys(fields).filter(name => ['name', 'phone', 'find'].includes(name))) assert.equal(await page.inputValue(`[name=${name}]`), '', `${path}: given to a new form`)
    }
  } finally { await page.context().close() }
})
