// make walk: for SECONDS=60, or STEPS however long they take, by a fresh SEED that is printed, or by the given one.
import { launch } from '../../support/browser.mjs'
import { names } from './invariants.mjs'
import { Looks } from './looks.mjs'
import { strangers } from './person.mjs'
import { told } from './report.mjs'
import { unreached } from './routes.mjs'
import { shrink } from './shrink.mjs'
import { walk } from './walk.mjs'

const seconds = Number(process.env.SECONDS || (process.env.STEPS ? Infinity : 60))
const seed = process.env.SEED || String(Math.floor(Math.random() * 1e9))
const most = Number(process.env.STEPS || Infinity)
const list = text => (text || '').split(',').filter(Boolean)
const off = list(process.env.OFF)
const who = list(process.env.PEOPLE)
for (const entry of off) if (!names.includes(entry.split(' ')[0])) throw new Error(`no invariant is called ${entry}; there are ${names.join(', ')}`)
for (const name of strangers(who)) throw new Error(`PEOPLE are public, staff, or names; nobody is called ${name}`)

console.log(`make walk SEED=${seed}${who.length > 0 ? ` PEOPLE=${who}` : ''}`)
const [browser, beside] = await Promise.all([launch(), launch()])
const began = Date.now()
const result = await walk(seed, ({ steps }) => Date.now() - began < seconds * 1000 && steps.length < most, { browser, looks: new Looks(beside), off, who })
console.log(`${result.steps.length} steps in ${((Date.now() - began) / 1000).toFixed(1)} s, ${result.left} did not apply, ${result.looks.looked} pages looked at by axe`)
for (const person of result.people) console.log(`  ${person.about}`)
// The first of each invariant is shrunk, and shown whole.
const shown = new Set()
for (const breach of result.found) {
  if (shown.has(breach.name)) {
    console.log(`\n${breach.name}, too: ${breach.says}`)
    continue
  }
  shown.add(breach.name)
  if (!process.env.FAST && breach.name !== 'axe') await shrink(breach, { browser, who })
  console.log(`\n${told(breach)}`)
}
if (who.length === 0) {
  const { all, never } = unreached(result.reached)
  console.log(`\n${all - never.length} of ${all} routes reached; never: ${never.join(', ')}`)
}
for (const name of off) console.log(`off: ${name} (${result.ignored.get(name) ?? 0} times)`)
console.log(`\n${result.found.length} breaches`)
await Promise.all([browser.close(), beside.close()])
process.exit(result.found.length > 0 ? 1 : 0)
