// Codes in Chromium, without script: a lead makes one on a phone, changes, retires and revives
// it, and sends a list with faults; also by keyboard.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { enter, launch, open, phones, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { startService } from '../support/service.mjs'
import { text } from '../support/text.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService({ quick: true }), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const look = 'form[action$="/import"] button:not([name])', press = 'form[action$="/import"] button[name="seen"]'

async function signIn (kind) {
  const page = await enter(browser, service, service.lead, kind)
  await page.goto(`${service.url}/staff/codes`)
  return page
}

for (const kind of phones) {
  const { locale } = kind
  test(`a lead makes, changes, retires and revives a code: ${locale}`, async () => {
    const language = locale.slice(0, 2), says = (swedish, holes) => text(language, swedish, holes)
    const page = await signIn(kind)
    await sound(page, 'the list')
    await page.click('#add')
    await page.fill('#place-new', `Skolan ${locale}`)
    await page.selectOption('#area-new', '1781')
    await page.selectOption('#channel-new', 'school')
    await page.fill('#first-new', '2027-02-02')
    await page.fill('#last-new', '2027-02-01')
    await page.locator('form[action^="/staff/codes?send"] button').click()
    await page.waitForSelector('#fault-new')
    await sound(page, 'refused')
    assert.equal(await page.inputValue('#place-new'), `Skolan ${locale}`)
    await page.fill('#last-new', '')
    await page.fill('#first-new', '')
    await page.locator('form[action^="/staff/codes?send"] button').click()
    await page.waitForURL(/codes\/\w{6}\?notice=code-made/)
    await sound(page, 'the code')

    const address = await page.locator('a.secret').getAttribute('href')
    await page.click('#change')
    await page.selectOption('#language-code', 'ar')
    await page.locator('form[action$="/change"] button').click()
    await page.waitForURL(/notice=code-changed/)
    await service.looked()
    const phone = await open(browser, { locale })
    await phone.goto(service.url + address)
    assert.equal(await phone.locator('html').getAttribute('lang'), 'ar')
    await phone.context().close()

    await page.locator('form[action$="/retire"] button').click()
    await page.waitForURL(/notice=code-retired/)
    assert.ok((await page.locator('#state').innerText()).length > 20)
    await sound(page, 'a retired code')
    await page.locator('form[action$="/revive"] button').click()
    await page.waitForURL(/notice=code-revived/)
    assert.equal(await page.locator('#state').count(), 0)

    await page.goto(`${service.url}/staff/codes`)
    await page.click('#import')
    await page.fill('#lines', `Bra ${locale};Skola;1781\nDålig;Sjukhus;1781`)
    await page.click(look)
    await page.waitForSelector('#import-report')
    assert.match(await page.locator('#import-report li').innerText(), new RegExp(`^${says('Rad {line}', { line: '2' })}`))
    await sound(page, 'a list, reported')
    const made = () => service.sql(`SELECT count(*) AS n FROM codes WHERE place LIKE 'Bra ${locale}%'`)[0].n
    // Mended, looked at, changed after that: the press makes nothing but what was seen.
    await page.fill('#lines', `Bra ${locale};Skola;1781;ar;2027-02-01\nBra ${locale} ${'lång'.repeat(8)};Kurator;1780`)
    await page.click(look)
    await page.waitForSelector(press)
    await sound(page, 'a list, shown')
    assert.equal(await page.locator('#import-preview li').count(), 2)
    assert.equal(await page.evaluate(() => document.activeElement.id), 'import-preview')
    const seen = await page.locator('#import-preview').innerText()
    await page.fill('#lines', `Bra ${locale} smugen;Skola;1781`)
    await page.click(press)
    await page.waitForSelector('#import-told')
    await sound(page, 'a list, no longer as it was shown')
    assert.equal(made(), 0)
    // The page now shows that list; the first one is shown again and made.
    await page.fill('#lines', `Bra ${locale};Skola;1781;ar;2027-02-01\nBra ${locale} ${'lång'.repeat(8)};Kurator;1780`)
    await page.click(look)
    await page.waitForSelector(press)
    assert.equal(await page.locator('#import-preview').innerText(), seen)
    await page.click(press)
    await page.waitForURL(/notice=codes-made/)
    assert.equal(made(), 2)
    await page.context().close()
  })
}

