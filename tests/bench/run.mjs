// make bench: every figure that the service must reach, with the limit measured in the same run.
// Arguments choose some of them by name.
import { allMet } from './measure.mjs'
import { slowDisk, throughput } from './intake.mjs'
import { besideSignIns, firstPaint, form, lighthouse } from './page.mjs'
import { queue } from './queue.mjs'
import { search } from './search.mjs'
import { symbols } from './symbols.mjs'
import { today } from './today.mjs'
import { footprint } from './footprint.mjs'

const benches = { throughput, slowDisk, form, besideSignIns, firstPaint, lighthouse, queue, today, search, symbols, footprint }
const wanted = process.argv.slice(2)

for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench()
}
process.exit(allMet() ? 0 : 1)
