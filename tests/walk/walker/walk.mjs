// A walk: people take turns on one service, each step drawn by the seed; and the same steps, or some of
// them, once more.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../../support/service.mjs'
import { meet } from './breaks.mjs'
import { Chance } from './chance.mjs'
import { draw, pattern } from './draw.mjs'
import { breaches } from './invariants.mjs'
import { Looks } from './looks.mjs'
import { offAs } from './off.mjs'
import { perform } from './perform.mjs'
import { people } from './person.mjs'
import { remember } from './secrets.mjs'
import { World } from './world.mjs'

export const failedFolder = join(build, 'failed')

export class Walk {
  /**
   * `off`: names of invariants that are counted and do not fail. `browser` and `looks` are shared. `broken`: what
   * of breaks.mjs this walk meets. `who`: the people who walk, as in PEOPLE.
   */
  constructor (seed, { browser, looks, off = [], broken, who = [] }) {
    Object.assign(this, { seed, browser, looks, off, broken, who, steps: [], found: [], kinds: new Set(), ignored: new Map(), walked: new Set(), reached: new Set(), left: 0 })
  }

  async begin () {
    this.world = await World.begin()
    this.people = people(this.world, new Chance(`${this.seed}/people`), this.who)
    await Promise.all(this.people.map(person => person.begin(this.browser)))
    if (this.broken) await Promise.all(this.people.map(({ context }) => meet(context, this.broken, this.world)))
    for (const person of this.people.filter(({ entries }) => entries.length > 0)) await person.tab.go(this.world.url + person.entries[0])
    await Promise.all(this.people.map(person => person.tab.look()))
    await this.world.look()
    for (const { tab } of this.people) Object.assign(tab, { changes: this.world.changes, leaps: this.world.leaps })
    return this
  }

  /** Draws the next step and takes it. */
  async next () {
    const n = this.drawn = (this.drawn ?? 0) + 1
    const chance = new Chance(`${this.seed}/${n}`)
    const person = chance.weighted(this.people.map(person => [person.weight, person]))
    const step = draw(person, person.tab.seen, chance, this.walked)
    return this.take(step, person, chance)
  }

  /** Takes a step that is known; undefined when it does not apply. */
  async take (step, person = this.people.find(({ name }) => name === step.who), chance) {
    const act = await perform(step, person, this.world, chance).catch(error => { error.step = step; throw error })
    if (!act) { this.left++; return undefined }
    this.steps.push(step)
    if (step.target) this.walked.add(step.target.to).add(`${step.target.to} ${step.target.text}`)
    for (const { url, method, status } of act.heard.answers) this.reached.add(`${method} ${new URL(url).pathname} ${status}`)
    await remember(act)
    await this.broken?.step?.({ world: this.world, act })
    await this.judge(act)
    return act
  }

  async judge (act) {
    for (const breach of await breaches(act, this.only)) await this.tell(act, breach)
    if (this.looks && !this.only) {
      const n = this.steps.length
      await this.looks.at(act.person, act.after, faults => this.tell(act, { name: 'axe', says: `“${act.after.heading || act.after.title}”: ${faults.join('; ')}` }, n))
    }
  }

  async tell (act, { name, says }, n = this.steps.length) {
    // The browser's own error has no address; the page before it has.
    const address = act.address ?? pattern(act.tab.broken ? act.before.address : act.after.address)
    const kind = `${name} ${address}`
    const ignored = offAs(this.off, name, address)
    if (ignored) {
      this.ignored.set(ignored, (this.ignored.get(ignored) ?? 0) + 1)
      return
    }
    // The same elsewhere on the same kind of page is not told again.
    if (this.kinds.has(kind)) return
    this.kinds.add(kind)
    const breach = { name, says, kind, seed: this.seed, steps: this.steps.slice(0, n), person: act.person.about }
    this.found.push(breach)
    if (name !== 'axe') breach.picture = await this.picture(act, name)
  }

  async picture (act, name) {
    mkdirSync(failedFolder, { recursive: true })
    const path = join(failedFolder, `walk-${this.seed}-${this.steps.length}-${name}${this.only ? '-shrunk' : ''}.png`)
    await act.tab.page.screenshot({ path, fullPage: true }).catch(() => {})
    return path
  }

  async end () {
    await Promise.all(this.people.map(person => person.end()))
    await this.world.end()
  }
}

/** Walks until `more` says that it is enough. */
export async function walk (seed, more, options) {
  const walk = await new Walk(seed, options).begin()
  try {
    while (more(walk)) await walk.next()
    await options.looks?.done()
  } finally { await walk.end() }
  return walk
}

/** Takes those steps on a fresh service until a breach of that kind of invariant; gives it, or undefined. */
export async function replay (seed, steps, wanted, options) {
  const walk = new Walk(seed, { ...options, off: [], looks: undefined })
  walk.only = [wanted.name]
  await walk.begin()
  try {
    for (const step of steps) {
      await walk.take(structuredClone(step))
      const breach = walk.found.find(({ name, kind }) => name === wanted.name && kind === wanted.kind)
      if (breach) return breach
    }
  } finally { await walk.end() }
  return undefined
}
