// What leaves a case and what comes into it: paper, calendar and templates, on a phone and at a
// desk, in Swedish and Arabic; the sheets that Chromium prints; and templates with and without script.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { enter, fillIn, launch, press, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { sendCase, signedIn } from '../support/staff.mjs'

let service, browser, leo, ref
const note = 'Vill börja en utbildning. '.repeat(40)
before(async () => {
  [service, browser] = await Promise.all([startService({ clock: '2027-01-11T10:00+01:00' }), launch()])
  leo = await signedIn(service, service.lead)
  ref = await sendCase(service, { ...right.self, name: 'Åsa <Öst>' })
  const does = async (path, fields) => assert.equal((await leo.post(path, fields)).status, 303, path)
  for (const [kind, title, words] of [['note', 'Första samtalet', 'Vad vill du?\nVad kan vi göra?'], ['note', 'Avslut', 'Allt är klart.'], ['text', 'Påminnelse', 'Hej! Vi hörs i morgon.']]) {
    await does('/staff/templates', { queue: 'kristinehamn-kaa', kind, title, words, step: 'save' })
  }
  await does(`/staff/case/${ref}/claim`)
  for (let i = 0; i < 9; i++) await does(`/staff/case/${ref}/note`, { note: `${i}. ${note}` })
})
after(async () => { await browser.close(); await service.stop() })

for (const [locale, width] of [['sv-SE', 360], ['sv-SE', 1280], ['ar', 360]]) {
  test(`the pages of paper, calendar and templates are accessible: ${locale}, ${width} pixels`, async () => {
    const page = await enter(browser, service, service.lead, { locale, width })
    for (const path of ['/staff/templates', `/staff/case/${ref}`, `/staff/case/${ref}/print`, `/staff/case/${ref}/text`, '/staff/me']) {
      assert.equal((await page.goto(service.url + path)).status(), 200, path)
      for (const summary of await page.locator('summary').all()) await summary.click()
      await sound(page, path)
    }
    await page.click('form[action="/staff/me/calendar"] button')
    assert.match(await page.inputValue('#link-text'), /\/staff\/calendar\/[\w-]{43}\.ics\?lang=(sv|ar)$/)
    await sound(page, 'the address of a calendar')
    await page.context().close()
  })
}

describe('a case that is printed', () => {
  let page
  before(async () => { page = await enter(browser, service, service.lead, { width: 1280 }) })
  after(() => page.context().close())

  /** The sheets that Chromium makes, as poppler reads them. */
  async function sheets (name) {
    const file = join(service.folder, `${name}.pdf`)
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true })
    const told = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
    return { file, pages: Number(/^Pages: +(\d+)$/m.exec(told)[1]), size: /^Page size: +(.*)$/m.exec(told)[1], text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').filter(Boolean) }
  }

  test('is on A4 with numbered sheets, and without what only a screen needs', async () => {
    await page.goto(`${service.url}/staff/case/${ref}/print`)
    const { pages, size, text } = await sheets('case')
    assert.match(size, /^59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)$/)
    assert.ok(pages > 1 && text.length === pages, `${pages} sheets`)
    text.forEach((sheet, i) => assert.match(sheet.trimEnd(), new RegExp(`${i + 1} \\(${pages}\\)$`)))
    const all = text.join(' ')
    for (const said of ['Åsa <Öst>', '070-174 06 05', '8. Vill börja', 'Tog ärendet', 'Leo Lind']) assert.ok(all.includes(said), said)
    assert.doesNotMatch(all, /Till ärendet|Ctrl\+P/)
  })
  test('is black on white, in a dark room too', async () => {
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
    const colours = await page.evaluate(() => [...new Set([...document.querySelectorAll('html, body, main, main *')].flatMap(node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]))])
    await page.emulateMedia({ colorScheme: 'light', media: null })
    assert.deepEqual(colours.sort(), ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'])
  })
  test('prints by the words of the page without script, and by a button with it', async () => {
    assert.equal(await page.locator('#print').isVisible(), false)
    assert.match(await page.innerText('header'), /Ctrl\+P/)
    const scripted = await enter(browser, service, service.lead, { width: 1280, script: true })
    await scripted.goto(`${service.url}/staff/case/${ref}/print`)
    await scripted.evaluate(() => { window.print = () => { document.title = 'printed' } })
    await press(scripted, '#print')
    assert.equal(await scripted.title(), 'printed')
    await scripted.context().close()
  })
  test('is downloaded as a copy that opens as a file, looks the same and asks nobody for anything', async () => {
    await page.goto(`${service.url}/staff/case/${ref}`)
    await page.click('summary:has-text("Lämna ut en kopia")')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('form[action$="/copy"] button')])
    assert.equal(download.suggestedFilename(), `${ref}.html`)
    const file = join(service.folder, 'copy.html')
    await download.saveAs(file)
    const asked = []
    page.on('request', request => asked.push(request.url()))
    await page.goto(`file://${file}`)
    assert.deepEqual(asked.filter(url => !url.startsWith('data:')), [`file://${file}`])
    assert.equal(await page.locator('h1').innerText(), `Ärende ${ref}`)
    assert.match((await sheets('copy')).size, /A4/)
  })
})

describe('a template', () => {
  const words = 'Vad vill du?\nVad kan vi göra?'
  for (const script of [false, true]) {
    test(`is put into a note ${script ? 'by the script, at once' : 'without script, by the service'}`, async () => {
      const page = await enter(browser, service, service.lead, { script })
      await page.goto(`${service.url}/staff/case/${ref}`)
      await page.click('summary:has-text("Skriv en anteckning")')
      const at = page.url()
      await page.fill('#only-note', 'Ringde.')
      await page.click('form[action$="/note"] summary')
      await page.selectOption('#note-template', { label: 'Första samtalet' })
      await press(page, 'form[action$="/note"] button[name=insert]')
      if (!script) await page.waitForURL('**/staff/answer/*')
      else assert.equal(page.url(), at)
      assert.equal(await page.inputValue('#only-note'), `Ringde.\n${words}`)
      assert.equal(await page.evaluate(() => document.activeElement.id), 'only-note')
      if (script) assert.match(await page.innerText('#only-note-most'), /3963/)
      await page.click('form[action$="/note"] button:not([name])')
      await page.waitForURL(`**/staff/case/${ref}?notice=note`)
      assert.ok((await page.innerText('main')).includes(`Ringde.\n${words}`))
      await page.context().close()
    })
  }
  test('takes the place of our proposal in a text message, and of nothing that was typed', async () => {
    const page = await enter(browser, service, service.lead, { script: true })
    const insert = async () => {
      if (!await page.isVisible('#text-template')) await page.click('form summary')
      await page.selectOption('#text-template', { label: 'Påminnelse' })
      await press(page, 'button[name=insert]')
      return page.inputValue('#text')
    }
    await page.goto(`${service.url}/staff/case/${ref}/text`)
    assert.equal(await insert(), 'Hej! Vi hörs i morgon.')
    await page.goto(`${service.url}/staff/case/${ref}/text`)
    await fillIn(page, { text: 'Hej hej!' })
    assert.equal(await insert(), 'Hej hej!\nHej! Vi hörs i morgon.')
    await page.selectOption('#text-template', '')
    await press(page, 'button[name=insert]')
    await page.waitForURL('**/staff/answer/*')
    assert.match(await page.innerText('#text-fault'), /Välj en mall först\./)
    assert.equal(await page.inputValue('#text'), 'Hej hej!\nHej! Vi hörs i morgon.')
    await page.context().close()
  })
})
