// The program's own table of routes, as tests/walk/routes.c prints it, and which of them a walk came to.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from '../../support/service.mjs'

const escaped = text => text.replace(/[.\\+?^${}()|[\]]/g, '\\$&')

/** Each route with what its addresses look like: a case number where it has #, one part where it ends in *. */
export const table = () => execFileSync(join(build, 'tests/walk/routes'), { encoding: 'utf8' }).trim().split('\n').map(route => {
  const [method, path, ...fields] = route.split(' ')
  return { route: `${method} ${path}`, method, path, fields, matches: new RegExp(`^${escaped(path).replace('#', '[0-9A-Z]{13}').replace(/\*$/, '[^/]+')}$`) }
})

/** Routes to which no request came that its handler answered; `reached` holds "METHOD path status". */
export function unreached (reached) {
  const routes = table()
  const found = new Set()
  for (const request of reached) {
    const [method, path, status] = request.split(' ')
    if (Number(status) >= 400 && !['409', '422'].includes(status)) continue
    const hit = routes.find(route => route.method === method && route.matches.test(path))
    if (hit) found.add(hit.route)
  }
  return { all: routes.length, never: routes.map(({ route }) => route).filter(route => !found.has(route)) }
}
