// The form and the staff pages in Firefox and in WebKit, side by side, each with a service of
// its own behind nginx and TLS.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { launchFirefox } from '../support/firefox.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { openLine } from '../support/line.mjs'
import { publicPages, staffPages, tooWide } from '../support/narrow.mjs'
import { startNginx } from '../support/nginx.mjs'
import { right, startService, wait } from '../support/service.mjs'
import { sendCase } from '../support/staff.mjs'
import { launchWebKit } from '../support/webkit.mjs'

const patience = 10000

/** A service behind nginx behind a line that can be cut, and a browser in front of it. */
async function stage (launch) {
  const ends = []
  const strike = async () => { for (const end of ends.reverse()) await end() }
  try {
    const target = {}
    const folder = mkdtempSync(join(tmpdir(), 'egenremiss-nginx-'))
    ends.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }))
    const line = await openLine(target)
    ends.push(line.close)
    const url = `https://localhost:${line.port}`
    const [service, browser] = await Promise.allSettled([
      startService({ env: { EGENREMISS_URL: url } }).then(service => { ends.push(service.stop); return service }),
      launch({ languages: 'sv-SE' }).then(browser => { ends.push(browser.close); return browser })
    ]).then(both => both.map(({ value, reason }) => { if (reason) throw reason; return value }))
    const nginx = await startNginx({ folder, upstream: `127.0.0.1:${service.port}` })
    ends.push(nginx.end)
    target.port = nginx.port
    return { service, line, url, browser, strike }
  } catch (error) {
    await strike()
    throw error
  }
}

/** Waits for what is to hold on the page. One that is just leaving has no answer yet. */
async function until (page, holds, ...args) {
  for (const end = Date.now() + patience; Date.now() < end; await wait(20)) {
    if (await page.evaluate(holds, ...args).catch(() => false)) return
  }
  const there = await page.evaluate(() => `${location.href}: ${document.body?.innerText.slice(0, 300)}`).catch(error => error.message)
  assert.fail(`waited in vain for ${holds} ${args.join(' ')} at ${there}`)
}

/** Pages are made by one service for both engines. */
const made = new Map()
const once = (which, service) => made.get(which) ?? made.set(which, which(service)).get(which)

const heading = (page, words) => until(page, words => document.querySelector('h1')?.textContent.includes(words), words)
const question = 'Vill du att någon ringer dig?'
const thanks = 'Tack, vi har fått det!'

const submitters = {
  self: { choices: { age: '18-19', contact: 'call' }, name: 'Åsa', phone: '070-174 06 05' },
  relative: { choices: { age: '15-17', contact: 'sms-first', knows: 'no' }, name: 'مريم', phone: '+46 (0)70 174 06 06' },
  professional: { choices: { agreed: 'yes', workplace: 'school', age: '20-24', contact: 'call-silent' }, name: 'Bo & <b>Co</b>', phone: '0046701740607' }
}

async function signIn (page, { user, passphrase }) {
  await page.goto(`${new URL(await page.url()).origin}/staff?lang=sv`)
  const keyboard = new Keyboard(page)
  await keyboard.write('#user', user)
  await keyboard.write('#passphrase', passphrase)
  await keyboard.press('main form button')
  await until(page, () => document.querySelector('form[action="/staff/out"]') !== null)
}

/** What the form holds, in the order of its questions. */
const typed = page => page.evaluate(() => [...document.querySelectorAll('#name, #phone, input:checked')].map(node => `${node.name}=${node.value}`))
const back = page => page.evaluate(() => { history.back() })

/** In the order in which the questions stand. */
async function answer (keyboard, who, { choices, name, phone }) {
  await keyboard.pick('who', who)
  const questions = ['agreed', 'workplace', 'age', 'name', 'phone', 'contact', 'knows']
  for (const question of questions) {
    if (question === 'name') await keyboard.write('#name', name)
    else if (question === 'phone') await keyboard.write('#phone', phone)
    else if (choices[question]) await keyboard.pick(question, choices[question])
  }
}

