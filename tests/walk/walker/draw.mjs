// What somebody does next, drawn from what the page in front of them allows. Nothing here knows an address.

/** An address as it is written in a table of routes: case numbers are #, codes and secrets *. */
export function pattern (address) {
  const { pathname } = new URL(address, 'http://x')
  return pathname.split('/').map(part => /^[0-9A-HJKMNP-TV-Z]{13}$/.test(part) ? '#' : /^([0-9A-Za-z_-]{40,}|(?=.*\d|[A-Z]+$)[0-9A-Z]{6})$/.test(part) ? '*' : part).join('/')
}

/** Gives each field a name within its form that is the same in another run. */
export function keyed (form) {
  const seen = new Map()
  for (const field of form.fields) {
    const base = field.type === 'radio' ? `${field.name}=${field.value}` : field.name
    const n = seen.get(base) ?? 0
    seen.set(base, n + 1)
    field.key = n === 0 ? base : `${base}~${n}`
  }
  return form
}

/** Numbers those that read alike, so that a press can be found again on a page of another run. */
function numbered (things, name) {
  const seen = new Map()
  for (const thing of things) {
    const key = name(thing)
    thing.nth = seen.get(key) ?? 0
    seen.set(key, thing.nth + 1)
  }
  return things
}

/** Every button of the page with its form. */
export function buttons (seen) {
  return numbered(seen.forms.filter(form => form.shown || form.fold).flatMap(form => form.buttons.map(button => ({
    ...button, form: keyed(form), to: `${form.method === 'get' ? 'GET' : 'POST'} ${pattern(form.address)}`
  }))), ({ to, text }) => `${to} ${text}`)
}

export const links = seen => numbered(seen.links.map(link => ({ ...link, to: pattern(link.address) })), ({ to, text }) => `${to} ${text}`)

const rare = 0.15

/** How often somebody does it, before what is new is preferred. */
function weightOf (thing, person) {
  if (thing.form === undefined) return thing.lang ? rare : thing.within ? rare : thing.where === 'frame' ? 0.5 : 1
  // A sign-in takes long, so a sign-out is seldom.
  if (thing.form.where === 'frame') return rare / 3
  return thing.form.fields.some(({ shown }) => shown) || thing.form.fold ? 2 : 1.5
}

/** What leads where nobody has been is tried eight times as often, what only reads differently a little more often. */
const prefer = (things, person, walked) => things.map(thing =>
  [weightOf(thing, person) * (walked.has(thing.to) ? walked.has(`${thing.to} ${thing.text}`) ? 1 : 1.5 : 8), thing])

const kinds = [[56, 'press'], [25, 'link'], [5, 'back'], [3, 'forward'], [2.5, 'reload'], [2, 'tab'], [2, 'go'], [2, 'mail'], [1.5, 'leap'], [0.5, 'restart']]
const leaps = [[5, { seconds: 3600, words: 'an hour' }], [3, { seconds: 43200, words: 'a night' }], [1, { seconds: 604800, words: 'a week' }]]

/** What happens to a press, besides. */
const fates = [[74, undefined], [8, 'twice'], [5, 'unsent'], [4, 'unanswered'], [6, 'expired']]

function pressOf (seen, person, chance, walked) {
  const button = chance.weighted(prefer(buttons(seen), person, walked))
  if (!button) return undefined
  const { form } = button
  const isDoor = form.fields.some(({ autocomplete }) => autocomplete === 'current-password') && !seen.forms.some(({ where }) => where === 'frame')
  const how = chance.weighted(isDoor ? [[90, 'plausible'], [6, 'odd'], [4, 'half']] : [[66, 'plausible'], [20, 'odd'], [14, 'half']])
  const fate = chance.weighted(fates)
  const post = form.method === 'post'
  return {
    kind: 'press', target: { to: button.to, text: button.text, nth: button.nth }, how,
    fate: !post || (fate === 'expired' && (!person.user || isDoor)) ? undefined : fate
  }
}

/**
 * The step that a person takes on this page. `walked` holds what was pressed before: what was not is more
 * likely.
 */
export function draw (person, seen, chance, walked) {
  const step = drawn(person, seen, chance, walked)
  return { who: person.name, tick: 1 + chance.below(40), ...step }
}

function drawn (person, seen, chance, walked) {
  if (person.tab.broken || !seen?.html) return chance.maybe(0.6) ? { kind: 'back' } : { kind: 'go', entry: chance.below(person.entries.length) }
  for (;;) {
    const kind = chance.weighted(kinds)
    if (kind === 'press') {
      const step = pressOf(seen, person, chance, walked)
      if (step) return step
    } else if (kind === 'link') {
      const link = chance.weighted(prefer(links(seen), person, walked))
      if (link) return { kind, target: { to: link.to, text: link.text, nth: link.nth } }
    } else if (kind === 'leap') {
      return { kind, ...chance.weighted(leaps) }
    } else if (kind === 'go') {
      return { kind, entry: chance.below(person.entries.length) }
    } else if (kind === 'mail') {
      if (person.user) return { kind, pick: chance.next() }
    } else if (kind === 'back' ? person.tab.behind > 0 : kind !== 'forward' || person.tab.ahead > 0) {
      return { kind }
    }
  }
}
