// Sending survives real life, in Chromium on a small phone, in Swedish and Arabic, with and without script.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fillIn, launch, open, press as pressOn, renew, sound } from '../support/browser.mjs'
import { startService } from '../support/service.mjs'
import { text } from '../support/text.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser?.close(); await service?.stop() })

const kinds = [['sv', 'sv-SE'], ['ar', 'ar']].flatMap(([language, locale]) => [false, true].map(script => ({ language, locale, script, height: 640 })))
let next = 5
const phoneNumber = () => `070-174 06 ${String(++next).padStart(2, '0')}`

/** As a person does, key by key and press by press. */
async function type (page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    if (['name', 'phone', 'helper_name', 'helper_phone'].includes(name)) await page.fill(`[name=${name}]`, value)
    else await page.check(`[name=${name}][value="${value}"]`)
  }
}
const answers = () => ({ who: 'self', age: '18-19', name: 'Alva', phone: phoneNumber(), contact: 'call' })
const typed = page => page.evaluate(() => Object.fromEntries([...new FormData(document.querySelector('#form'))]))
const empty = { area: '1781', name: '', phone: '', helper_name: '', helper_phone: '' }
const heading = page => page.textContent('h1')
const press = page => page.click('.answers > button')

/** The network ends at the press, and is there again before Back. */
async function lost (page, button) {
  await page.context().setOffline(true)
  await page.click(button).catch(() => {})
  await page.waitForFunction(() => document.querySelector('#form') === null)
  await page.context().setOffline(false)
  await page.goBack()
  await page.waitForSelector('#form')
}

