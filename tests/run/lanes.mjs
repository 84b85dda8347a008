// Which test runs when: the longest first, a busy one for each core, sleepers beside them.

/** A sleeper waits for most of its time: it hardly takes a core from others. */
const isSleeper = job => job.cpu < 0.4 * job.seconds

/**
 * Runs every job, each when those that it comes `after` are done. The first lanes
 * take the busy ones first; as many as `beside` take sleepers only.
 */
export async function runAll (jobs, lanes, beside, run) {
  const left = [...jobs].sort((a, b) => (b.first ?? 0) - (a.first ?? 0) || b.seconds - a.seconds)
  const done = new Set()
  const isReady = job => (job.after ?? []).every(other => done.has(other))
  let wake = []
  const lane = async takes => {
    while (left.length > 0) {
      const job = takes(left.filter(isReady))
      // What may run now is decided anew whenever a job ends.
      if (!job) { await new Promise(resolve => wake.push(resolve)); continue }
      left.splice(left.indexOf(job), 1)
      await run(job)
      done.add(job)
      for (const resolve of wake.splice(0)) resolve()
    }
  }
  const busyFirst = ready => ready.find(job => !isSleeper(job)) ?? ready[0]
  const sleepersOnly = ready => ready.find(isSleeper)
  await Promise.all(Array.from({ length: lanes + beside }, (_, i) => lane(i < lanes ? busyFirst : sleepersOnly)))
}
