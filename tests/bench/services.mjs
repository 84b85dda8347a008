// The programs that are measured: the service, and a bare Kore beside it.
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, freePort, root, startService, wait } from '../support/service.mjs'

export const made = name => join(build, 'tests/bench', name)

/** One request on a connection of its own; the answer's bytes. */
export const raw = (port, request) => new Promise((resolve, reject) => {
  const parts = []
  const socket = connect(port, '127.0.0.1', () => socket.write(request))
  socket.on('data', part => parts.push(part))
  socket.on('end', () => resolve(Buffer.concat(parts)))
  socket.on('error', reject)
})

export const get = (port, path) => raw(port,
  `GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n`)

/** Kore on the kore.conf of a folder. */
export function spawnKore (folder, env) {
  const out = openSync(join(folder, 'kore.log'), 'a')
  const child = spawn('bash', ['-c', 'ulimit -n 1024; exec kore -fnrq -c kore.conf'],
    { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', out, out], detached: true })
  const exit = new Promise(resolve => child.once('exit', resolve))
  closeSync(out)
  return {
    pid: child.pid,
    async end () {
      process.kill(-child.pid, 'SIGTERM')
      await exit
    }
  }
}

/** Waits for Kore's answer; milliseconds since the call. */
export async function firstAnswer (port, path) {
  const began = process.hrtime.bigint()
  for (let i = 0; i < 5000; i++) {
    const answer = await get(port, path).catch(() => null)
    if (answer?.toString('latin1').startsWith('HTTP/1.1 200')) {
      return Number(process.hrtime.bigint() - began) / 1e6
    }
    await wait(1)
  }
  throw new Error(`port ${port} does not answer`)
}

/** The service, perhaps with another build of the module. */
export async function startOurs ({ module, ...options } = {}) {
  const service = await startService({ argon2: 'real', ...options })
  if (!module) return service
  const file = join(service.folder, 'kore.conf')
  await service.end()
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^load\s.*$/m, `load ${module}`))
  return service.start()
}

/** Kore with bare.c, as ours is configured: GET answers the bytes given, POST seals. */
export async function startBare ({ workers = 2, answer } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'egenremiss-bare-'))
  const port = await freePort()
  const file = name => join(folder, name)
  if (answer) {
    const end = answer.indexOf('\r\n\r\n')
    const headers = answer.subarray(0, end).toString('latin1')
    // From its first to its last header; the rest is Kore's own.
    writeFileSync(file('headers'), /\r\ncontent-type: ([\s\S]*?)\r\ncontent-length: /.exec(headers)[1])
    writeFileSync(file('page'), answer.subarray(end + 4))
  }
  writeFileSync(file('kore.conf'), readFileSync(join(root, 'conf/kore.local.conf'), 'utf8')
    .replace('@DATA@', folder).replace('@PORT@', port).replace('@MODULE@', made('bare.so'))
    .replace(/^workers\s+\d+/m, `workers ${workers}`).replace('web_request', 'bare_request'))
  const kore = spawnKore(folder, { BARE_HEADERS: file('headers'), BARE_PAGE: file('page') })
  await firstAnswer(port, '/')
  return {
    port,
    pid: kore.pid,
    url: `http://localhost:${port}`,
    async stop () {
      await kore.end()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const running = new Set()

/** Runs `use` with a service that is stopped whatever happens. */
export async function using (starting, use) {
  const service = await starting
  running.add(service)
  try { return await use(service) } finally { running.delete(service); await service.stop() }
}

for (const name of ['SIGINT', 'SIGTERM']) {
  process.once(name, async () => {
    await Promise.all([...running].map(service => service.stop()))
    process.exit(1)
  })
}
