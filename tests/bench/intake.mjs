// Compares durable, sealed submissions with sealing alone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { interleave, ratio, wrk } from './measure.mjs'
import { made, startBare, startOurs, using } from './services.mjs'
import { wait } from '../support/service.mjs'

const receipt = '/tack/'

/** Posts for a while; each answer is a receipt, each receipt a row. */
function poster (service, name, seconds) {
  return async round => {
    const before = service.count('cases')
    const result = await wrk('post.lua', `${service.url}/kristinehamn`,
      { seconds, words: [`${name}${round}`, receipt] })
    assert.equal(result.wrong, 0,
      `${name}: ${result.wrong} answers are no receipts\n${readFileSync(service.log, 'utf8')}`)
    // wrk hangs up on up to 64 that it has sent: those may be rows, too.
    const stored = await settled(service, before)
    assert.ok(stored >= result.right && stored <= result.sent,
      `${name}: ${result.sent} sent, ${result.right} receipts, ${stored} rows`)
    return result
  }
}

/** The rows added, once no more come. */
async function settled (service, before) {
  for (let last = -1; ;) {
    const now = service.count('cases')
    if (now === last) return now - before
    last = now
    await wait(100)
  }
}

const sealer = (bare, seconds) => round =>
  wrk('post.lua', `${bare.url}/`, { seconds, words: [`bare${round}`, ''] })

export const throughput = () => using(startBare(), bare => using(startOurs(), async ours => {
  const [service, sealing] = await interleave(9, poster(ours, 'two', 2), sealer(bare, 2))
  ratio('sealed durable POSTs, 2 workers / sealing only', service.map(r => r.perSecond),
    sealing.map(r => r.perSecond), 'POST/s', { least: 0.5 })
  ratio('POST p99, 64 connections / sealing only', service.map(r => r.p99),
    sealing.map(r => r.p99), 'ms', { most: 3 })
}))

const slow = { workers: 1, env: { LD_PRELOAD: made('slow_sync.so') } }

export const slowDisk = () => using(startOurs(slow), together =>
  using(startOurs({ ...slow, module: made('one_by_one.so') }), async alone => {
    const [batches, single] = await interleave(3, poster(together, 'batch', 3), poster(alone, 'single', 3))
    ratio('POSTs with 2 ms more a sync / one by one', batches.map(r => r.perSecond),
      single.map(r => r.perSecond), 'POST/s', { least: 8 })
  }))
