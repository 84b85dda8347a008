// Starts a service for a test, with a folder and a port of its own, and stops it at the end.
import { execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Clock } from './clock.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const build = resolve(process.env.BUILD ?? join(root, 'build'))
export const command = join(build, 'egenremiss')
export const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Removes a folder that a test made. Under the runner it stays: the runner removes it, or keeps it when the test has failed. */
export function discard (folder) {
  if (!process.env.EGENREMISS_TEST_RUN) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

const sqlite = (...args) => execFileSync('sqlite3', args, { encoding: 'utf8', maxBuffer: 1 << 28 })

/** SQL for the outcomes of a row of cases, in alphabetical order: "studies work". */
export const outcomesOfCase = "coalesce((SELECT group_concat(outcome, ' ') FROM case_outcomes o WHERE o.case_number = cases.number), '') AS outcomes"

/** Asks 40 times a second until the answer is true, and returns it; on a busy machine that may take long. */
export async function until (question, what, seconds = 60) {
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    const answer = await question()
    if (answer) return answer
    await wait(25)
  }
  throw new Error(typeof what === 'function' ? what() : what)
}

/** The state of each process from /health?workers: versions of codes, intakes and keys, and the number of ended looks. */
const standings = health => [...health.matchAll(/^worker \d+: (.*)$/mg)]
  .map(([, copies]) => Object.fromEntries(copies.split(', ').map(copy => copy.split(' ')).map(([name, number]) => [name, Number(number)])))

/** Waits until so many processes have looked at the database since now, and have these versions or later ones. */
export async function looked (health, workers, versions = {}) {
  const before = standings(await health())
  await until(async () => {
    const now = standings(await health())
    // The first look to end may have begun before.
    return now.length === workers && now.every((worker, i) => worker.looks >= (before[i]?.looks ?? 0) + 2 &&
      Object.entries(versions).every(([name, version]) => worker[name] >= version))
  }, 'a worker does not look')
}

const canListen = async port => {
  const server = createServer()
  const can = await new Promise(resolve => server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)))
  if (can) await new Promise(resolve => server.close(resolve))
  return can
}

/** A port that nothing listens to, below those that Linux gives to connections: one that a restart finds free again. */
export async function freePort () {
  for (;;) {
    const port = randomInt(10000, 32000)
    if (await canListen(port)) return port
  }
}

/** "lead" and "lead passphrase" of what init --demo prints. */
const account = (demo, label, passphrase) => ({
  user: new RegExp(`^${label}: (.*)$`, 'm').exec(demo)?.[1],
  passphrase: new RegExp(`^${passphrase}: (.*)$`, 'm').exec(demo)?.[1]
})

/** Tables that change when a page is only looked at, with the reason. */
const passing = {
  drafts: 'what a colleague sent and was refused is kept for them, sealed',
  sessions: 'each look at a page moves the end of the session on',
  trusted_devices: 'a sign-in that fails is counted, and one that does not makes the browser known for longer',
  visits: 'opening a code is counted'
}

/**
 * Starts Kore in its own process group and answers when /health does.
 * `limits` is a shell command that runs before it, such as ulimit. `clock` is the
 * service's time instead of the machine's; service.clock moves it. `quick`: the
 * processes look for changes 20 times a second instead of once, for a test that
 * waits for them by service.looked(). `argon2: 'real'`: a passphrase costs what it costs
 * in the field, instead of the least.
 */
