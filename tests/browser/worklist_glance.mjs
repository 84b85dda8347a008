// The list that a coordinator takes in at a glance, and the next call one press away: 26 cases
// over several days, on a phone and at a desk, in Swedish and Arabic.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open, signIn, sound } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, sendCase, signedIn } from '../support/staff.mjs'

let service, browser, anna
const refs = []
const arrive = fields => sendCase(service, { ...right.self, name: `Person ${refs.length + 1}`, phone: `070-174 06 ${10 + refs.length}`, ...fields })
const does = async (session, ref, what, fields) => assert.equal((await session.act(ref, what, fields)).status, 303, `${what} ${ref}`)

before(async () => {
  [service, browser] = await Promise.all([startService({ clock: '2027-01-07T08:00+01:00' }), launch()])
  anna = await signedIn(service, service.coordinator)
  const berit = addAccount(service, 'berit', 'coordinator', 'kristinehamn-unga', 'kristinehamn-kaa')
  // Ten on Thursday, who are late on Tuesday; then ten on Friday, and the rest on Monday.
  for (const [moment, count] of [['2027-01-07T09:00+01:00', 10], ['2027-01-08T09:00+01:00', 10], ['2027-01-11T08:00+01:00', 6]]) {
    service.clock.set(moment)
    for (let i = 0; i < count; i++) refs.push(await arrive({ age: i % 3 ? '20-24' : '15-17', when: ['any', 'morning', 'afternoon'][i % 3], speak: i % 5 ? 'sv' : 'so' }))
  }
  service.clock.set('2027-01-12T08:30+01:00')
  anna = await signedIn(service, service.coordinator)
  const colleague = await signedIn(service, berit)
  for (const [ref, result] of [[refs[3], 'no-answer'], [refs[4], 'left-message'], [refs[12], 'texted'], [refs[13], 'no-answer']]) {
    await does(anna, ref, 'claim')
    await does(anna, ref, 'attempt', { result })
  }
  for (const ref of [refs[5], refs[14], refs[21]]) await does(anna, ref, 'claim')
  await does(anna, refs[14], 'attempt', { result: 'reached', until: '2027-01-14' })
  await does(anna, refs[15], 'claim')
  await does(anna, refs[15], 'park', { until: '2027-01-18' })
  for (const ref of [refs[6], refs[16]]) await does(colleague, ref, 'claim')
})
after(async () => { await browser.close(); await service.stop() })

/** How many lines each row has: of its title and what is below it, by the boxes of the text. */
const lines = page => page.evaluate(() => [...document.querySelectorAll('#live li')].map(row => {
  const bottoms = []
  const range = document.createRange()
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() === '' || node.parentElement.closest('button, .button, .unseen')) continue
    range.selectNodeContents(node)
    for (const { bottom, width } of range.getClientRects()) if (width > 0) bottoms.push(bottom)
  }
  // On one line, if less than half a line apart.
  const lines = bottoms.sort((a, b) => a - b).filter((bottom, i) => i === 0 || bottom - bottoms[i - 1] > 9).length
  return { row: row.textContent.replace(/\s+/g, ' ').trim(), lines, why: row.querySelector('.why') !== null, height: Math.round(row.getBoundingClientRect().height) }
}))

describe('26 cases', () => {
  for (const [locale, width, most, rowLines] of [['sv-SE', 1280, 2400, 2], ['sv-SE', 360, 4500, 3], ['ar', 360, 4500, 3], ['ar', 1280, 2400, 2]]) {
    test(`take at most ${most} pixels: ${locale}, ${width} wide`, async () => {
      const page = await open(browser, { locale, width })
      await signIn(page, service)
      assert.equal(await page.locator('#live li').count(), 26)
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      const rows = await lines(page)
      if (process.env.SHOW) { await page.screenshot({ path: `/tmp/wt/today-${locale}-${width}.png`, fullPage: true, ...width === 360 && { clip: { x: 0, y: 200, width, height: 1100 } } }); console.log(height, JSON.stringify(rows, null, 1)) }
      assert.ok(height <= most, `${height} pixels`)
      assert.deepEqual(rows.filter(({ lines, why }) => lines > rowLines + (why && width === 360 ? 1 : 0)), [], 'rows of more lines')
      // A link is pressed within its own 44 pixels.
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('#live a, #live button, .lists a, main [rel]')]
        .filter(node => node.getBoundingClientRect().height < 43.5).map(node => node.outerHTML)), [])
      await sound(page, 'Today with 26 cases')
      await page.context().close()
    })
  }
})
