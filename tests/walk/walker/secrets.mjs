// Whether typed words stand where they must not: on disk, in a log, or on the page of somebody who may not read them.
import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { number } from '../../support/staff.mjs'
import { spellings } from '../../support/traces.mjs'
import { sentinel } from './values.mjs'

const needles = Object.entries(spellings(sentinel))
/** Numbers from 60 are typed ones, those below are the demonstration's own. */
const phone = /(?:7017406|70-174 06 |70 174 06 )[6-9]\d/

/** What must not stand in these bytes, and how it stands there. */
function foundIn (bytes) {
  for (const [spelling, needle] of needles) {
    const at = bytes.indexOf(needle)
    if (at >= 0) return `“${bytes.toString('latin1', Math.max(0, at - 40), at + 30).replace(/[^ -~]/g, '.')}” (${spelling})`
  }
  const number = phone.exec(bytes.toString('latin1'))
  return number ? `a telephone number, ${number[0]}` : undefined
}

/** What has come to the logs since the last look. */
export function inLogs (world) {
  world.read ??= new Map()
  for (const file of readdirSync(world.folder).filter(file => file.endsWith('.log'))) {
    const path = join(world.folder, file)
    const from = world.read.get(file) ?? 0
    const size = statSync(path).size
    if (size <= from) continue
    const bytes = Buffer.alloc(size - from)
    const open = openSync(path, 'r')
    readSync(open, bytes, 0, bytes.length, from)
    closeSync(open)
    world.read.set(file, size)
    const found = foundIn(bytes)
    if (found) return `${file} holds ${found}`
  }
  return undefined
}

/**
 * The database and all else in the folder but the messages that were sent. What a lead writes for everybody to
 * read (a code's place, a campaign's name, the words of a brochure) is plain on purpose, and has no such word.
 */
export function onDisk (world) {
  for (const file of readdirSync(world.folder, { recursive: true })) {
    const path = join(world.folder, file)
    if (/^outbox(\/|$)|\.log$/.test(file) || !statSync(path).isFile()) continue
    const found = foundIn(readFileSync(path))
    if (found) return `${file} holds ${found}`
  }
  return undefined
}

/** Who typed a word may see it; of the staff also those who can open the case that it was typed into. */
export async function onPage (act) {
  const { person, world } = act
  for (const [word] of act.after.text.matchAll(new RegExp(`${sentinel}\\d+x`, 'g'))) {
    const origin = world.words.get(word)
    if (!origin || origin.person === person.name) continue
    if (!person.user) return `${person.name} sees “${word}”, which ${origin.person} typed`
    if (origin.number === undefined) continue
    const [reader] = await world.sql(`SELECT 1 FROM case_keys k JOIN memberships m ON m.queue = k.queue AND m.generation = k.generation
      JOIN accounts a ON a.number = m.account WHERE k.case_number = ${origin.number} AND a.user = '${person.user}'
      UNION ALL SELECT 1 FROM memberships m JOIN accounts a ON a.number = m.account WHERE m.queue = '${origin.asked ?? ''}' AND a.user = '${person.user}'`)
    if (!reader) return `${person.name} sees “${word}”, which ${origin.person} typed into a case that ${person.name} cannot open`
  }
  return undefined
}

/** Whose case the words of a press went into. */
export async function remember (act) {
  if (!act.changed || !act.typed) return
  const ref = /\/case\/([0-9A-HJKMNP-TV-Z]{13})\//.exec(act.to ?? '')?.[1]
  const [row] = ref ? [{ number: String(number(ref)) }] : await act.world.sql(`SELECT CAST(number AS TEXT) AS number FROM cases WHERE received_at = ${Math.floor(act.world.at / 1000)} ORDER BY number DESC LIMIT 1`)
  if (!row) return
  // A greeting that goes with an offer is read before the case can be opened.
  const asked = /\/offer$/.test(act.to ?? '') ? act.typed.find(({ name }) => name === 'queue')?.value : undefined
  for (const { value } of act.typed) for (const [word] of String(value).matchAll(new RegExp(`${sentinel}\\d+x`, 'g'))) Object.assign(act.world.words.get(word) ?? {}, { number: row.number, asked })
}