for (const kind of kinds) {
  const { language, script } = kind
  const thanks = text(language, 'Tack, vi har fått det!')
  const question = text(language, 'Vill du att någon ringer dig?')
  describe(`${language}, ${script ? 'with' : 'without'} script`, () => {
    let page
    const each = (name, does) => test(name, async () => {
      page ??= await open(browser, kind)
      await page.setViewportSize({ width: 360, height: 640 })
      const mine = page
      // After a failure the next test has a page of its own.
      page = undefined
      await does(mine)
      await renew(mine)
      page = mine
    })
    /** What does not depend on the language is tested in one. */
    const once = language === 'sv' ? each : () => {}
    const start = (page, path = `/kristinehamn?lang=${language}`) => page.goto(service.url + path)

    for (const path of ['/kristinehamn', `/kristinehamn?lang=${language}`, '/q/CODE']) {
      each(`the network ends at the press at ${path}: Back has all that was typed, and the next press sends it`, async page => {
        const before = service.count('cases')
        await start(page, path.replace('CODE', service.codes.kristinehamn))
        // What a hand has typed; the other tests fill the form in one step.
        await type(page, answers())
        const filled = await typed(page)
        await page.context().setOffline(true)
        await press(page).catch(() => {})
        await page.waitForURL(/chrome-error|send/)
        await page.waitForFunction(() => document.querySelector('#form') === null)
        await page.context().setOffline(false)
        await page.goBack()
        await page.waitForSelector('#form')
        assert.deepEqual(await typed(page), filled)
        assert.equal(service.count('cases'), before)
        await press(page)
        assert.equal(await heading(page), thanks)
        assert.equal(service.count('cases'), before + 1)
      })
    }

    for (const [who, more] of Object.entries({ relative: { knows: 'yes' }, professional: { helper_name: 'Kim', helper_phone: '070-174 06 97', workplace: 'school', agreed: 'yes' } })) {
      for (const [what, button] of [['the press', '.answers > button'], ['the press of a language', 'nav.languages button:not([aria-current])']]) {
        each(`of a ${who} whose network ends at ${what} Back has all that was typed`, async page => {
          await start(page)
          await fillIn(page, { ...answers(), who, ...more })
          const filled = await typed(page)
          await lost(page, button)
          assert.deepEqual(await typed(page), filled)
        })
      }
    }

    once('of a form that came back with faults and whose network ends at the press Back has the corrections', async page => {
      await start(page)
      await fillIn(page, { ...answers(), phone: 'femton' })
      await press(page)
      // The second time the form is at the address that the first press was sent to.
      for (const phone of ['sexton', phoneNumber()]) {
        await page.waitForSelector('#fel')
        await fillIn(page, { name: `Alva ${phone}`, phone })
        const filled = await typed(page)
        await lost(page, '.answers > button')
        assert.deepEqual(await typed(page), filled)
        await press(page)
      }
      await page.waitForSelector(`h1:text-is("${thanks}")`)
    })

    once('of a form in another language whose network ends at the press of this language Back has all that was typed', async page => {
      await start(page)
      await page.click('nav.languages [lang=en]')
      await page.waitForSelector('html[lang=en]')
      await fillIn(page, answers())
      for (const time of [1, 2]) {
        const filled = await typed(page)
        await lost(page, 'nav.languages [lang=en]')
        assert.deepEqual(await typed(page), filled, `time ${time}`)
        await page.click('nav.languages [lang=en]')
        await page.waitForLoadState()
      }
    })

    once('Back to the answer to a professional who has not asked yet shows it again', async page => {
      await start(page)
      await fillIn(page, { ...answers(), who: 'professional', workplace: 'school', agreed: 'no' })
      await press(page)
      await page.waitForSelector('#form', { state: 'detached' })
      const answer = await page.textContent('main')
      await page.click('footer a')
      await page.goBack()
      assert.equal(await page.textContent('main'), answer)
    })

    each('the receipt survives Back, Forward, reload, a discarded tab and a restart of the service', async page => {
      const before = service.count('cases')
      await start(page)
      await fillIn(page, answers())
      await press(page)
      const receipt = await page.textContent('main')
      assert.equal(await heading(page), thanks)
      await sound(page, 'receipt')
      await page.reload()
      assert.equal(await page.textContent('main'), receipt)
      await page.goBack()
      assert.equal(await heading(page), question)
      await page.goForward()
      assert.equal(await page.textContent('main'), receipt)
      // What a browser opens again from a tab that it has discarded is its address.
      const again = await page.context().newPage()
      await again.goto(page.url())
      assert.equal(await again.textContent('main'), receipt)
      await again.close()
      await service.end(); await service.start()
      await page.reload()
      assert.equal(await page.textContent('main'), receipt)
      assert.equal(service.count('cases'), before + 1)
    })

    each('Back from the receipt shows an empty form, where a script may run', async page => {
      await start(page)
      const wanted = answers()
      await fillIn(page, wanted)
      await press(page)
      await page.waitForSelector(`h1:text-is("${thanks}")`)
      await page.goBack()
      await page.waitForSelector('#form')
      // Without script the browser keeps what was typed, as it does for every form.
      const left = await typed(page)
      if (script) assert.deepEqual({ ...left, speak: undefined }, { ...empty, speak: undefined })
      else assert.equal(left.name, wanted.name)
      await page.goForward()
      assert.equal(await heading(page), thanks)
    })

    each('after faults and a success each page before it is empty, where a script may run', async page => {
      await start(page)
      const wanted = answers()
      await fillIn(page, { ...wanted, phone: 'femton' })
      await press(page)
      await page.waitForSelector('#fel')
      await page.fill('[name=phone]', wanted.phone)
      await press(page)
      await page.waitForSelector(`h1:text-is("${thanks}")`)
      for (const step of ['back', 'back']) {
        const answer = await page.goBack()
        assert.ok(answer === null || answer.ok() || answer.status() === 422, step)
        await page.waitForSelector('#form')
        if (!script) continue
        await page.waitForFunction(() => document.querySelector('#fel') === null)
        const { name, phone } = await typed(page)
        assert.deepEqual({ name, phone }, { name: '', phone: '' })
      }
    })

    each('before a success nothing is ever cleared', async page => {
      await start(page)
      const wanted = { ...answers(), phone: '070' }
      await fillIn(page, wanted)
      const filled = await typed(page)
      await page.click('footer a')
      await page.goBack()
      await page.waitForSelector('#form')
      assert.deepEqual(await typed(page), filled, 'after another page')
      await press(page)
      await page.waitForSelector('#fel')
      const refused = await typed(page)
      await page.goBack()
      assert.deepEqual(await typed(page), filled, 'after what was refused')
      await page.goForward()
      await page.waitForSelector('#fel')
      assert.deepEqual(await typed(page), refused, 'and forward')
    })

    each('a second form that is refused at once after a success keeps all that was typed', async page => {
      await start(page)
      await fillIn(page, answers())
      await press(page)
      await page.waitForSelector(`h1:text-is("${thanks}")`)
      // Quicker than a hand: within the second of the first.
      await page.goto(`${service.url}/karlstad?lang=${language}`)
      await page.evaluate(() => { document.querySelector('#name').value = 'Bosse'; document.querySelector('#who').checked = true; document.querySelector('.answers > button').click() })
      await page.waitForSelector('#fel')
      await page.waitForLoadState()
      assert.equal((await typed(page)).name, 'Bosse')
      await page.waitForSelector('#fel:focus')
    })

    each('a second form after a success is kept until it has been sent too', async page => {
      await start(page)
      await fillIn(page, answers())
      await press(page)
      await page.waitForSelector(`h1:text-is("${thanks}")`)
      await page.click('a.home')
      await page.waitForSelector('#form')
      assert.equal((await typed(page)).name, '')
      await fillIn(page, { who: 'relative', name: 'Bosse' })
      const filled = await typed(page)
      await page.click('footer a')
      await page.goBack()
      await page.waitForSelector('#form')
      assert.deepEqual(await typed(page), filled)
      await page.goBack()
      assert.equal(await heading(page), thanks)
      await page.goForward()
      await page.waitForSelector('#form')
      assert.deepEqual(await typed(page), filled, 'the receipt seen again is no second success')
    })

    for (const other of ['sv', 'en', 'ar'].filter(each => each !== language)) {
      each(`changing the language to ${other} mid-form, also with errors, keeps what was typed and chosen`, async page => {
        const before = service.count('cases')
        await start(page)
        const wanted = { who: 'relative', age: '15-17', knows: 'no', contact: 'sms-first', name: 'مريم', phone: '12' }
        await fillIn(page, wanted)
        const holds = async () => { const now = await typed(page); for (const [name, value] of Object.entries(wanted)) assert.equal(now[name], value, name) }
        await page.click(`.languages [lang=${other}]`)
        await page.waitForSelector(`html[lang=${other}]`)
        await holds()
        await sound(page, 'in another language')
        await press(page)
        await page.waitForSelector('#fel')
        await page.click(`.languages [lang=${language}]`)
        await page.waitForSelector(`html[lang=${language}]`)
        await holds()
        assert.ok(await page.$('#fel'), 'the errors are told in this language')
        assert.equal(service.count('cases'), before)
        await page.fill('[name=phone]', phoneNumber())
        await press(page)
        assert.equal(await heading(page), thanks)
      })
    }

    each('Enter in a field sends the form, and changes no language', async page => {
      const before = service.count('cases')
      await start(page)
      await fillIn(page, answers())
      await page.press('[name=phone]', 'Enter')
      await page.waitForSelector(`h1:text-is("${thanks}")`)
      assert.equal(service.count('cases'), before + 1)
    })

    for (const who of ['self', 'relative', 'professional']) {
      each(`error links of ${who} land with question and error text in view, and a mark that can be seen`, async page => {
        await start(page)
        if (who !== 'self') await page.check(`[name=who][value=${who}]`)
        await press(page)
        await page.waitForSelector('#fel')
        const links = await page.$$eval('#fel a', links => links.map(link => link.getAttribute('href')))
        assert.ok(links.length >= 5)
        for (const [i, link] of links.entries()) {
          await page.evaluate(() => scrollTo(0, 0))
          await pressOn(page, `#fel li:nth-child(${i + 1}) a`)
          const seen = await page.evaluate(id => {
            const field = document.getElementById(id)
            const box = field.closest('fieldset') ?? field.closest('.question') ?? document.getElementById('who-question')
            const question = [...box.querySelectorAll('legend, .label')].find(node => node.checkVisibility())
            const fault = document.getElementById(`${id}-fault`)
            const inView = node => { const { top, bottom } = node.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }
            const marked = field.type === 'radio' ? field.nextElementSibling : field
            const style = getComputedStyle(marked)
            return { question: inView(question), fault: inView(fault), field: inView(marked), focus: document.activeElement === field, ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }
          }, link.slice(1))
          assert.deepEqual(seen, { question: true, fault: true, field: true, focus: true, ring: true }, link)
        }
      })
    }
  })
}

test('the form’s script is a few hundred bytes', async () => {
  for (const path of ['/kristinehamn']) {
    const html = await (await fetch(service.url + path)).text()
    const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script.length)
    assert.equal(scripts.length, 1)
    assert.ok(scripts[0] < 950, `${scripts[0]} bytes`)
  }
})
