// What a page says, held against the database.
import { dayInWords } from '../../support/promise.mjs'
import { number } from '../../support/staff.mjs'

/**
 * Tables whose rows say that somebody looked or came in, not that something was done; and `message_cases`, whose
 * rows are alike when one act tells several colleagues (`messages` has who).
 */
const idle = new Set(['message_cases', 'sessions', 'browsers', 'visits', 'marks', 'alerts', 'meta', 'repeats', 'case_keys', 'memberships', 'drafts', 'taken_forms'])

/** Columns that differ between two rows of the same content: keys, places in an order, moments, what is sealed. */
const own = ({ name, type, pk }) => type === 'BLOB' || /(^|_)at$|^step$|^of_step$/.test(name) || (pk === 1 && type === 'INTEGER' && name !== 'case_number')

/** Every row of every table, but for what makes each row its own. */
export async function rows (world) {
  world.columns ??= await columns(world)
  const all = new Map()
  for (const [table, names] of world.columns) {
    // A number is no double: as text it is read whole.
    const list = names.map(name => `CAST("${name}" AS TEXT) AS "${name}"`).join(', ')
    for (const row of await world.sql(`SELECT count(*) AS "rows", ${list} FROM ${table} GROUP BY ${names.map((_, i) => i + 2).join(', ')}`)) {
      const { rows: n, ...content } = row
      if (table === 'events' && content.act === 'open') continue
      all.set(`${table} ${JSON.stringify(content)}`, n)
    }
  }
  return all
}

async function columns (world) {
  const tables = (await world.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")).map(({ name }) => name).filter(name => !idle.has(name))
  const found = []
  for (const table of tables) {
    const names = (await world.sql(`SELECT name, type, pk FROM pragma_table_info('${table}')`)).filter(column => !own(column))
      .map(({ name }) => name)
    if (names.length > 0) found.push([table, names])
  }
  return found
}

/**
 * The same content twice since the last look: of a press that came twice anywhere, of any other among what is
 * done about a case (a list of codes may well hold the same line twice).
 */
export async function once (act) {
  const { world } = act
  if (!act.changed && act.fate !== 'twice') return undefined
  const [before, now] = [world.held, world.held = await rows(world)]
  if (!act.posts) return undefined
  // An act may store a record for each text that it takes.
  const texts = (act.typed ?? []).filter(({ type, value }) => type === 'textarea' && String(value).trim() !== '').length
  const most = row => row.startsWith('records ') ? Math.max(1, texts) : 1
  const twice = [...now].filter(([row, n]) => n - (before.get(row) ?? 0) > most(row) && (act.fate === 'twice' || /^(cases|events|records) /.test(row)))
  return twice.length > 0 ? `one act, and stored ${twice.map(([row, n]) => `${n - (before.get(row) ?? 0)} × ${row}`).join('; ')}` : undefined
}

/** A receipt's day is the promise of the case that the press made. */
export async function receiptDay (act) {
  if (act.person.user || !act.posts || !act.changed || act.status >= 400 || act.fate === 'unsent' || act.fate === 'unanswered') return undefined
  const [row] = await act.world.sql(`SELECT promised_at, received_at FROM cases WHERE received_at = ${Math.floor(act.world.at / 1000)} ORDER BY number DESC LIMIT 1`)
  if (!row) return undefined
  const day = Date.parse(new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format(row.promised_at * 1000))
  const words = dayInWords(day, act.after.lang)
  return act.after.text.replace(/[\u2066-\u2069]/g, '').includes(words) ? undefined : `the case is promised for ${words}, which the page does not say`
}

const member = user => `SELECT m.queue FROM memberships m JOIN accounts a ON a.number = m.account WHERE a.user = '${user}'`

/** How many are open and how many are the reader's, where the page says it of all. */
export async function counts (act) {
  const { user } = act.person
  if (!user || act.after.counts === undefined) return undefined
  const said = act.after.counts.split('·').map(part => /\d+/.exec(part)?.[0]).map(n => n === undefined ? undefined : Number(n))
  const [open, mine] = said.slice(-2)
  const away = `SELECT d.number FROM absences b JOIN accounts d ON d.number = b.account JOIN accounts me ON me.number = b.deputy WHERE me.user = '${user}'`
  const [own] = await act.world.sql(`SELECT count(*) AS open, sum(holder = (SELECT number FROM accounts WHERE user = '${user}')) AS mine, sum(holder IN (${away})) AS stands
    FROM cases WHERE due_at IS NOT NULL AND queue IN (${member(user)}) AND number NOT IN (SELECT case_number FROM conflicts_of_interest WHERE account = (SELECT number FROM accounts WHERE user = '${user}'))`)
  if (open !== undefined && open !== own.open) return `the page says ${open} open (“${act.after.counts}”), the database ${own.open}`
  if (mine !== undefined && (mine < (own.mine ?? 0) || mine > (own.mine ?? 0) + (own.stands ?? 0))) return `the page says ${mine} of the reader's (“${act.after.counts}”), the database ${own.mine ?? 0}`
  return undefined
}

/** A row that shows a number to ring is held by the reader, or by somebody for whom the reader stands in. */
export async function yours (act) {
  const { user } = act.person
  if (!user) return undefined
  for (const { ref, mine, free } of act.after.rows) {
    const [row] = await act.world.sql(`SELECT a.user, c.state, (SELECT count(*) FROM absences b WHERE b.account = c.holder) AS away FROM cases c LEFT JOIN accounts a ON a.number = c.holder WHERE c.number = ${number(ref)}`)
    if (!row) return `the row of case ${ref} is of no case`
    if (mine && row.user !== user && !row.away) return `case ${ref} shows a number to ring to ${user}, and ${row.user ?? 'nobody'} holds it`
    if (free && row.user && !row.away) return `case ${ref} can be taken, and ${row.user} holds it`
  }
  return undefined
}

/** A redirect that says that something was done came with a write. */
export function done (act) {
  const said = act.heard.answers.find(({ main, method, location }) => main && method === 'POST' && /[?&]notice=(?!(?:in|kept|stale|again)\b)/.test(location ?? ''))
  return act.posts && said && !act.changed ? `“${act.after.alert}” (${said.location}), and nothing was written` : undefined
}
