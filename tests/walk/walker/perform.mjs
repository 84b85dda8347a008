// Does a step, and tells what came of it. A step that no longer applies on the page that is there, as
// happens while a walk is shrunk, is left out.
import { wait } from '../../support/service.mjs'
import { buttons, keyed, links, pattern } from './draw.mjs'
import { lose, reload, secondTab, signAgain } from './faults.mjs'

const found = (things, { to, text, nth }) => {
  const alike = things.filter(thing => thing.to === to && thing.text === text)
  return alike[Math.min(nth, alike.length - 1)]
}

/** Opens what hides the form, and looks again. */
async function unfold (tab, seen, form) {
  for (let tries = 0; form.fold && tries < 3; tries++) {
    await tab.press(form.fold.at)
    seen = await tab.look()
    form = seen.forms[form.at]
  }
  return form
}

/** What a person knows by heart is looked up now, and never written into a step. */
const said = (entry, world, person) => entry.value?.own ? world.heart(person, entry.value.own) : entry.value

/**
 * Fills the form: as the step says, or, when it is done for the first time, by chance; then what came into
 * view by what was chosen. Gives what was typed, with each field's name.
 */
async function write (act, form) {
  const { step, tab, world, person, chance } = act
  const drawnNow = step.fields === undefined
  step.fields ??= []
  const done = new Set()
  for (let round = 0; round < 3; round++) {
    keyed(form)
    const open = form.fields.filter(field => field.shown && !field.fixed && !done.has(field.at))
    const entries = drawnNow ? world.values.all(form, step.how, chance, person, done) : step.fields.filter(({ key }) => open.some(field => field.key === key))
    for (const { at } of open) done.add(at)
    if (drawnNow) step.fields.push(...entries)
    const filled = entries.map(entry => ({ ...entry, field: form.fields.find(({ key }) => key === entry.key), value: said(entry, world, person) }))
    if (filled.length > 0) await tab.fill(filled.map(({ field, value, checked }) => ({ at: field.at, value, checked })))
    act.seen = await tab.look()
    form = act.seen.forms[form.at]
    if (!keyed(form).fields.some(field => field.shown && !field.fixed && !done.has(field.at))) break
  }
  return form
}

/** What stands in the form's fields at the press, without what nobody should see again. */
const typedIn = form => form.fields.filter(({ name, type, shown, fixed, autocomplete }) => type !== 'password' && type !== 'file' && name !== 'code' && autocomplete !== 'one-time-code' && shown && !fixed)
  .map(({ name, type, label, value, checked }) => ({ name, type, label, value, checked }))

async function press (act) {
  const { step, tab } = act
  const button = found(buttons(act.seen), step.target)
  if (!button) return false
  let form = await unfold(tab, act.seen, button.form)
  form = await write(act, form)
  act.typed = typedIn(form)
  // On the page that asks for a code, a recovery code is one too.
  act.passwords = form.fields.some(({ type }) => type === 'password') || act.seen.forms.some(({ fields }) => fields.some(({ autocomplete }) => autocomplete === 'one-time-code'))
  act.door = form.fields.some(({ autocomplete }) => autocomplete === 'current-password') && form.fields.some(({ autocomplete }) => autocomplete === 'username')
  act.posts = form.method === 'post'
  const named = word => form.fields.find(({ autocomplete }) => autocomplete === word)?.value
  if (named('new-password')) act.fresh = { passphrase: named('new-password'), user: named('username') }
  act.to = form.address
  act.address = pattern(form.address)
  return lose(act, button.at)
}

async function link (act) {
  const target = found(links(act.seen), act.step.target)
  if (!target) return false
  act.tab.begin()
  const spot = await act.tab.press(target.at)
  if (!spot) return false
  await act.tab.settle(!target.within)
  act.leads = !target.within
  return true
}

const deeds = {
  press,
  link,
  tab: secondTab,
  reload,
  async go ({ step, tab, person, world }) { await tab.go(world.url + person.entries[step.entry % person.entries.length]); return true },
  async back ({ tab }) { if (tab.behind < 1) return false; await tab.history('back'); return true },
  async forward ({ tab }) { if (tab.ahead < 1) return false; await tab.history('forward'); return true },
  async mail (act) {
    const mails = (await act.world.mails()).filter(({ user }) => user === act.person.user)
    if (mails.length === 0) return false
    const { pathname, search } = new URL(mails[Math.floor(act.step.pick * mails.length)].link)
    act.mail = pathname
    await act.tab.go(act.world.url + pathname + search)
    return true
  },
  async leap ({ step, world }) { await world.pass(step.seconds); return true },
  async restart ({ world }) { await world.restart(); return true }
}

/** The page that was answered with. A browser moves the focus when it first draws the page, which may be a moment later. */
async function answered (act) {
  let seen = await act.tab.look()
  for (let tries = 0; act.status === 422 && seen.focus.tag === 'body' && tries < 20; tries++) {
    await wait(50)
    seen = await act.tab.look()
  }
  return seen
}

/** The act of that step; undefined when there was nothing to do it to. */
export async function perform (step, person, world, chance) {
  const { tab } = person
  const act = { step, person, world, chance, tab, before: tab.seen, seen: tab.seen, since: world.changes, stale: tab.changes !== world.changes || tab.leaps !== world.leaps, fate: step.fate }
  await world.pass(step.tick)
  tab.begin()
  if (!await deeds[step.kind](act)) return undefined
  act.tab = person.tab
  act.heard = act.tab.heard
  act.downloads = act.tab.downloads
  act.outcome = act.tab.outcome
  act.status = act.tab.last
  act.after = await answered(act)
  // A page that is fetched anew was answered to what was filled in then.
  if (step.kind === 'press') act.tab.filled = (act.typed ?? []).length > 0 || act.passwords
  // A form that asks by GET is refused again when its address is asked for again.
  act.tab.refused ??= new Set()
  if (act.status === 422) act.tab.refused.add(act.after.address)
  act.filled = act.tab.filled || act.tab.refused.has(act.after.address)
  const isOut = act.status === 403 || /[?&]notice=(in|kept)\b/.test(act.after.address)
  if (act.posts && isOut && !act.fate?.startsWith('un') && person.user && !act.door && !await world.signedIn(person.user)) await signAgain(act)
  act.changed = await world.look()
  world.learn(act)
  // A page that was only turned to is as old as it was.
  if (act.heard.answers.some(({ main }) => main)) Object.assign(act.tab, { changes: world.changes, leaps: world.leaps })
  return act
}
