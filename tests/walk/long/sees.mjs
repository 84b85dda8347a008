// The walker sees what it is there to see: for each invariant the program is broken once, and a walk fails.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch } from '../../support/browser.mjs'
import { breaks } from '../walker/breaks.mjs'
import { Looks } from '../walker/looks.mjs'
import { walk } from '../walker/walk.mjs'

const most = 150

let browser, beside
before(async () => { [browser, beside] = await Promise.all([launch(), launch()]) })
after(() => Promise.all([browser.close(), beside.close()]))

test('a seed repeats the same steps', async () => {
  const twice = []
  for (let i = 0; i < 2; i++) twice.push((await walk('5', ({ steps }) => steps.length < 40, { browser })).steps.map(step => JSON.stringify(step)))
  assert.deepEqual(twice[1], twice[0])
})

for (const [key, broken] of Object.entries(breaks)) {
  const name = broken.name ?? key
  test(`${name}: ${broken.says}`, async () => {
    const looks = name === 'axe' ? new Looks(beside) : undefined
    const seen = ({ found }) => found.some(breach => breach.name === name)
    const walked = await walk(broken.seed ?? '7', walk => walk.steps.length < most && !seen(walk), { browser, looks, broken })
    assert.ok(seen(walked), `${walked.steps.length} steps, and only ${walked.found.map(breach => breach.name).join(', ') || 'nothing'} is found`)
    console.log(`# after ${walked.steps.length} steps`)
  })
}