export async function startService ({
  config = join(root, 'conf/service.conf'), data, workers = 2, env = {}, limits = ':', clock: moment, quick = false, argon2 = 'cheap'
} = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'egenremiss-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const clock = moment === undefined ? undefined : new Clock(folder, moment)
  const environment = { ...process.env, EGENREMISS_URL: url, EGENREMISS_DATA: folder, EGENREMISS_CONFIG: config, RUNTIME_DIRECTORY: folder, ...clock?.environment, ...(quick && { EGENREMISS_TEST_LOOK_MS: '50' }), ...env }
  const preloaded = [environment.LD_PRELOAD, argon2 === 'cheap' && join(build, 'tests/cheap/argon2.so')].filter(Boolean)
  if (preloaded.length > 0) environment.LD_PRELOAD = preloaded.join(' ')
  const tell = (input, ...args) => execFileSync(command, args, { env: environment, encoding: 'utf8', input, stdio: 'pipe' })
  const run = (...args) => tell('', ...args)
  const demo = run('init', '--demo', '--data', folder)
  const kore = readFileSync(join(root, 'conf/kore.local.conf'), 'utf8')
    .replace('@DATA@', folder).replace('@PORT@', port).replace('@MODULE@', join(build, 'egenremiss.so'))
    .replace(/^workers\s+\d+/m, `workers ${workers}`)
  writeFileSync(join(folder, 'kore.conf'), kore)
  const log = join(folder, 'kore.log')
  const service = {
    url, port, folder, log, run, tell, demo, clock, environment,
    ...account(demo, 'user', 'passphrase'),
    coordinator: account(demo, 'user', 'passphrase'),
    lead: account(demo, 'lead', 'lead passphrase'),
    administrator: account(demo, 'administrator', 'administrator passphrase'),
    recovery: /^recovery key, shown once: (.*)$/m.exec(demo)?.[1],
    codes: Object.fromEntries([...demo.matchAll(/^code: (\S+) (\S+)$/mg)].map(([, code, slug]) => [slug, code])),
    process: null,
    /** Rows of a query, as objects. Write CAST(number AS TEXT): a case number is no double. */
    sql (query) {
      const out = sqlite('-json', '-cmd', '.timeout 5000', join(folder, 'egenremiss.db'), query)
      return out === '' ? [] : JSON.parse(out)
    },
    /** Changes the database directly, for example a time in it. */
    change: statement => sqlite('-cmd', '.timeout 5000', join(folder, 'egenremiss.db'), statement),
    count: table => service.sql(`SELECT count(*) AS n FROM ${table}`)[0].n,
    /** All rows of all tables but those of `passing`, as one text to compare. */
    contents: () => execFileSync('sqlite3', [join(folder, 'egenremiss.db')], { input: service.rows, encoding: 'utf8', maxBuffer: 1 << 28 }),
    /** The added and removed rows, each as its INSERT with + or - before it. */
    changes (before, after = service.contents()) {
      const [then, now] = [before, after].map(text => new Set(text.split('\n')))
      return [...[...now].filter(row => !then.has(row)).map(row => `+ ${row}`), ...[...then].filter(row => !now.has(row)).map(row => `- ${row}`)]
    },
    /** Process ids of Kore's workers, which are the children of the parent that was started. */
    workers: () => readFileSync(`/proc/${service.process.pid}/task/${service.process.pid}/children`, 'utf8')
      .trim().split(' ').filter(Boolean).map(Number)
      .filter(pid => {
        // The process may have just ended.
        try { return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('[wrk ') } catch { return false }
      }).sort((a, b) => a - b),
    /** Waits until every process has read the present database and written its counts. */
    looked () {
      const [versions] = service.sql(`SELECT (SELECT count(*) + coalesce(sum(changes), 0) FROM codes) + (SELECT coalesce(sum(changes), 0) FROM removed_codes) AS codes,
        (SELECT count(*) + coalesce(sum(changes), 0) FROM intakes) + (SELECT count(*) + coalesce(sum(changes), 0) FROM intake_words) AS intakes,
        (SELECT count(*) FROM queue_keys) AS keys`)
      return looked(() => fetch(`${url}/health?workers`).then(answer => answer.text(), () => ''), workers, versions)
    },
    async start () {
      // Workers that were killed may hold it for a moment longer than their parent lives.
      await until(() => canListen(port), () => `port ${port} is taken`)
      const out = openSync(log, 'a')
      service.process = spawn('bash', ['-c', `ulimit -n 1024; ${limits}; exec kore -fnrq -c ${join(folder, 'kore.conf')}`],
        { cwd: folder, env: environment, stdio: ['ignore', out, out], detached: true })
      closeSync(out)
      const { process: kore } = service
      const ready = await until(() => kore.exitCode !== null ? 'ended' : fetch(`${url}/health`).then(answer => answer.ok, () => false),
        () => `the service does not answer:\n${readFileSync(log, 'utf8')}`)
      if (ready === 'ended') throw new Error(`the service has ended:\n${readFileSync(log, 'utf8')}`)
      return service
    },
    signal (name) { try { if (service.process) process.kill(-service.process.pid, name) } catch {} },
    async end (name = 'SIGTERM') {
      const { process: kore } = service
      if (kore?.exitCode === null && kore.signalCode === null) {
        const ended = new Promise(resolve => kore.once('exit', resolve))
        // Ends a service that hangs.
        const late = setTimeout(() => service.signal('SIGKILL'), 10000)
        service.signal(name)
        await ended
        clearTimeout(late)
      }
      service.signal('SIGKILL')
      if (kore) clock?.sweep(kore.pid)
      service.process = null
    },
    async stop () {
      await service.end()
      if (!data) discard(folder)
    }
  }
  service.lasting = service.sql("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => name).filter(name => !(name in passing))
  // The INSERT lines of .dump, which takes six times as long: it asks the schema again for each table.
  service.rows = ['.timeout 5000', 'BEGIN;', ...service.lasting.flatMap(table => [`.mode insert ${table}`, `SELECT * FROM ${table};`]), 'COMMIT;', ''].join('\n')
  // A test that dies or is interrupted must leave no server running.
  process.once('exit', () => service.signal('SIGKILL'))
  return service.start().catch(error => { service.signal('SIGKILL'); throw error })
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => process.exit(1))

/**
 * fetch, and again when the connection had stood idle too long and the service
 * has read nothing: then it answers with Kore's 408, or node 18 fails with EPIPE.
 * As often as there may be connections that were left open.
 */
export async function send (url, options) {
  for (let left = 5; ; left--) {
    const answer = await fetch(url, options).catch(error => {
      if (left === 0 || error.cause?.code !== 'EPIPE') throw error
    })
    if (answer && (answer.status !== 408 || left === 0)) return answer
  }
}

/** Where a 303 leads when it is to a receipt. */
export const receiptOf = location => /^\/[^/]+\/tack\//.test(location ?? '') ? location : undefined

/** A form as a browser sends it; a receipt, and the page that answers a colleague's form, is looked at, as a browser does. */
export async function post (url, fields, headers = {}) {
  const answer = await postOnly(url, fields, headers)
  const location = answer.headers.get('location')
  const receipt = receiptOf(location) ?? (/^\/staff\/answer\//.test(location ?? '') ? location : undefined)
  return receipt ? send(new URL(receipt, url), { redirect: 'manual', headers }) : answer
}

/** A form as a browser sends it, and the answer to that alone. */
export const postOnly = (url, fields, headers = {}) => send(url, {
  method: 'POST', redirect: 'manual', headers,
  body: fields instanceof URLSearchParams || fields instanceof FormData || typeof fields === 'string' ? fields : new URLSearchParams(fields)
})

/** A valid form of each kind of submitter. */
export const right = {
  self: { who: 'self', area: '1781', age: '18-19', name: 'Alva', phone: '070-174 06 05', contact: 'call' },
  relative: { who: 'relative', area: '1781', age: '15-17', name: 'Bosse', phone: '070-174 06 06', contact: 'sms-first', knows: 'yes' },
  professional: { who: 'professional', area: '1781', age: '20-24', name: 'Cim', phone: '070-174 06 07', contact: 'call-silent', agreed: 'yes', workplace: 'health' }
}
