// Opens everything in a database with the recovery key, with a program that links nothing of the
// service: tests/unit/seal_format.c.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, root } from './service.mjs'

function program () {
  const made = join(build, 'tests/unit/seal_format')
  if (!existsSync(made)) {
    execFileSync('make', [`BUILD=${build}`, made], { cwd: root, stdio: 'pipe' })
  }
  return made
}

/** Every record of the database: its case, its kind, and its fields as URLSearchParams. */
export function unsealed (service, database = join(service.folder, 'egenremiss.db')) {
  return execFileSync(program(), [database, service.recovery], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n').filter(Boolean).map(line => {
      const [number, record, kind, text] = line.split(' ')
      return { number, record, kind: Number(kind), form: new URLSearchParams(text) }
    })
}
