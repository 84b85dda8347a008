// Measures a search by name of a coordinator who may open every case: the search opens 2 000
// open cases one by one, and as many of 100 000 closed cases as its limit allows.
import assert from 'node:assert/strict'
import { bound, median } from './measure.mjs'
import { fill } from './queue.mjs'
import { startOurs, using } from './services.mjs'
import { signedIn } from '../support/staff.mjs'

const open = 2000; const closed = 100000

export const search = () => using(startOurs(), async service => {
  await fill(service, open, closed, 0)
  const session = await signedIn(service, service.coordinator)
  const times = []
  for (let i = 0; i < 20; i++) {
    const began = process.hrtime.bigint()
    // The first name is the last one looked at among the open, the second is nobody's.
    const answer = await session.post('/staff/search', { find: i % 2 ? `Alva ${open - 1}` : 'Ingen Sådan' })
    times.push(Number(process.hrtime.bigint() - began) / 1e6)
    const text = await answer.text()
    assert.equal(answer.status, 200)
    assert.match(text, i % 2 ? new RegExp(`Alva ${open - 1}<`) : /Sökte i alla 2000 öppna ärenden/)
  }
  bound(`search by name, ${open} open, ${closed} closed`, Math.max(...times), 300, 'ms', `the slowest of ${times.length}, median ${median(times).toFixed(0)} ms`)
})
