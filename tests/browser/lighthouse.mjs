// Lighthouse gives the public pages 100 for accessibility, best practices and SEO. Its score for performance depends
// on the machine's load, so `make bench` has that one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pages, scores, stage } from '../support/lighthouse.mjs'

const full = { accessibility: 100, 'best-practices': 100, seo: 100 }
/** These categories measure no time: none is spent on waiting. */
const atOnce = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0, skipAboutBlank: true }

let set, addresses
before(async () => {
  set = await stage()
  addresses = await pages(set)
})
after(() => set?.strike())

for (const name of ['the form in Swedish', 'the form in Arabic', 'the first page', 'the receipt']) {
  test(`${name} has 100 for accessibility, best practices and SEO`, async () => {
    assert.deepEqual(await scores(set.browser, addresses[name], Object.keys(full), atOnce), { scores: full, lost: [] })
  })
}
