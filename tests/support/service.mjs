// A service of its own for a test: a folder, a port, Kore, stopped at the end.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
export const build = resolve(process.env.BUILD ?? join(root, 'build'))
export const command = join(build, 'egenremiss')
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

async function freePort () {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Starts Kore in its own process group and answers when /health does. */
export async function startService ({ config = join(root, 'conf/service.conf'), data, workers = 2, env = {} } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'egenremiss-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const environment = { ...process.env, EGENREMISS_URL: url, EGENREMISS_DATA: folder, EGENREMISS_CONFIG: config, ...env }
  const run = (...args) => execFileSync(command, args, { env: environment, encoding: 'utf8' })
  const demo = run('init', '--demo', '--data', folder)
  const kore = readFileSync(join(root, 'conf/kore.local.conf'), 'utf8')
    .replace('@PORT@', port).replace('@MODULE@', join(build, 'egenremiss.so'))
    .replace(/^workers\s+\d+/m, `workers ${workers}`)
  writeFileSync(join(folder, 'kore.conf'), kore)
  const log = join(folder, 'kore.log')
  const service = {
    url, port, folder, log, run, demo,
    user: /^user: (.*)$/m.exec(demo)?.[1],
    passphrase: /^passphrase: (.*)$/m.exec(demo)?.[1],
    process: null,
    async start () {
      const out = openSync(log, 'a')
      service.process = spawn('bash', ['-c', `ulimit -n 1024; exec kore -fnrq -c ${join(folder, 'kore.conf')}`],
        { cwd: root, env: environment, stdio: ['ignore', out, out], detached: true })
      for (let i = 0; i < 400; i++) {
        if (service.process.exitCode !== null) break
        if (await fetch(`${url}/health`).then(answer => answer.ok, () => false)) return service
        await wait(25)
      }
      throw new Error(`the service does not answer:\n${readFileSync(log, 'utf8')}`)
    },
    signal (name) { try { process.kill(-service.process.pid, name) } catch {} },
    async end (name = 'SIGTERM') {
      const ended = service.process.exitCode === null && service.process.signalCode === null
        ? new Promise(resolve => service.process.once('exit', resolve)) : null
      service.signal(name)
      await ended
      service.signal('SIGKILL')
    },
    async stop () {
      await service.end()
      if (!data) rmSync(folder, { recursive: true, force: true })
    }
  }
  return service.start()
}

/** A form as a browser sends it. */
export const post = (url, fields, headers = {}) => fetch(url, {
  method: 'POST', redirect: 'manual', headers,
  body: fields instanceof URLSearchParams || typeof fields === 'string' ? fields : new URLSearchParams(fields)
})

/** The three submitters, right in every field. */
export const right = {
  self: { who: 'self', area: '1781', age: '18-19', name: 'Alva', phone: '070-174 06 05', contact: 'call' },
  relative: { who: 'relative', area: '1781', age: '15-17', name: 'Bosse', phone: '070-174 06 06', contact: 'sms-first', knows: 'yes' },
  professional: { who: 'professional', area: '1781', age: '20-24', name: 'Cim', phone: '070-174 06 07', contact: 'call-silent', agreed: 'yes', workplace: 'health' }
}
