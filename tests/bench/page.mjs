// Compares the service's form page with a bare Kore handler that sends the same bytes.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'
import { bound, floor, interleave, ratio, wrk } from './measure.mjs'
import { get, startBare, startOurs, using } from './services.mjs'
import { pages, scores, stage } from '../support/lighthouse.mjs'
import { post, wait } from '../support/service.mjs'

const path = '/kristinehamn'
const gzip = ['accept-encoding: gzip']
const load = async (url, seconds) => {
  const result = await wrk('get.lua', url, { seconds, headers: gzip })
  assert.equal(result.wrong, 0, `${url}: ${result.wrong} answers are not the page`)
  return result
}

/** One worker each: how Kore spreads connections over two is chance, and moves the figure by a tenth. */
export const form = () => using(startOurs({ workers: 1 }), async ours => {
  const answer = await get(ours.port, path)
  await using(startBare({ workers: 1, answer }), async bare => {
    assert.ok(answer.equals(await get(bare.port, path)), 'the bare handler answers other bytes')
    const [service, copy] = await interleave(15, () => load(ours.url + path, 1), () => load(bare.url + path, 1))
    ratio('GET of the form / the same bytes, bare', service.map(r => r.perSecond),
      copy.map(r => r.perSecond), 'GET/s', { least: 0.95 })
  })
})

/** Ten sign-ins a second for so long, each with Argon2id; how many got in. */
async function signIns (service, seconds) {
  const all = []
  const { user, passphrase } = service
  for (let i = 0; i < seconds * 10; i++) {
    all.push(post(`${service.url}/staff`, { user, passphrase }).then(answer => answer.status, () => 0))
    await wait(100)
  }
  return (await Promise.all(all)).filter(status => status === 303).length
}

export const besideSignIns = () => using(startOurs(), async ours => {
  let entered = 0
  const rounds = 3; const seconds = 3
  const busy = async () => {
    const [result, count] = await Promise.all([load(ours.url + path, seconds), signIns(ours, seconds)])
    entered += count
    return result
  }
  const [loaded, quiet] = await interleave(rounds, busy, () => load(ours.url + path, seconds))
  assert.ok(entered > 0, 'nobody could sign in')
  ratio('GET p99 with 10 sign-ins a second / without', loaded.map(r => r.p99),
    quiet.map(r => r.p99), 'ms', { most: 3, note: `${entered} of ${rounds * seconds * 10} got in` })
})

/** In Chromium, with nothing kept: how many requests, how many bytes on the wire. */
export const firstPaint = () => using(startOurs(), async ours => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] })
  try {
    const tab = await browser.newPage()
    const wire = await tab.context().newCDPSession(tab)
    const requests = new Set(); let bytes = 0
    wire.on('Network.requestWillBeSent', ({ request, requestId }) => {
      if (!request.url.startsWith('data:')) requests.add(requestId)
    })
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (requests.has(requestId)) bytes += encodedDataLength
    })
    await wire.send('Network.enable')
    await tab.goto(ours.url + path, { waitUntil: 'networkidle' })
    bound('requests of the first paint', requests.size, 1, 'request')
    bound('bytes of the first paint', bytes / 1000, 14, 'kB')
  } finally {
    await browser.close()
  }
})

/**
 * Lighthouse's performance on a slow phone, which it calculates from what the browser did here. A busy machine costs
 * points and never adds any, so the best of three runs counts.
 */
export async function lighthouse () {
  const { strike, ...set } = await stage()
  try {
    for (const [name, address] of Object.entries(await pages(set))) {
      const found = []
      for (let round = 0; round < 3; round++) found.push((await scores(set.browser, address, ['performance'])).scores.performance)
      floor(`Lighthouse performance, ${name}`, Math.max(...found), 100, 'points', found.join(', '))
    }
  } finally { await strike() }
}
