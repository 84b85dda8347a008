// Two independent decoders read a code's QR code, from the PNG and from Chromium's picture of
// the SVG. Its address opens the form.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { knock, launch, open, sound } from '../support/browser.mjs'
import { Keyboard } from '../support/keyboard.mjs'
import { pixelsOf } from '../support/paper.mjs'
import { qr } from '../support/scan.mjs'
import { startService } from '../support/service.mjs'
import { text } from '../support/text.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const zbar = file => execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8', stdio: 'pipe' }).trim()
const javascript = file => qr(pixelsOf(file))?.text

async function picture (svg) {
  const page = await open(browser, { width: 1280 })
  const file = `${svg}.png`
  await page.goto(`file://${svg}`)
  await page.screenshot({ path: file })
  await page.context().close()
  return file
}

test('both decoders read the same address from PNG and SVG, and it opens the form', async () => {
  for (const [slug, code] of Object.entries(service.codes)) {
    const files = ['svg', 'png'].map(type => join(service.folder, `${slug}.${type}`))
    for (const file of files) service.run('qr', code, '-o', file)
    const pictures = [files[1], await picture(files[0])]
    const address = `${service.url}/q/${code}`.toUpperCase().replace('HTTP', 'http')
    for (const file of pictures) {
      assert.equal(zbar(file), address)
      assert.equal(javascript(file), address)
    }
    const page = await open(browser)
    await page.goto(address)
    assert.equal((await page.request.get(address)).status(), 200)
    assert.equal(new URL(page.url()).pathname, `/Q/${code}`)
    // The slug is the area's name without its dots.
    assert.ok((await page.textContent('header')).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().includes(slug), slug)
    await page.context().close()
  }
})

test('the decoders tell another address apart', () => {
  const file = join(service.folder, 'other.png')
  service.run('qr', service.codes.karlstad, '-o', file)
  assert.notEqual(javascript(file), `${service.url}/q/${service.codes.arvika}`.toUpperCase().replace('HTTP', 'http'))
})

for (const [locale, width] of [['sv-SE', 360], ['ar', 1280]]) {
  test(`a lead sees the reading distance and saves the file by keyboard: ${locale}, ${width} pixels`, async () => {
    const code = service.codes.kristinehamn
    const language = locale.slice(0, 2)
    const page = await open(browser, { locale, width })
    const keyboard = new Keyboard(page)
    const section = page.locator('#symbol')
    await knock(page, service, service.lead)
    await page.waitForURL('**/staff/queue')
    await page.goto(`${service.url}/staff/codes/${code}`)
    await keyboard.write('#symbol-mm', '20')
    await keyboard.choose('#symbol-level', 'H')
    await keyboard.press('#symbol button.quiet')
    await page.waitForURL(/mm=20/)
    // An address with a fragment would keep the focus from what it asks for.
    assert.equal(await page.evaluate(() => document.activeElement.id), 'symbol-reach')
    assert.ok((await section.innerText()).includes(text(language, 'Med bredden {mm} mm går den att läsa på upp till ungefär {reach} cm.', { mm: '20', reach: '15' })))
    assert.equal(await section.locator('.late').count(), 1)
    await sound(page, 'too small')
    await keyboard.write('#symbol-mm', '5')
    await keyboard.press('#symbol button.quiet')
    await page.waitForSelector('#symbol-fault')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'symbol-fault')
    assert.equal(await page.inputValue('#symbol-mm'), '5')
    assert.equal(await page.inputValue('#symbol-level'), 'H')
    await sound(page, 'no such size')
    await keyboard.write('#symbol-mm', '40')
    await keyboard.choose('#symbol-as', 'png')
    const saved = page.waitForEvent('download')
    await keyboard.press('#symbol .call button:not(.quiet)')
    const file = await saved
    assert.equal(file.suggestedFilename(), `qr-${code}-40mm-H-300dpi.png`)
    assert.equal(zbar(await file.path()), `${service.url}/q/${code}`.toUpperCase().replace('HTTP', 'http'))
    await page.context().close()
  })
}
