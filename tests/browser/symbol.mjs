// What is printed is read by two decoders that know nothing of us, from the
// PNG and from a picture that a browser makes of the SVG, and leads to the form.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { launch, open } from '../support/browser.mjs'
import { startService } from '../support/service.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

const zbar = file => execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8', stdio: 'pipe' }).trim()
const javascript = file => {
  const { data, width, height } = PNG.sync.read(readFileSync(file))
  return jsqr(new Uint8ClampedArray(data), width, height)?.data
}

async function picture (svg) {
  const page = await open(browser, { width: 1280 })
  const file = `${svg}.png`
  await page.goto(`file://${svg}`)
  await page.screenshot({ path: file })
  await page.context().close()
  return file
}

test('PNG and SVG say the same to both, and it opens the form', async () => {
  for (const [slug, code] of Object.entries(service.codes)) {
    const files = ['svg', 'png'].map(type => join(service.folder, `${slug}.${type}`))
    for (const file of files) service.run('qr', code, '-o', file)
    const pictures = [files[1], await picture(files[0])]
    const address = `${service.url}/q/${code}`.toUpperCase()
    for (const file of pictures) {
      assert.equal(zbar(file), address)
      assert.equal(javascript(file), address)
    }
    const page = await open(browser)
    await page.goto(address)
    assert.equal((await page.request.get(address)).status(), 200)
    assert.equal(new URL(page.url()).pathname, `/Q/${code}`)
    assert.match(await page.textContent('header'), new RegExp(slug, 'i'))
    await page.context().close()
  }
})

test('another address is not taken for it', () => {
  const file = join(service.folder, 'other.png')
  service.run('qr', service.codes.karlstad, '-o', file)
  assert.notEqual(javascript(file), `${service.url}/q/${service.codes.arvika}`.toUpperCase())
})