for (const locale of ['sv-SE', 'ar']) {
  test(`a list in a file makes codes, and shows the refused lines: ${locale}`, async () => {
    const says = (swedish, holes) => text(locale.slice(0, 2), swedish, holes)
    const choose = async bytes => {
      await page.setInputFiles('#file', { name: 'Koder.csv', mimeType: 'text/csv', buffer: Buffer.from(bytes) })
      await page.click(look)
    }
    const page = await signIn({ locale })
    await page.click('#import')
    await sound(page, 'a list to send')
    const lines = Array.from({ length: 100 }, (_, i) => i % 14 === 9 ? `Dålig ${i};Sjukhus;1781` : `Ställe ${locale} ${i};Skola;1781`)
    await choose(`\ufeff${lines.join('\r\n')}`)
    await page.waitForSelector('#import-report')
    assert.equal(await page.locator('#import-report li').count(), 7)
    assert.match(await page.locator('#import-report li').first().innerText(), new RegExp(`^${says('Rad {line}', { line: '10' })}`))
    await sound(page, 'a list in a file, reported')
    // What came back is mended and sent as lines.
    await page.fill('#lines', (await page.inputValue('#lines')).replaceAll('Sjukhus', 'Skola').replaceAll('Dålig', `Lagad ${locale}`))
    await page.click(look)
    await page.waitForSelector(press)
    await page.click(press)
    await page.waitForURL(/notice=codes-made/)
    assert.equal(service.sql(`SELECT count(*) AS n FROM codes WHERE place LIKE 'Ställe ${locale} %' OR place LIKE 'Lagad ${locale} %'`)[0].n, 100)

    await page.click('#import')
    await page.fill('#lines', 'Inklistrad;Skola;1781')
    await choose('Vald;Skola;1781')
    await page.waitForSelector('#import-told')
    assert.equal(await page.locator('#import-told').innerText(), says('Det kom både rader och en fil. Ta bort raderna och välj filen igen, eller skicka bara raderna.'))
    await page.fill('#lines', '')
    await choose(Buffer.from('Vårdcentralen;Skola;1781', 'latin1'))
    await page.waitForSelector('#import-encoding')
    assert.match(await page.inputValue('#lines'), /^Vårdcentralen;/)
    assert.match(await page.locator('#import-encoding').innerText(), /Windows-1252/)
    await sound(page, 'a file in another encoding')
    await page.fill('#lines', '')
    await page.selectOption('#import-channel', 'poster')
    await choose('PK\x03\x04\0')
    await page.waitForSelector('#import-told:focus')
    assert.equal(await page.inputValue('#import-channel'), 'poster')
    await sound(page, 'a file that is no text')
    const large = join(service.folder, 'large.csv')
    writeFileSync(large, Buffer.alloc(50 << 20, 'Skolan;Skola;1781\n'))
    await page.setInputFiles('#file', large)
    await page.click(look)
    await page.waitForSelector(`h1:text-is("${says('Det blev för mycket text')}")`)
    await page.context().close()
  })
}

test('a lead makes a code by keyboard alone', async () => {
  const page = await signIn({ width: 360 })
  const keyboard = new Keyboard(page)
  await keyboard.write('#place-new', 'Biblioteket')
  await keyboard.choose('#channel-new', 'other')
  await keyboard.choose('#area-new', '1781')
  await keyboard.press('form[action^="/staff/codes?send"] button')
  await page.waitForURL(/notice=code-made/)
  assert.equal(await page.locator('h1').innerText(), 'Biblioteket')
  await keyboard.press('form[action$="/retire"] button')
  await page.waitForURL(/notice=code-retired/)

  await page.goto(`${service.url}/staff/codes`)
  // Asked for well before it opens: Chromium learns of it beside the keys.
  const chooser = page.waitForEvent('filechooser')
  await keyboard.press('#file')
  await (await chooser).setFiles({ name: 'Koder.csv', mimeType: 'text/csv', buffer: Buffer.from('Filialen;Skola;1781') })
  await keyboard.press(look)
  await page.waitForSelector(press)
  await keyboard.press(press)
  await page.waitForURL(/notice=codes-made/)
  await page.context().close()
})
