// The fewest steps that still fail: halves, quarters and so on are left out, each time on a fresh service.
import { replay } from './walk.mjs'

/** Shrinks a breach until nothing can be left out, or the seconds are over; false when it never fails again. */
export async function shrink (breach, options, seconds = 60) {
  const until = Date.now() + seconds * 1000
  const fails = async steps => {
    const again = await replay(breach.seed, steps, breach, options)
    if (again) Object.assign(breach, { shrunk: again.steps, picture: again.picture })
    return again?.steps
  }
  const last = breach.steps.at(-1)
  // Most need nobody else.
  let steps = await fails(breach.steps.filter(({ who, kind }) => who === last.who || kind === 'leap')) ?? await fails(breach.steps)
  if (!steps) return false
  for (let part = Math.ceil(steps.length / 2); part >= 1 && Date.now() < until; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = steps.length - 1; at > 0 && Date.now() < until; at -= part) {
      const from = Math.max(0, at - part)
      const fewer = [...steps.slice(0, from), ...steps.slice(at)]
      if (fewer.length < steps.length) {
        const shorter = await fails(fewer)
        if (shorter) { steps = shorter; at = Math.min(at, steps.length) }
      }
    }
  }
  return true
}
