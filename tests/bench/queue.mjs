// Measures the queue page with few and with many stored cases.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { interleave, ratio, wrk } from './measure.mjs'
import { made, startOurs, using } from './services.mjs'
import { root } from '../support/service.mjs'
import { signedIn } from '../support/staff.mjs'

const held = 50

export async function fill (service, open, closed, held) {
  await service.end()
  execFileSync(made('fill'), [service.folder, join(root, 'conf/service.conf'), open, closed, held, service.user].map(String))
  assert.match(service.run('doctor', '--data', service.folder), /^0 faults$/m)
  await service.start()
}

async function reader (service) {
  const session = await signedIn(service, service.coordinator)
  const { text } = await session.page('/staff/queue')
  assert.equal(text.match(/Alva \d/g)?.length, held, 'the page does not show fifty names')
  return async () => {
    const result = await wrk('get.lua', `${service.url}/staff/queue`,
      { connections: 1, seconds: 3, headers: [`cookie: ${session.cookie}`] })
    assert.equal(result.wrong, 0)
    return result
  }
}

export const queue = () => using(startOurs(), few => using(startOurs(), async many => {
  await fill(few, 500, 500, held)
  await fill(many, 50000, 50000, held)
  const [large, small] = await interleave(3, await reader(many), await reader(few))
  for (const [name, key] of [['median', 'p50'], ['p99', 'p99']]) {
    ratio(`queue page ${name}, 100 000 / 1 000 cases`, large.map(r => r[key]),
      small.map(r => r[key]), 'ms', { most: 1.5 })
  }
}))
