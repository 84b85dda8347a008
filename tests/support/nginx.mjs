// nginx with the configuration of conf/, in which only paths and ports are replaced.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, freePort, root } from './service.mjs'

export const asRoot = process.getuid() === 0

/** The file of conf/ with the changes made; a change whose text is not in the file fails. */
export const shipped = (file, changes) => changes.reduce((text, [from, to]) => {
  assert.ok(text.includes(from), `${file} has no ${from}`)
  return text.replaceAll(from, to)
}, readFileSync(join(root, 'conf', file), 'utf8'))

/** Starts a program in a process group of its own; `end` ends the group and resolves when the program has exited. */
export function launch (program, args, env) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
  const exited = new Promise(resolve => child.once('exit', resolve))
  child.end = () => {
    try { process.kill(-child.pid, 'SIGTERM') } catch {}
    return exited
  }
  process.once('exit', child.end)
  return child
}

/**
 * Serves TLS for localhost before `upstream`, "127.0.0.1:8888" or
 * "unix:/path". It writes into the folder; its workers are www-data where it may.
 */
export async function startNginx ({ folder, upstream, port, plainPort }) {
  port ??= await freePort()
  plainPort ??= await freePort()
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')], { stdio: 'ignore' })
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'away.html'), execFileSync(command, ['away', '--config', join(root, 'conf/service.conf')]))
  writeFileSync(join(folder, 'site.conf'), shipped('nginx.conf', [
    ['unix:/run/egenremiss/http.sock', upstream], ['/etc/ssl/egenremiss', folder], ['/var/log/nginx', join(folder, 'logs')], ['root /etc/egenremiss;', `root ${folder};`],
    ['listen [::]:80;', ''], ['listen [::]:443 ssl http2;', ''],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`], ['listen 443 ', `listen 127.0.0.1:${port} `], ['vagen.example.se', 'localhost']
  ]))
  writeFileSync(join(folder, 'nginx.conf'), `${asRoot ? 'user www-data;' : ''} pid ${folder}/nginx.pid; daemon off;
    error_log ${folder}/logs/error.log; events {} http { client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; include ${folder}/site.conf; }`)
  if (asRoot) chmodSync(folder, 0o755)
  const child = launch('nginx', ['-p', folder, '-e', join(folder, 'logs/error.log'), '-c', join(folder, 'nginx.conf')])
  return { port, plainPort, end: child.end }
}
