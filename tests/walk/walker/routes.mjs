// The program's routes, and which of them a walk came to.
import { routes as rows } from '../../support/routes.mjs'

const escaped = text => text.replace(/[.\\+?^${}()|[\]]/g, '\\$&')

/** Each route with what its addresses look like: a case number where it has #, one part where it ends in *. */
export const table = () => rows.map(({ route, method, path, fields }) =>
  ({ route, method, path, fields, matches: new RegExp(`^${escaped(path).replace('#', '[0-9A-Z]{13}').replace(/\*$/, '[^/]+')}$`) }))

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
