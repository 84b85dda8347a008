// Lists the files in a folder. It does not use readdirSync's `recursive`, which node before
// 18.17 ignores and which fails at a socket in node 18.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The files in a folder and its subfolders, by their paths from there; no sockets. */
export function filesBelow (folder, within = '') {
  return readdirSync(join(folder, within), { withFileTypes: true }).flatMap(entry => {
    const path = join(within, entry.name)
    if (entry.isDirectory()) return filesBelow(folder, path)
    return statSync(join(folder, path)).isFile() ? [path] : []
  })
}
