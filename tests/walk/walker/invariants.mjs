// What holds after every step. Each invariant has a name, by which it can be off; a check gives a text that says
// what is wrong, or nothing.
import { inLogs, onDisk, onPage } from './secrets.mjs'
import { counts, done, once, receiptDay, yours } from './truth.mjs'

const cleaned = text => String(text).normalize('NFC').replace(/[\u200b\u2060\u00ad\u2066-\u2069\u200e\u200f\u202a-\u202e]/g, '').replace(/\s+/g, ' ').trim()
const isText = ({ type }) => !['radio', 'checkbox', 'select'].includes(type)

/** What was typed and does not stand in a field any more. */
function lost (typed, standing) {
  return (typed ?? []).filter(field => {
    if (isText(field)) return cleaned(field.value) !== '' && !standing.some(other => isText(other) && cleaned(other.value) === cleaned(field.value))
    if (field.type === 'select') return field.value !== '' && !standing.some(({ name, value }) => name === field.name && value === field.value)
    return field.checked && !standing.some(({ name, value, checked }) => name === field.name && value === field.value && checked)
  }).map(({ label, name, value }) => `${label || name}: “${String(value).slice(0, 60)}”`)
}

/** Texts, and the choices among which the page still lets choose: of a form that is there no more only texts are shown. */
const stillAsked = (typed, standing) => (typed ?? []).filter(field => isText(field) || standing.some(({ name }) => name === field.name))

/** Nobody is signed in there: what proves who somebody is is not kept. */
const isDoor = act => act.door || (act.person.user !== undefined && !act.seen.forms.some(({ where }) => where === 'frame'))
/** Not when the first of two presses was taken: what was typed is where it belongs. */
const refusal = act => act.posts && act.status >= 400 && !act.signedOut && !act.fate?.startsWith('un') && !(act.first < 400)
const standing = act => act.after.forms.flatMap(({ fields }) => fields)
const says = (missing, where) => missing.length > 0 ? `${where} these stand no more: ${missing.join('; ')}` : undefined
/** A page that this step was answered with; another one may be older than what has happened since. */
const isFresh = act => act.heard.answers.some(({ main }) => main)
const page = act => act.after.heading || act.after.title

