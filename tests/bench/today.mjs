// Measures the page Today of a coordinator who holds 60 cases, whose names the page opens, among
// 2 000 open and 100 000 closed cases.
import assert from 'node:assert/strict'
import { bound, wrk } from './measure.mjs'
import { fill } from './queue.mjs'
import { startOurs, using } from './services.mjs'
import { signedIn } from '../support/staff.mjs'

const open = 2000; const closed = 100000; const held = 60

export const today = () => using(startOurs(), async service => {
  await fill(service, open, closed, held)
  const session = await signedIn(service, service.coordinator)
  const { text } = await session.page('/staff/queue')
  const names = text.match(/Alva \d/g)?.length ?? 0
  assert.ok(names >= 50, `the page shows ${names} names`)
  const result = await wrk('get.lua', `${service.url}/staff/queue`,
    { connections: 1, seconds: 10, headers: [`cookie: ${session.cookie}`] })
  assert.equal(result.wrong, 0)
  bound(`the day's page p99, ${open} open, ${closed} closed`, result.p99, 50, 'ms', `${names} names opened, median ${result.p50} ms`)

  const lead = await signedIn(service, service.lead)
  const times = []
  for (let i = 0; i < 5; i++) {
    const began = process.hrtime.bigint()
    assert.equal((await lead.page('/staff/overview?period=all')).status, 200)
    times.push(Number(process.hrtime.bigint() - began) / 1e6)
  }
  bound(`overview of all time, ${closed} closed`, Math.max(...times), 2000, 'ms', 'the slowest of five')
})
