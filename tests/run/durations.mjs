// How long each test took, and how much of it a core was busy: by the last run in this
// build folder, and for a fresh one by tests/durations.json, which make test-durations
// writes. It decides the order alone, so a test that is new or much changed needs no care.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from './list.mjs'

const table = new URL('../durations.json', import.meta.url)
const last = join(build, 'tests/durations.json')
const read = file => existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const known = { ...read(table), ...read(last) }
const tenth = number => Math.round(number * 10) / 10

export const title = ({ folder, name, how }) => `${folder}/${name}${how ? `, ${how}` : ''}`

/** What is not known is taken for something in between. */
export const expected = test => known[title(test)] ?? { seconds: 10, cpu: 10 }

/** Keeps what was measured: of every test in the table, of those that ran in the build folder. */
export function keep (measured, inTable) {
  const all = inTable ? measured : { ...read(last), ...measured }
  const lines = Object.entries(all).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, { seconds, cpu }]) => `\t${JSON.stringify(name)}: { "seconds": ${tenth(seconds)}, "cpu": ${tenth(cpu)} }`)
  if (!inTable) mkdirSync(dirname(last), { recursive: true })
  writeFileSync(inTable ? table : last, `{\n${lines.join(',\n')}\n}\n`)
}
