// A young person, a parent and a professional on a phone without script, in Swedish and Arabic:
// from the code to the receipt.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, sound } from '../support/browser.mjs'
import { startService } from '../support/service.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const languages = {
  sv: { locale: 'sv-SE', dir: 'ltr', thanks: /Tack, vi har fått det!/, title: /^Kristinehamn$/ },
  ar: { locale: 'ar', dir: 'rtl', thanks: /شكرًا/, title: /^Kristinehamn$/ }
}

const submitters = {
  self: { age: '18-19', contact: 'call', digits: '05', phone: '070-174 06 05', name: 'Alva' },
  relative: { age: '15-17', contact: 'sms-first', knows: 'no', digits: '06', phone: '+46 (0)70 174 06 06', name: 'مريم' },
  professional: { age: '20-24', contact: 'call-silent', agreed: 'yes', workplace: 'health', digits: '07', phone: '0046701740607', name: 'Bo & <b>Co</b>' }
}

async function fill (page, who, { digits, phone, name, ...choices }) {
  await page.check(`[name=who][value=${who}]`)
  for (const [field, value] of Object.entries(choices)) await page.check(`[name=${field}][value="${value}"]`)
  await page.fill('[name=name]', name)
  await page.fill('[name=phone]', phone)
}

for (const [language, { locale, dir, thanks, title }] of Object.entries(languages)) {
  for (const [who, answers] of Object.entries(submitters)) {
    test(`${who} in ${language}`, async () => {
      const before = service.count('cases')
      const page = await open(browser, { locale })
      await page.goto(`${service.url}/Q/${service.codes.kristinehamn}`)
      assert.equal(await page.getAttribute('html', 'lang'), language)
      assert.equal(await page.getAttribute('html', 'dir'), dir)
      assert.match(await page.title(), title)
      await sound(page, 'empty form')

      await page.click('.answers > button')
      await page.waitForSelector('#fel')
      assert.equal(await page.evaluate(() => document.activeElement.id), 'fel')
      await page.check(`[name=who][value=${who}]`)
      await sound(page, 'form with faults')
      for (const link of await page.$$('#fel a')) {
        const target = await link.getAttribute('href')
        assert.ok(await page.$(target), `${target} is nowhere`)
      }

      await fill(page, who, answers)
      await page.click('.answers > button')
      assert.match(await page.textContent('h1'), thanks)
      assert.match(await page.textContent('main'), new RegExp(answers.digits))
      await sound(page, 'receipt')
      assert.equal(service.count('cases'), before + 1)

      await page.reload()
      assert.match(await page.textContent('h1'), thanks)
      assert.equal(service.count('cases'), before + 1, 'a reload made a second case')
      assert.deepEqual(await page.context().cookies(), [])
      await page.context().close()
    })
  }
}

test('each kind of submitter sees its own questions, and no others', async () => {
  const page = await open(browser)
  await page.goto(`${service.url}/kristinehamn`)
  const seen = async () => page.evaluate(() => [...new Set([...document.querySelectorAll('form [name]')]
    .filter(node => node.type !== 'hidden' && (node.checkVisibility() || node.labels?.[0]?.checkVisibility())).map(node => node.name))].sort().join(' '))
  await page.check('[name=who][value=self]')
  assert.equal(await seen(), 'age contact name phone who')
  await page.check('[name=who][value=relative]')
  assert.equal(await seen(), 'age contact knows name phone who')
  await page.check('[name=who][value=professional]')
  assert.equal(await seen(), 'age agreed contact helper_name helper_phone name phone who workplace')
  await page.context().close()
})

test('a form with faults comes back with all answers', async () => {
  const page = await open(browser)
  await page.goto(`${service.url}/kristinehamn`)
  await page.check('[name=who][value=self]')
  await page.fill('[name=name]', 'Åsa "Ö" <script>')
  await page.fill('[name=phone]', 'femton')
  await page.click('.answers > button')
  assert.equal(await page.inputValue('[name=name]'), 'Åsa "Ö" <script>')
  assert.equal(await page.inputValue('[name=phone]'), 'femton')
  assert.ok(await page.isChecked('[name=who][value=self]'))
  assert.equal(await page.getAttribute('[name=phone]', 'aria-invalid'), 'true')
  await page.context().close()
})

test('the form is filled in by keyboard alone', async () => {
  const page = await open(browser)
  await page.goto(`${service.url}/arvika`)
  const until = async (name, key = 'Tab') => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press(key)
      if (await page.evaluate(name => document.activeElement?.name === name, name)) return
    }
    assert.fail(`${name} cannot be reached`)
  }
  await until('who'); await page.keyboard.press('Space')
  await until('age'); await page.keyboard.press('Space')
  await until('name'); await page.keyboard.type('Kim')
  await until('phone'); await page.keyboard.type('0701740609')
  await until('contact'); await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.waitForSelector('text=Tack, vi har fått det!')
  await page.context().close()
})

test('a professional is shown how to give the code, when the young person has not agreed', async () => {
  const page = await open(browser, { width: 1280 })
  await page.goto(`${service.url}/Q/${service.codes.karlstad}`)
  await fill(page, 'professional', { ...submitters.professional, agreed: 'no' })
  await page.click('.answers > button')
  await sound(page, 'not agreed')
  assert.ok(await page.$('main img[src^="data:image/svg+xml"]'))
  assert.equal(service.sql("SELECT count(*) AS n FROM cases WHERE area = '1780'")[0].n, 0)
  await page.context().close()
})

const pages = ['/', '/q/AAAAAA', '/nowhere', '/hagfors', '/filipstad', '/kristinehamn/personuppgifter', '/kristinehamn/tillganglighet', '/staff']
for (const { locale } of Object.values(languages)) {
  for (const [width, dark] of [[360, false], [1280, true]]) {
    test(`every other public page is accessible: ${locale}, ${width} pixels, ${dark ? 'dark' : 'light'}`, async () => {
      const page = await open(browser, { locale, width, dark })
      for (const path of pages) {
        await page.goto(service.url + path)
        await sound(page, path)
      }
      await page.context().close()
    })
  }
}

test('the first paint is one request', async () => {
  const page = await open(browser, { script: true })
  const asked = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${service.url}/kristinehamn`, { waitUntil: 'networkidle' })
  assert.deepEqual(asked.filter(url => !url.startsWith('data:')), [`${service.url}/kristinehamn`])
  assert.deepEqual(await page.evaluate(() => [...document.scripts].map(script => script.src)), [''])
  await page.context().close()
})

for (const script of [true, false]) {
  test(`a professional's browser is asked for no name and number of its own, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open(browser, { locale: 'sv-SE', script })
    const offered = () => Promise.all(['name', 'phone'].map(field => page.getAttribute(`[name=${field}]`, 'autocomplete')))
    await page.goto(`${service.url}/kristinehamn`)
    assert.deepEqual(await offered(), ['given-name', 'tel'])
    await page.check('[name=who][value=professional]')
    if (script) {
      assert.deepEqual(await offered(), ['nickname', 'tel-extension'])
      await page.check('[name=who][value=relative]')
      assert.deepEqual(await offered(), ['given-name', 'tel'])
      await page.check('[name=who][value=professional]')
    }
    await page.click('.answers > button')
    await page.waitForSelector('#fel')
    assert.deepEqual(await offered(), ['nickname', 'tel-extension'], 'the form that comes back')
    await page.click('nav.languages button[lang=en]')
    await page.waitForSelector('html[lang=en]')
    assert.deepEqual(await offered(), ['nickname', 'tel-extension'], 'the form in another language')
    await page.close()
  })
}
