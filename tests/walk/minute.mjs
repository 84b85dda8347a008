// The walker for a minute in all, on seeds that stay: so many steps each and not so many seconds, so that a slow
// machine takes the same steps as a quick one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch } from '../support/browser.mjs'
import { Looks } from './walker/looks.mjs'
import { off } from './walker/off.mjs'
import { told } from './walker/report.mjs'
import { unreached } from './walker/routes.mjs'
import { shrink } from './walker/shrink.mjs'
import { walk } from './walker/walk.mjs'

const seeds = ['1', '2', '3']
const steps = 80

let browser, beside, looks
const reached = new Set()
before(async () => {
  [browser, beside] = await Promise.all([launch(), launch()])
  looks = new Looks(beside)
})
after(() => Promise.all([browser.close(), beside.close()]))

for (const seed of seeds) {
  test(`${steps} steps of SEED=${seed}`, async () => {
    const walked = await walk(seed, ({ steps: { length } }) => length < steps, { browser, looks, off: Object.keys(off) })
    for (const request of walked.reached) reached.add(request)
    for (const breach of walked.found) if (breach.name !== 'axe') await shrink(breach, { browser })
    for (const [name, times] of walked.ignored) console.log(`# off: ${name}, ${times} times: ${off[name]}`)
    assert.equal(walked.found.map(told).join('\n\n'), '')
  })
}

test('the walks reach at least a third of the routes', () => {
  const { all, never } = unreached(reached)
  console.log(`# never reached: ${never.join(', ')}`)
  assert.ok(all - never.length > all / 3, `only ${all - never.length} of ${all} routes were reached`)
})
