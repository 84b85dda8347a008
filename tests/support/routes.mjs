// The program's routes, read from the tables at the end of the files in app/, and the masks of
// roles in app/staff/staff.h.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './service.mjs'

const app = join(root, 'app')
const texts = readdirSync(app, { recursive: true }).filter(file => /\.[ch]$/.test(file)).sort()
  .map(file => [file, readFileSync(join(app, file), 'utf8')])

/** The roles of a mask, by its name in the source; '0' needs no sign-in and has no roles. */
export function rolesOf (mask) {
  if (mask === '0') return []
  const body = texts.filter(([file]) => /^(public|server|staff)\//.test(file)).map(([, text]) => new RegExp(`^#define ${mask}\\s+\\(?([^()\\n]+)\\)?$`, 'm').exec(text)?.[1]).find(found => found)
  assert.ok(body, `no header of pages defines the mask ${mask}`)
  return body.split('|').filter(part => !part.trim().startsWith('ROUTE_')).flatMap(part => /ROLE_(\w+)/.exec(part)?.slice(1) ?? rolesOf(part.trim()))
}

const row = /\{ METHOD_(\w+), "([^"]+)", (\w+),\s*(WORKER_\w+),\s*(\w+),\s*\{([^}]*)\} \}/g
const table = /^const struct route (\w+)\[\] = \{\n([^]*?)^\};/gm

/** Tables by their names: the file, and of each row method, path, mask, roles, worker thread, handler and fields. */
export const tables = Object.fromEntries(texts.flatMap(([file, text]) => [...text.matchAll(table)].map(([, name, body]) => [name, {
  file,
  rows: [...body.matchAll(row)].map(([, method, path, mask, thread, handler, fields]) => ({
    route: `${method} ${path}`, method, path, mask, roles: rolesOf(mask), thread, handler, fields: [...fields.matchAll(/"([^"]+)"/g)].map(([, field]) => field)
  })),
  count: body.split('{ METHOD_').length - 1
}])))

// A row that cannot be read, a table that main.c does not list, and a path that two rows claim are faults of ours.
const main = texts.find(([file]) => file === 'main.c')[1]
for (const [name, { file, rows, count }] of Object.entries(tables)) {
  assert.ok(rows.length === count && count > 0, `${file}: ${count} rows, ${rows.length} of them can be read`)
  assert.match(main, new RegExp(`\\b${name}\\b`), `main.c does not list ${name}`)
}
export const routes = Object.values(tables).flatMap(({ rows }) => rows)
assert.equal(new Set(routes.map(({ route }) => route)).size, routes.length, 'a route stands in two rows')
