// Measures the idle service: its memory, its processor time, and how soon it answers after a
// start.
import { readFileSync, readdirSync } from 'node:fs'
import { bound, median } from './measure.mjs'
import { firstAnswer, spawnKore, startOurs, using } from './services.mjs'
import { join } from 'node:path'
import { root, wait } from '../support/service.mjs'

/** Resident kilobytes of a process group, shared pages divided among who shares them. */
function groupSize (group) {
  let kilobytes = 0; let count = 0
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      // After the name in brackets: state, parent, group.
      if (readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ')[2] !== String(group)) continue
      kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))[1])
      count++
    } catch {}
  }
  return { megabytes: kilobytes / 1000, count }
}

export const footprint = () => using(startOurs(), async ours => {
  await wait(2500)
  const { megabytes, count } = groupSize(ours.process.pid)
  bound('memory idle, all processes, PSS', megabytes, 20, 'MB', `${count} processes`)
  await ours.end()
  const env = {
    EGENREMISS_URL: ours.url,
    EGENREMISS_DATA: ours.folder,
    EGENREMISS_CONFIG: join(root, 'conf/service.conf')
  }
  const starts = []
  for (let i = 0; i < 7; i++) {
    const kore = spawnKore(ours.folder, env)
    starts.push(await firstAnswer(ours.port, '/kristinehamn'))
    // Kore loses a signal that comes while a worker starts, and then waits for ever.
    await wait(300)
    await kore.end()
  }
  bound('from start to the first page', median(starts), 100, 'ms')
})
