// The pages of account, second factor, mails, texts, codes and absence when they open, on a phone
// and at a desk, in Swedish and Arabic.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { knock, launch, open, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { sendCase } from '../support/staff.mjs'

let service, browser
before(async () => { [service, browser] = await Promise.all([startService(), launch()]) })
after(async () => { await browser.close(); await service.stop() })

/** Whether every control lies within <main>, or in the head that all pages share. */
const astray = page => page.evaluate(() => {
  const main = document.querySelector('main').getBoundingClientRect()
  return [...document.querySelectorAll('main :is(input:not([type=hidden]), select, textarea, button)')]
    .filter(node => node.checkVisibility() && node.getBoundingClientRect().top < main.top).map(node => node.outerHTML.slice(0, 90))
})

for (const [locale, width] of [['sv-SE', 360], ['sv-SE', 1280], ['ar', 360], ['ar', 1280]]) {
  test(`the pages of account, second factor, mails, texts, codes and absence are accessible: ${locale}, ${width} pixels`, async () => {
    const ref = await sendCase(service, { ...right.self, name: `Robin ${locale} ${width}`, age: '20-24' })
    // Where what stands is looked at is a page with script: the copy's place of things is what counts.
    const page = await open(browser, { locale, width, script: true })
    await knock(page, service, service.lead)
    await page.waitForURL('**/staff/queue')
    await page.goto(`${service.url}/staff/case/${ref}`)
    await page.click('form[action$="/claim"] button')
    for (const path of ['/staff/me', '/staff/me/factor', '/staff/notices', '/staff/places', '/staff/codes', '/staff/absence', `/staff/case/${ref}/text`, `/staff/case/${ref}`]) {
      assert.equal((await page.goto(service.url + path)).status(), 200, path)
      for (const summary of await page.locator('summary').all()) await summary.click()
      assert.deepEqual(await astray(page), [], path)
      await sound(page, path)
    }
    await page.context().close()
  })
}
