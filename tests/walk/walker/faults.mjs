// What goes wrong around a press: the network, the session, a finger that presses twice.
import { wait } from '../../support/service.mjs'

/** Presses as it is meant to be. */
async function plainly (act, at) {
  const { tab } = act
  tab.begin()
  const spot = await tab.press(at)
  if (!spot) return false
  act.leads = spot.valid
  await tab.settle(spot.valid)
  return true
}

/** Catches the form on its way: the service gets it, and what it answers is `then`'s to let through. */
async function caught (act, at, then) {
  const { page } = act.tab
  let first = true
  const catcher = async route => {
    const request = route.request()
    if (!first || request.method() !== 'POST') return route.continue()
    first = false
    const answer = await route.fetch({ maxRedirects: 0 }).catch(() => undefined)
    act.first = answer?.status()
    await then(route)
  }
  await page.route('**/*', catcher)
  try { return await plainly(act, at) } finally { await page.unroute('**/*', catcher).catch(() => {}) }
}

/** The network comes back, and the person goes Back to what they had written. */
async function returned (act) {
  // On a busy machine the browser's error may come late, and Back before it would lead past the form.
  for (const end = Date.now() + 15000; !act.tab.broken && Date.now() < end;) await wait(20)
  act.failure = act.tab.outcome?.failed ?? 'nothing happened'
  act.errorPage = act.tab.broken
  await act.tab.history('back')
  // What is ahead now is the browser's error: to go there is to press again.
  if (act.errorPage) act.tab.ahead = 0
  act.recovered = await act.tab.standing()
  act.backAt = act.tab.page.url()
  return true
}

const fates = {
  /** The finger presses again before the answer is there: the service gets both. */
  async twice (act, at) {
    const { tab } = act
    // The page itself cannot be asked while its answer is held back; the finger is where it was.
    return caught(act, at, async route => {
      await tab.page.mouse.click(tab.spot.x, tab.spot.y)
      await route.abort('aborted').catch(() => {})
    })
  },
  /** No network at the press. */
  async unsent (act, at) {
    const { context } = act.person
    await context.setOffline(true)
    const done = await plainly(act, at)
    await context.setOffline(false)
    return done && act.leads ? returned(act) : done
  },
  /** The network is lost once the form has arrived: the person never sees the answer. */
  async unanswered (act, at) {
    const done = await caught(act, at, route => route.abort('connectionreset').catch(() => {}))
    return done && act.leads ? returned(act) : done
  },
  /** The session runs out while somebody writes. */
  async expired (act, at) {
    await act.world.expire(act.person.user)
    return plainly(act, at)
  }
}

/** Presses the control, and what the step says befalls the press. */
export const lose = (act, at) => (fates[act.fate] ?? plainly)(act, at)

/** A second tab on the same page; with two, the other one. */
export async function secondTab (act) {
  const { person, tab } = act
  if (person.tabs.length > 1) {
    person.turn()
    person.tab.begin()
    return true
  }
  const address = tab.page.url()
  if (!address.startsWith('http')) return false
  await person.open(address)
  return true
}

export async function reload ({ tab }) {
  await tab.history('reload')
  return true
}

/** Who was signed out by a press follows the page's own way to the door, signs in, and looks for what was typed. */
export async function signAgain (act) {
  const { tab, person, world } = act
  act.signedOut = true
  const known = { username: 'user', 'current-password': 'passphrase', 'one-time-code': 'code' }
  for (let tries = 0, entered = false; tries < 4; tries++) {
    const seen = await tab.look()
    const door = seen.forms.find(({ fields }) => fields.some(({ autocomplete }) => autocomplete === (entered ? 'one-time-code' : 'current-password')))
    // In, and no code is asked for.
    if (entered && !door) break
    const way = door?.buttons[0] ?? seen.links.find(({ where }) => where === 'main') ?? seen.links[0]
    if (!way) return
    if (door) await tab.fill(door.fields.map(({ at, autocomplete, value }) => ({ at, value: known[autocomplete] ? world.heart(person, known[autocomplete]) : value })))
    tab.begin()
    await tab.press(way.at)
    await tab.settle()
    entered ||= Boolean(door)
  }
  act.signInStatus = tab.last
  act.recovered = await tab.standing()
  act.again = await tab.look()
}
