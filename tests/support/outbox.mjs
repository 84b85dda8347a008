// The other ends of the outbox: Debian's OpenSMTPD with a folder as mailbox, a text gateway that
// a test controls, and a proxy that cuts connections.
import { spawn } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, discard, freePort, root, until } from './service.mjs'

export { until }

/** Writes the demonstration's configuration, with `settings` before it, into a file in a new folder. */
export function configWith (settings, change = text => text) {
  const folder = mkdtempSync(join(tmpdir(), 'egenremiss-conf-'))
  const path = join(folder, 'service.conf')
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const text = readFileSync(join(root, 'conf/service.conf'), 'utf8').replaceAll('../assets', join(root, 'assets'))
  writeFileSync(join(folder, 'password'), 'hemligt lösen\n', { mode: 0o600 })
  writeFileSync(path, `${settings}\n${change(text)}`)
  return path
}

const outboxes = new Set()
process.once('exit', () => { for (const { process } of outboxes) process?.kill('SIGKILL') })

/** The outbox process of a service, with the service's clock; `env` adds to its environment. */
export class Outbox {
  constructor (service, more = {}) {
    this.service = service
    this.environment = { ...service.environment, ...more }
    this.log = join(service.folder, 'outbox.log')
    outboxes.add(this)
  }

  start (...words) {
    const out = openSync(this.log, 'a')
    this.process = spawn(command, ['outbox', ...words], { env: this.environment, stdio: ['ignore', out, out] })
    closeSync(out)
    this.ended = new Promise(resolve => this.process.once('exit', (code, signal) => resolve(signal ?? code)))
    return this
  }

  /** Its exit status, or the signal that ended it. */
  async end (signal = 'SIGTERM') {
    const { process } = this
    process.kill(signal)
    const how = await this.ended
    this.service.clock?.sweep(process.pid)
    return how
  }

  /** Sends the messages that are due, once. */
  async once () { this.start('--once'); return this.ended }

  get said () { return readFileSync(this.log, 'utf8') }
}

/**
 * OpenSMTPD, which must be root to deliver, and of which a machine can run one.
 * mails() is what has arrived, decoded.
 */
export async function startSmtp () {
  const folder = mkdtempSync(join(tmpdir(), 'egenremiss-smtp-'))
  const box = join(folder, 'mail')
  const port = await freePort()
  mkdirSync(box)
  for (const path of [folder, box]) chmodSync(path, path === box ? 0o777 : 0o755)
  writeFileSync(join(folder, 'smtpd.conf'), `table everybody { "@" = "nobody" }
table refused { "full@example.org" }
listen on 127.0.0.1 port ${port} hostname test.example
action "keep" maildir "${box}" virtual <everybody>
match from any for rcpt-to <refused> reject
match from any for any action "keep"
`)
  // Once its input ends, as it does however this process ends, the shell takes the server along.
  const shell = `${process.getuid() === 0 ? '' : 'sudo '}/usr/sbin/smtpd -d -f ${join(folder, 'smtpd.conf')} & server=$!; cat > /dev/null; kill $server; wait $server`
  const server = spawn('sh', ['-c', shell], { stdio: ['pipe', 'ignore', 'pipe'] })
  let said = ''
  server.stderr.on('data', bytes => { said += bytes })
  await until(() => new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => { socket.destroy(); resolve(true) }).once('error', () => resolve(false))
  }), `smtpd does not start: ${said}`)
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails () {
      const folders = readdirSync(box).includes('new') ? [join(box, 'new')] : []
      return folders.flatMap(path => readdirSync(path).sort().map(file => letter(readFileSync(join(path, file), 'latin1'))))
    },
    async stop () {
      const ended = new Promise(resolve => server.once('exit', resolve))
      server.stdin.end()
      await ended
      discard(folder)
    }
  }
}

const quoted = text => Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (all, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString()

/** Decodes a raw mail: its headers by lower-case name, its subject and its body. */
export function letter (raw) {
  const [head, ...rest] = raw.replaceAll('\r\n', '\n').split('\n\n')
  const headers = Object.fromEntries(head.replace(/\n[ \t]+/g, ' ').split('\n').map(line => [line.split(':')[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  const subject = (headers.subject ?? '').replace(/=\?utf-8\?B\?([^?]*)\?=/g, (all, word) => Buffer.from(word, 'base64').toString())
  return { raw, headers, subject, to: headers.to, text: quoted(rest.join('\n\n')) }
}

/**
 * A text gateway. `taken` is every request whose body came whole; `behave` is
 * what it does with the next ones, a name below or a function of (socket, form).
 */
export async function startGateway (port = 0) {
  const answer = (socket, status, body = 'ok') => socket.end(`HTTP/1.1 ${status} X\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  const ways = {
    takes: socket => answer(socket, 200),
    fails: socket => answer(socket, 500),
    refuses: socket => answer(socket, 400),
    badGateway: socket => answer(socket, 502),
    sends: status => socket => answer(socket, status),
    hangs: () => {},
    answersTwice: socket => { answer(socket, 200); answer(socket, 500) },
    cutsAnswer: socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nta'),
    closes: socket => socket.destroy(),
    late: milliseconds => socket => setTimeout(() => answer(socket, 200), milliseconds)
  }
  const gateway = { taken: [], seen: 0, ways, behave: 'takes', early: false }
  const sockets = new Set()
  const server = createHttpServer((request, response) => {
    const { socket } = request
    gateway.seen++
    if (gateway.early) { socket.destroy(); return }
    const chunks = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
      gateway.taken.push({ form, headers: request.headers, method: request.method })
      const way = typeof gateway.behave === 'function' ? gateway.behave : ways[gateway.behave]
      way(socket, form)
    })
    request.on('error', () => {})
    response.on('error', () => {})
  })
  server.on('connection', socket => { sockets.add(socket); socket.on('error', () => {}); socket.once('close', () => sockets.delete(socket)) })
  server.listen(port, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  gateway.url = `http://127.0.0.1:${server.address().port}/send`
  gateway.stop = () => { for (const socket of sockets) socket.destroy(); return new Promise(resolve => server.close(resolve)) }
  return gateway
}

/** A proxy of a server that cuts a connection when `when` returns true for the client's bytes. */
export async function startCutter (port, when) {
  const cutter = { when, cuts: 0 }
  const server = createServer(client => {
    const behind = connect(port, '127.0.0.1')
    let said = ''
    const cut = () => { client.destroy(); behind.destroy() }
    client.on('data', bytes => {
      said += bytes.toString('latin1')
      behind.write(bytes)
    })
    behind.on('data', bytes => {
      if (cutter.when?.(said)) { cutter.cuts++; cut() } else client.write(bytes)
    })
    for (const socket of [client, behind]) socket.on('error', cut).on('close', cut)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  cutter.url = `smtp://127.0.0.1:${server.address().port}`
  cutter.stop = () => new Promise(resolve => { server.close(resolve) })
  return cutter
}

/** Sets an account's e-mail address and its kinds of mail: all but the digest. */
export function tell (service, user, address, kinds = 510) {
  service.change(`INSERT OR REPLACE INTO notices SELECT number, '${address}', ${kinds}, 0 FROM accounts WHERE user = '${user}'`)
}