describe('engines', { concurrency: 2 }, () => {
  for (const [engine, launch] of Object.entries({ Firefox: launchFirefox, WebKit: launchWebKit })) {
    describe(engine, { concurrency: 1 }, () => {
      let set, page, keyboard
      before(async () => {
        set = await stage(launch)
        page = await set.browser.newPage()
        await page.setViewport({ width: 320, height: 640 })
        assert.equal(await page.evaluate(() => innerWidth), 320)
        keyboard = new Keyboard(page)
      })
      after(() => set?.strike())

      // First: the policy of a page that was opened would forbid another page's style.
      for (const [whose, which] of [['public', publicPages], ['of the staff’s', staffPages]]) {
        test(`no page ${whose} is wider than 320 pixels`, async () => {
          const wide = []
          for (const [where, html] of await once(which, set.service)) wide.push(...await tooWide(page, where, html))
          assert.deepEqual(wide, [])
        })
      }

      for (const [who, answers] of Object.entries(submitters)) {
        test(`${who}, by keyboard alone, from the code to the receipt`, async () => {
          const { service, url } = set
          const before = service.count('cases')
          await page.goto(`${url}/Q/${service.codes.kristinehamn}`)
          await answer(keyboard, who, answers)
          await keyboard.press('.answers > button')
          await heading(page, thanks)
          assert.deepEqual(await tooWide(page, 'the receipt'), [])
          assert.ok(await page.evaluate(digits => document.querySelector('main').textContent.includes(digits), answers.phone.slice(-2)))
          assert.equal(service.count('cases'), before + 1)
        })
      }

      describe('a missing answer', { concurrency: 1 }, () => {
        const unseen = []
        test('is listed in a summary with the focus, whose links lead to the questions', async () => {
          await page.goto(`${set.url}/arvika`)
          await keyboard.press('.answers > button')
          await until(page, () => document.activeElement?.id === 'fel')
          const links = await page.evaluate(() => [...document.querySelectorAll('#fel a')].map(link => link.getAttribute('href')))
          assert.deepEqual(await tooWide(page, 'the form with faults'), [])
          assert.deepEqual(links, ['#who', '#age', '#name', '#phone', '#contact'])
          for (const link of links) {
            await page.evaluate(() => document.querySelector('#fel').focus())
            await keyboard.press(`#fel a[href="${link}"]`)
            await until(page, id => document.activeElement?.id === id, link.slice(1))
            if (await page.evaluate(id => { const { top, bottom } = document.getElementById(`${id}-fault`).getBoundingClientRect(); return top < 0 || bottom > innerHeight }, link.slice(1))) unseen.push(link)
          }
        })
        test('a link shows what is wrong with the question too', () => assert.deepEqual(unseen, []))
      })

      test('leaves the other answers in their fields; the form is corrected and sent', async () => {
        const name = 'Åsa "Ö" <script>'
        await page.goto(`${set.url}/arvika`)
        await answer(keyboard, 'self', { ...submitters.self, name, phone: 'femton' })
        await keyboard.press('.answers > button')
        await until(page, () => document.activeElement?.id === 'fel')
          assert.deepEqual(await typed(page), ['who=self', 'age=18-19', `name=${name}`, 'phone=femton', 'contact=call'])
        assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('[aria-invalid]')].map(node => node.id)), ['phone'])
        await keyboard.write('#phone', '070-174 06 08')
        await keyboard.press('.answers > button')
        await heading(page, thanks)
      })

      test('a coordinator signs in, claims, notes, logs, undoes and signs out by keyboard', async () => {
        const { service, url } = set
        const ref = await sendCase(service, { ...right.self, name: 'Robin', age: '18-19' })
        const at = notice => until(page, notice => location.search.includes(`notice=${notice}`), notice)
        const state = () => service.sql('SELECT state FROM cases ORDER BY number DESC LIMIT 1')[0].state
        await signIn(page, service.coordinator)
        await keyboard.press(`form[action="/staff/case/${ref}/claim"] button`)
        await heading(page, 'Robin')
        await keyboard.write('#only-note', 'Vill börja läsa svenska.')
        await keyboard.press('form[action$="/note"] button')
        await at('note')
        assert.ok(await page.evaluate(() => document.querySelector('.trail').innerText.includes('Vill börja läsa svenska.')))
        await keyboard.press('button[value=no-answer]')
        await at('no-answer')
        assert.equal(state(), 'waiting')
        await keyboard.press('form.undo button')
        await at('undo')
        assert.equal(state(), 'claimed')
        await keyboard.press('form[action="/staff/out"] button')
        await until(page, () => document.querySelector('#passphrase') !== null)
        await page.goto(`${url}/staff/case/${ref}`)
        assert.ok(await page.evaluate(() => document.querySelector('#passphrase') !== null && !document.body.textContent.includes('Robin')))
      })

      test('a choice made by the arrow keys has a ring', async () => {
        await page.goto(`${set.url}/arvika`)
        await keyboard.pick('age', '20-24')
        assert.equal((await keyboard.focus()).shows, true)
      })

      test('a connection cut at the press loses no answer: Back shows them, and the next press sends them', async () => {
        const { service, url, line } = set
        const before = service.count('cases')
        await page.goto(`${url}/karlstad`)
        await answer(keyboard, 'self', { ...submitters.self, phone: '070-174 06 09' })
        const filled = await typed(page)
        line.cut()
        await keyboard.press('.answers > button')
        await until(page, () => document.querySelector('form') === null)
        assert.equal(service.count('cases'), before)
        line.mend()
        await back(page)
        await heading(page, question)
        assert.deepEqual(await typed(page), filled)
        await keyboard.press('.answers > button')
        await heading(page, thanks)
        assert.equal(service.count('cases'), before + 1)
      })

      // Last, since what happens to a history may leave WebKitWebDriver without an answer.
      describe('Back and Forward after the receipt', { concurrency: 1 }, () => {
        let left, receipt
        test('lead to the form and make no second case', async () => {
          const { service, url } = set
          const before = service.count('cases')
          await page.goto(`${url}/hagfors`)
          await answer(keyboard, 'self', { ...submitters.self, phone: '070-174 06 10' })
          await keyboard.press('.answers > button')
          await heading(page, thanks)
          await back(page)
          await heading(page, question)
          // The page is there before it is told so, and emptied then.
          for (const end = Date.now() + 3000; Date.now() < end && (left = await typed(page)).length > 2; await wait(50));
          await page.evaluate(() => { history.forward() })
          await until(page, () => document.body !== null && document.querySelector('form') === null)
          receipt = await page.evaluate(() => document.querySelector('h1')?.textContent ?? document.URL)
          assert.equal(service.count('cases'), before + 1)
        })
        test('the form is empty again', () => assert.deepEqual(left, ['name=', 'phone=']))
        test('the receipt is there again', () => assert.equal(receipt, thanks))
      })
    })
  }
})
