// The page on which a lead chooses a brochure and writes its texts, without script; with script
// it also counts the characters that still fit.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { enter, launch, phones, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { startService, until } from '../support/service.mjs'
import { text } from '../support/text.mjs'

const kinds = ['poster', 'flyer', 'card', 'folded', 'stickers', 'business-cards']
let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const signIn = kind => enter(browser, service, service.lead, kind)
const address = (kind, language) => `${service.url}/staff/brochures?code=${service.codes.kristinehamn}&kind=${kind}&language=${language}`

for (const phone of phones) {
  const { locale } = phone
  test(`the page shows a preview of every brochure: ${locale}`, async () => {
    const page = await signIn(phone)
    for (const kind of kinds) {
      await page.goto(address(kind, locale.slice(0, 2)))
      await sound(page, kind)
    }
    await page.context().close()
  })
}

/** How much of the drawn paper the preview cuts off, in pixels. */
const cutOff = page => page.locator('.preview .page').evaluateAll(pages => pages.map(page => {
  const [around, paper] = [page, page.querySelector('.paper')].map(node => node.getBoundingClientRect())
  return Math.round(Math.max(0, around.left - paper.left, paper.right - around.right, paper.bottom - around.bottom))
}))

for (const width of [320, 360, 1280]) {
  test(`the preview shows the whole paper: ${width} pixels`, async () => {
    const page = await signIn({ width })
    for (const kind of kinds) {
      for (const more of ['', '&bleed=1']) {
        await page.goto(address(kind, 'ar') + more)
        assert.deepEqual((await cutOff(page)).filter(pixels => pixels > 0), [], kind + more)
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), kind + more)
      }
    }
    await page.context().close()
  })
}

test('a lead types, saves and resets texts by keyboard alone', async () => {
  const page = await signIn({ width: 360 })
  const keyboard = new Keyboard(page)
  await page.goto(address('flyer', 'sv'))
  const usual = await page.inputValue('[name=words-heading]')
  await keyboard.reach('[name=words-heading]')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('<b>Ring</b> & prata')
  await keyboard.press('form[action^="/staff/brochures?send"] .call button:not([name])')
  await page.waitForURL('**notice=worded')
  assert.ok((await page.locator('.preview').innerText()).includes('<b>Ring</b> & prata'))
  assert.equal(await page.locator('.preview b').count(), 0)
  // Another kind of paper has the same words, another language its own.
  await page.goto(address('poster', 'sv'))
  assert.equal(await page.inputValue('[name=words-heading]'), '<b>Ring</b> & prata')
  await page.goto(address('poster', 'en'))
  assert.notEqual(await page.inputValue('[name=words-heading]'), '<b>Ring</b> & prata')
  await page.goto(address('flyer', 'sv'))
  await keyboard.press('[name=usual]')
  await page.waitForURL('**notice=usual')
  assert.equal(await page.inputValue('[name=words-heading]'), usual)
  assert.equal(service.count('brochure_words'), 0)
  await page.context().close()
})

test('texts that are too long are refused, and stay in their field', async () => {
  const page = await signIn({ width: 1280 })
  await page.goto(address('flyer', 'sv'))
  const field = page.locator('[name=words-heading]')
  const long = 'Lång rubrik '.repeat(20).trim()
  await field.evaluate(node => node.removeAttribute('maxlength'))
  await field.fill(long)
  await page.locator('form[action^="/staff/brochures?send"] .call button:not([name])').click()
  await page.waitForSelector('.faults')
  assert.equal(await field.inputValue(), long)
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  assert.equal(service.count('brochure_words'), 0)
  await sound(page, 'refused')
  await page.context().close()
})