/** 403, 404 and 409 are the person's own doing when the page was older than what has happened since. */
function excused (act, status, url) {
  if (status === 422) return act.filled
  if ((status === 403 || status === 429) && (act.passwords || ['reload', 'back', 'forward'].includes(act.step.kind))) return true
  if (status === 403 && act.signedOut) return true
  // Back to the page of a case that one has said no to, because one knows the person.
  if (status === 404 && /\/staff\/case\//.test(url) && ['reload', 'back', 'forward'].includes(act.step.kind)) return true
  return (status === 403 || status === 404 || status === 409) && (act.stale || act.fate === 'twice' || act.fate === 'unanswered')
}

/**
 * A page that was never sent cannot be kept when the session has ended meanwhile. What staff sent and the
 * service has stored, before the answer was lost, need not stand in a field.
 */
const networkLost = act => (act.fate === 'unsent' || (act.fate === 'unanswered' && !(act.person.user && act.changed))) && act.recovered && (act.door ? /\/staff(\?|$)/ : /^(?!.*[?&]notice=in\b)/).test(act.backAt)
  ? says(lost(act.typed, act.recovered), `after the network was lost at the press, and Back (${act.backAt.replace(act.world.url, '')}),`)
  : undefined

export const invariants = {
  /** 1: no answer of 400 or more that the step does not explain. */
  answers (act) {
    const bad = act.heard.answers.filter(({ status }) => status >= 400).find(({ status, main, url }) => !main || !excused(act, status, url))
    return bad && `${bad.method} ${bad.url.replace(act.world.url, '')} answers ${bad.status} (“${page(act)}: ${act.after.alert.slice(0, 120)}”)`
  },
  /** 1: what was refused has the focus on what to mend. */
  focus (act) {
    if (act.status !== 422 || act.step.kind !== 'press') return undefined
    const { focus } = act.after
    return focus.invalid || focus.alert ? undefined : `the answer is 422, and the focus is on <${focus.tag}${focus.id ? ` id=${focus.id}` : ''}>`
  },
  /** 1: who lost a race is told to whom. */
  async raced (act) {
    if (!act.posts || act.status !== 409) return undefined
    const ref = /case\/#/.test(act.address) ? /([0-9A-HJKMNP-TV-Z]{13})/.exec(act.tab.page.url())?.[1] : undefined
    if (!ref) return undefined
    const { number } = await import('../../support/staff.mjs')
    const [last] = await act.world.sql(`SELECT a.user, a.name FROM events e JOIN accounts a ON a.number = e.account WHERE e.case_number = ${number(ref)} AND e.act NOT IN ('open', 'find', 'print', 'copy') ORDER BY e.step DESC LIMIT 1`)
    if (!last || last.user === act.person.user) return undefined
    return act.after.alert.includes(last.name) ? undefined : `${last.name} was first, and the page says only “${act.after.alert.slice(0, 160)}”`
  },
  /** 2: what is refused stands in its fields again. */
  'typed-refused': act => refusal(act) && act.status === 422 ? says(lost(act.typed, standing(act)), 'refused with 422,') : undefined,
  /** 2: so does what lost a race or came from a page that was too old. */
  'typed-raced': act => refusal(act) && act.status !== 422 && !isDoor(act) ? says(lost(act.typed, standing(act)), `refused with ${act.status},`) : undefined,
  /** 2: what met a session that had run out stands there after signing in. */
  'typed-session': act => act.signedOut && act.recovered ? says(lost(stillAsked(act.typed, act.recovered), act.recovered), 'signed in again,') : undefined,
  /** 2: what the network lost at the press stands there on Back. */
  'typed-network': act => act.person.kind.script ? networkLost(act) : undefined,
  'typed-network-unscripted': act => act.person.kind.script ? undefined : networkLost(act),
  /** 3: a way on from every page. */
  'way-on': act => act.after.html && !act.tab.broken && act.after.address.startsWith('http') && act.after.ways === 0 ? `“${page(act)}” (${act.after.address.replace(act.world.url, '')}) has no link and no button` : undefined,
  /** 3: Back, Forward and Reload never end at an error of the browser's. */
  history: act => ['back', 'forward', 'reload'].includes(act.step.kind) && act.tab.broken && !act.before?.address?.startsWith('chrome-error') ? `the browser shows an error of its own: ${act.outcome?.failed?.replace(/^page\.\w+: /, '') ?? ''}` : undefined,
  /** 3: what was pressed comes to rest. */
  rest: act => act.outcome?.failed && !act.fate && !['back', 'forward', 'reload'].includes(act.step.kind) && !/ERR_ABORTED/.test(act.outcome.failed) ? act.outcome.failed : undefined,
  /** 4: what the page says is true. */
  'receipt-day': receiptDay,
  counts: act => isFresh(act) ? counts(act) : undefined,
  yours: act => isFresh(act) ? yours(act) : undefined,
  done,
  once,
  /** 5 */
  console: act => act.heard.said.find(text => !/Content Security Policy/.test(text)),
  policy: act => act.heard.said.find(text => /Content Security Policy/.test(text)),
  'third-party': act => act.heard.strangers[0] && `${act.heard.strangers[0]} is asked`,
  sideways: act => act.after.html && !act.tab.broken && act.after.wide > 0 ? `“${page(act)}” is ${act.after.wide} pixels too wide` : undefined,
  /** 6 */
  async doctor (act) {
    if (!act.changed) return undefined
    const { status, said } = await act.world.doctor()
    return status === 0 ? undefined : said.split('\n').filter(line => !/\t|^warning|^last backup/.test(line)).join('; ')
  },
  log: act => inLogs(act.world),
  disk: act => act.changed || act.step.kind === 'restart' ? onDisk(act.world) : undefined,
  elsewhere: onPage
}

/** axe looks beside the walk, see looks.mjs. */
export const names = [...Object.keys(invariants), 'axe']

/** Each breach of an act, as { name, says }. */
export async function breaches (act, only) {
  const found = []
  for (const [name, check] of Object.entries(invariants)) {
    if (only && !only.includes(name)) continue
    const says = await check(act)
    if (says) found.push({ name, says })
  }
  return found
}
