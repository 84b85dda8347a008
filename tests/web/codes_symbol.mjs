// The file of a code's QR code: the right content under the right name, for codes in use alone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { PNG } from 'pngjs'
import { qr } from '../support/scan.mjs'
import { startService } from '../support/service.mjs'
import { signedIn } from '../support/staff.mjs'
import { reading } from '../support/text.mjs'

let service, leo, code
before(async () => {
  service = await startService()
  leo = await signedIn(service, service.lead)
  code = service.codes.kristinehamn
})
after(() => service.stop())

const fetched = fields => leo.get(`/staff/codes/symbol?${new URLSearchParams({ code, ...fields })}`)
const page = async query => { const answer = await leo.get(`/staff/codes/${code}${query}`); return { status: answer.status, html: await answer.text() } }

describe('the file of a QR code', () => {
  const kinds = [
    [{}, 'image/svg+xml', '30mm-Q.svg', /^<svg [^>]* width="30mm" height="30mm"/],
    [{ as: 'svg', mm: '25,5', level: 'H' }, 'image/svg+xml', '25.5mm-H.svg', /^<svg [^>]* width="25.5mm"/],
    [{ as: 'eps', mm: '25.4', dpi: '600' }, 'application/postscript', '25.4mm-Q.eps', /^%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 72 72\n/],
    [{ as: 'png', mm: '50' }, 'image/png', '50mm-Q-300dpi.png', /^\x89PNG\r\n/],
    [{ as: 'png', mm: '50', level: 'H', dpi: '600' }, 'image/png', '50mm-H-600dpi.png', /^\x89PNG\r\n/]
  ]
  for (const [fields, type, name, begins] of kinds) {
    test(`${JSON.stringify(fields)} is ${name}`, async () => {
      const answer = await fetched(fields)
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), type)
      assert.equal(answer.headers.get('content-disposition'), `attachment; filename="qr-${code}-${name}"`)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.match(Buffer.from(await answer.arrayBuffer()).toString('latin1'), begins)
    })
  }
  test('encodes the printed address, and a PNG has its physical size', async () => {
    for (const [dpi, width] of [[300, 591], [600, 1182]]) {
      const bytes = Buffer.from(await (await fetched({ as: 'png', mm: '50', dpi, code: code.toLowerCase() })).arrayBuffer())
      const pixels = PNG.sync.read(bytes)
      assert.equal(qr(pixels).text, `${service.url.toUpperCase().replace('HTTP', 'http')}/Q/${code}`)
      assert.equal(pixels.width, width)
      assert.equal(bytes.readUInt32BE(bytes.indexOf('pHYs') + 4), Math.round(dpi / 0.0254))
    }
  })
  test('can be as large as a wall', async () => {
    const bytes = Buffer.from(await (await fetched({ as: 'png', mm: '1000', dpi: '600' })).arrayBuffer())
    assert.equal(bytes.readUInt32BE(bytes.indexOf('IHDR') + 4), 23623)
    assert.ok(bytes.length < 1e6)
  })
})

describe('is refused with a remedy', () => {
  const wrong = [
    [{ mm: '9' }, 422, 'Skriv en bredd från 10 till 1000 millimeter.'], [{ mm: '1001' }, 422, 'Skriv en bredd'],
    [{ mm: '' }, 422, 'Skriv en bredd'], [{ mm: 'nan' }, 422, 'Skriv en bredd'], [{ mm: '30"><script>' }, 422, 'Skriv en bredd'],
    [{ level: 'L' }, 422, 'Välj tåligheten Q eller H.'], [{ level: 'X' }, 422, 'Välj tåligheten'],
    [{ as: 'pdf' }, 422, 'Välj SVG, PNG eller EPS.'], [{ as: 'png', dpi: '72' }, 422, 'Välj 300 eller 600 punkter per tum.'],
    [{ code: '000000' }, 404, 'Koden finns inte'], [{ code: 'HTTPS://EXAMPLE.SE' }, 404, 'Koden finns inte'], [{ code: '' }, 404, 'Koden finns inte'],
    [{ text: 'HTTPS://EXAMPLE.SE' }, 400, 'Det gick inte att läsa svaret']
  ]
  for (const [fields, status, words] of wrong) {
    test(`${JSON.stringify(fields)}: ${status}`, async () => {
      const answer = await fetched(fields)
      assert.equal(answer.status, status)
      assert.equal(answer.headers.get('content-disposition'), null)
      assert.match(answer.headers.get('content-type'), /^text\/html/)
      const html = await answer.text()
      assert.ok(reading(html).includes(words), words)
      // On the code's page, with the focus on the fault and the choices that were made.
      if (status === 422) for (const part of ['id="symbol-fault" role="alert" tabindex="-1" autofocus', 'name="mm"']) assert.ok(html.includes(part), part)
    })
  }
})

describe('the page of a QR code', () => {
  test('shows the QR code, its address and its reading distance', async () => {
    const { status, html } = await page('')
    assert.equal(status, 200)
    const plain = `${new URL(service.url).host}/q/${code}`
    assert.ok(html.includes(`alt="QR-kod som öppnar ${plain}"`))
    // 29 of 37 modules of 30 mm are 23.5 mm.
    for (const words of [plain, 'Med bredden 30 mm går den att läsa på upp till ungefär 23 cm.']) assert.ok(reading(html).includes(words), words)
    assert.ok(!reading(html).includes('Under 25 mm blir'))
    const drawn = Buffer.from(/src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)[1], 'base64').toString()
    assert.equal(/ d="([^"]+)"/.exec(drawn)[1], / d="([^"]+)"/.exec(await (await fetched({})).text())[1])
  })
  test('warns of a small size, and keeps the choices', async () => {
    const { status, html } = await page(`?code=${code}&mm=24,9&as=eps&level=H&dpi=600`)
    assert.equal(status, 200)
    assert.ok(reading(html).includes('Under 25 mm blir den svår att läsa'))
    for (const chosen of ['value="24,9"', 'value="eps" selected', 'value="H" selected', 'value="600" selected']) assert.ok(html.includes(chosen), chosen)
    assert.ok(!reading((await page('?mm=25')).html).includes('Under 25 mm blir'))
  })
  test('names the fault of a size, and keeps the other choices', async () => {
    const { status, html } = await page('?mm=<5>&as=png&level=H')
    assert.equal(status, 422)
    assert.ok(reading(html).includes('Skriv en bredd från 10 till 1000 millimeter.'))
    for (const chosen of ['value="&lt;5&gt;"', 'value="png" selected', 'value="H" selected']) assert.ok(html.includes(chosen), chosen)
  })
  test('of a retired code offers no print, and the file is refused', async () => {
    service.run('code', 'retire', '--data', service.folder, code)
    const { status, html } = await page('')
    assert.equal(status, 200)
    assert.ok(!html.includes('action="/staff/codes/symbol"'))
    const answer = await fetched({})
    assert.equal(answer.status, 409)
    assert.ok(reading(await answer.text()).includes('Koden är tagen ur bruk. Ta den i bruk igen om den ska tryckas.'))
    assert.equal((await leo.post('/staff/codes/revive', { code })).status, 303)
    assert.equal((await fetched({})).status, 200)
  })
})