describe('with script', () => {
  const hint = page => page.locator('#words-heading-most')
  const save = 'form[action^="/staff/brochures?send"] .call button:not([name])'

  for (const phone of phones) {
    const { locale } = phone
    test(`each field shows how many more characters fit: ${locale}`, async () => {
      const language = locale.slice(0, 2)
      const [left, over] = ['Tecken kvar:', 'För många tecken:'].map(words => text(language, words))
      const page = await signIn({ ...phone, script: true })
      await page.goto(address('folded', language))
      for (const field of await page.locator('[name^=words-]').all()) {
        const said = page.locator(`#${await field.getAttribute('aria-describedby')}`)
        const most = await said.getAttribute('data-most')
        assert.ok((await said.innerText()).endsWith(` ${left} ${most - [...await field.inputValue()].length}`), most)
      }
      await sound(page, 'counted')
      await page.fill('[name=words-heading]', 'x'.repeat(43))
      assert.ok((await hint(page).innerText()).endsWith(`${over} 3`))
      await sound(page, 'too many')
      await page.context().close()
    })
  }

  test('the count is the service’s, and a text that is too long is refused whole', async () => {
    const page = await signIn({ script: true })
    await page.goto(address('flyer', 'sv'))
    for (const [typed, said] of [['', 'kvar: 40'], ['  Ring ', 'kvar: 36'], ['👋🏽 å', 'kvar: 36'], ['😀'.repeat(40), 'kvar: 0'], ['😀'.repeat(41), 'många tecken: 1']]) {
      await page.fill('[name=words-heading]', typed)
      assert.ok((await hint(page).innerText()).endsWith(said), typed)
    }
    await page.click(save)
    await page.waitForSelector('.faults')
    assert.equal(await page.inputValue('[name=words-heading]'), '😀'.repeat(41))
    await page.fill('[name=words-heading]', '😀'.repeat(40))
    await page.click(save)
    await page.waitForURL('**notice=worded')
    assert.deepEqual(service.sql('SELECT words FROM brochure_words'), [{ words: '😀'.repeat(40) }])
    service.change('DELETE FROM brochure_words')
    await page.context().close()
  })

  test('the preview follows the typed text, in the size that it will have', async () => {
    const page = await signIn({ width: 1280, script: true })
    const drawn = () => page.locator('.preview .paper').evaluateAll(papers => papers.map(paper => paper.innerHTML))
    const words = ['x'.repeat(37), 'Å'.repeat(27), 'Å'.repeat(28), '<b>Ring</b> & prata', 'م'.repeat(36), '']
    for (const [i, kind] of kinds.entries()) {
      await page.goto(address(kind, 'sv'))
      for (const field of await page.locator('[name^=words-]').all()) await field.fill(words[i])
      const typed = await drawn()
      await page.click(save)
      await page.waitForURL('**notice=worded')
      // As the service sends it, before any script.
      const sent = await page.evaluate(async () => {
        const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
        return [...fresh.querySelectorAll('.preview .paper')].map(paper => paper.innerHTML)
      })
      assert.deepEqual(typed, sent, kind)
      service.change('DELETE FROM brochure_words')
    }
    await page.context().close()
  })

  test('a screen reader is told the count when the typing stops', async () => {
    const page = await signIn({ script: true })
    await page.clock.install()
    await page.goto(address('flyer', 'sv'))
    await page.clock.pauseAt(Date.now() + 60000)
    const keyboard = new Keyboard(page)
    const told = page.locator('[role=status].unseen:not([id])')
    await keyboard.reach('[name=words-heading]')
    await page.keyboard.press('Control+A')
    for (const letter of 'Ring') {
      await page.keyboard.type(letter)
      await page.clock.runFor(900)
      assert.equal(await told.textContent(), '')
    }
    assert.ok((await hint(page).innerText()).endsWith('Tecken kvar: 36'))
    await page.clock.runFor(200)
    assert.equal(await told.textContent(), 'Tecken kvar: 36')
    await page.context().close()
  })

  test('no other script runs, and the printed page has none', async () => {
    const page = await signIn({ script: true })
    const policy = (await page.goto(address('flyer', 'sv'))).headers()['content-security-policy']
    assert.match(policy, /script-src 'self';/)
    assert.deepEqual(await page.locator('script').evaluateAll(scripts => scripts.map(script => script.getAttribute('src'))), ['/staff/fits.js', '/staff/session.js', '/staff/keys.js'])
    await page.click('a[href^="/staff/brochures/print?"]')
    await page.waitForSelector('.page')
    assert.equal(await page.locator('script').count(), 0)
    await page.context().close()
  })
})

test('the page for the printer has headings, and its sheets scroll sideways by keyboard, also from the right', async () => {
  for (const locale of ['sv-SE', 'ar']) {
    const page = await signIn({ width: 360, locale })
    await page.goto(address('poster', 'sv').replace('/brochures?', '/brochures/print?'))
    assert.deepEqual(await page.locator('header h1, header h2').count(), 2)
    const sheets = page.getByRole('region', { name: text(locale.slice(0, 2), 'Så blir det') })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    assert.ok(await sheets.evaluate(node => node === document.activeElement))
    const before = await sheets.evaluate(node => node.scrollLeft)
    await page.keyboard.press('ArrowRight')
    await until(async () => await sheets.evaluate(node => node.scrollLeft) !== before, 'the sheets do not scroll')
    await sound(page, 'the page for the printer')
    await page.context().close()
  }
})

test('without script each field shows only its limit', async () => {
  const page = await signIn({})
  await page.goto(address('flyer', 'sv'))
  assert.equal(await page.locator('#words-heading-most').innerText(), 'Högst 40 tecken.')
  assert.equal(await page.getAttribute('[name=words-heading]', 'maxlength'), '40')
  assert.equal(await page.locator('.unseen:not(#ending-told)').count(), 0)
  await page.context().close()
})
