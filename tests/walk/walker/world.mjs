// The service that is walked on: its clock stands still and is moved by steps alone, its database is read
// through one process that stays, and what was typed is known again.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { letter } from '../../support/outbox.mjs'
import { command, post, right, startService, wait } from '../../support/service.mjs'
import { addAccount } from '../../support/staff.mjs'
import { code } from '../../support/totp.mjs'
import { rows } from './truth.mjs'
import { Values, sentinel } from './values.mjs'

// Each service of a shrunk walk waits for this process to end.
process.setMaxListeners(0)

/** A Monday morning; early enough in January for holidays to lie behind and ahead. */
const beginning = Date.parse('2027-01-11T08:55:00+01:00')

/** One sqlite3 that stays, asked in turn. */
class Database {
  constructor (file) {
    this.process = spawn('stdbuf', ['-oL', 'sqlite3', '-json', '-cmd', '.timeout 5000', file], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.said = ''
    this.process.stdout.setEncoding('utf8').on('data', text => { this.said += text; this.done?.() })
    this.turn = Promise.resolve()
  }

  ask (query) { return (this.turn = this.turn.catch(() => {}).then(() => this.asked(query))) }

  async asked (query) {
    this.said = ''
    const answer = new Promise(resolve => { this.done = () => { if (this.said.endsWith('"end"\n')) resolve() } })
    this.process.stdin.write(`${query.trim().replace(/;?$/, ';')}\n.print '"end"'\n`)
    await answer
    const text = this.said.slice(0, -'"end"\n'.length)
    return text === '' ? [] : JSON.parse(text)
  }

  end () { this.process.stdin.end() }
}

/** What every walk begins with, made once: a demonstration, two more coordinators, and a few people who wait. */
let template
async function made () {
  if (template) return template
  const service = await startService({ clock: beginning, workers: 1 })
  const accounts = { anna: service.coordinator, leo: service.lead, admin: service.administrator }
  accounts.berit = addAccount(service, 'berit', 'coordinator', 'kristinehamn-kaa', 'kristinehamn-unga')
  accounts.una = addAccount(service, 'una', 'coordinator', 'karlstad-kaa', 'karlstad-unga', 'hagfors-unga')
  for (const [i, [slug, area, age]] of [['kristinehamn', '1781', '18-19'], ['kristinehamn', '1781', '25-29'], ['karlstad', '1780', '15-17'], ['karlstad', '1780', '20-24'], ['hagfors', '1783', '18-19'], ['arvika', '1784', '20-24']].entries()) {
    const sent = await post(`${service.url}/${slug}`, { ...right.self, area, age, name: `Väntar ${i + 1}`, phone: `070-174 06 ${50 + i}` })
    if (sent.status >= 400) throw new Error(`a form is answered by ${sent.status}`)
  }
  service.run('outbox', '--once')
  await service.end()
  process.once('exit', () => rmSync(service.folder, { recursive: true, force: true }))
  return (template = { folder: service.folder, accounts, codes: service.codes })
}

export class World {
  static async begin () {
    const { folder, accounts, codes } = await made()
    const world = new World()
    world.folder = mkdtempSync(join(tmpdir(), 'egenremiss-walk-'))
    cpSync(folder, world.folder, { recursive: true })
    Object.assign(world, { accounts: structuredClone(accounts), codes, at: beginning + 300000, minted: 0, words: new Map(), kept: [], secrets: {} })
    world.service = await startService({ data: world.folder, clock: beginning, workers: 1, env: { FAKETIME_FMT: '%s' } })
    world.values = new Values(world)
    world.stand()
    world.url = world.service.url
    world.database = new Database(join(world.folder, 'egenremiss.db'))
    world.held = await rows(world)
    await world.look()
    return world
  }

  /** The clock's file says a moment and not a difference: time stands until the next step. */
  stand () {
    const { file } = this.service.clock
    writeFileSync(`${file}.new`, `${Math.round(this.at / 1000)}\n`)
    renameSync(`${file}.new`, file)
  }

  now () { return this.at }

  /** Some seconds of a step, or a leap, after which the service sees to what is due by then. */
  async pass (seconds) {
    this.at += seconds * 1000
    this.stand()
    if (seconds >= 1800) { this.leaps = (this.leaps ?? 0) + 1; await wait(1150) }
  }

  sql (query) { return this.database.ask(query) }

  /** Whether anything was written since the last look. */
  async look () {
    const [{ data_version: version }] = await this.sql('PRAGMA data_version')
    const changed = version !== this.version
    this.version = version
    if (changed) this.changes = (this.changes ?? 0) + 1
    return changed
  }

  async restart () {
    await this.service.end()
    await this.service.start()
  }

  /** As if the session had stood idle for too long. */
  expire (user) { return this.sql(`DELETE FROM sessions WHERE account = (SELECT number FROM accounts WHERE user = '${user}'); SELECT 1`) }

  async signedIn (user) {
    const now = Math.floor(this.at / 1000)
    return (await this.sql(`SELECT 1 FROM sessions s JOIN accounts a ON a.number = s.account WHERE a.user = '${user}' AND a.active AND s.seen_at >= ${now - 1800} AND s.created_at > ${now} - 43200`)).length > 0
  }

  /** A word that stands nowhere else, and whose it is. */
  mint (person) {
    const word = `${sentinel}${++this.minted}x`
    this.words.set(word, { person: person.name })
    return word
  }

  /** What somebody knows by heart. */
  heart (person, what) {
    if (what === 'user') return person.user ?? ''
    if (what === 'passphrase') return this.accounts[person.user]?.passphrase ?? ''
    return this.secrets[person.user] ? code(this.secrets[person.user], 0, this.at) : '123456'
  }

  /** What the answer made of a passphrase that was chosen, an app's secret or a link that the page shows. */
  learn ({ person, fresh, first, heard, after, status, signedOut }) {
    // A refusal and the way to the sign-in are 303, too.
    const taken = first === 303 || heard.answers.some(({ method, status }) => method === 'POST' && status === 303)
    if (fresh && taken && status !== 422 && !signedOut) {
      this.accounts[fresh.user ?? person.user] = { passphrase: fresh.passphrase }
      person.user ??= fresh.user
    }
    const secret = /\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/.exec(after.text)?.[0]
    if (secret && person.user) this.secrets[person.user] = secret
    for (const { fixed, value } of after.forms.flatMap(({ fields }) => fields).concat(after.alone)) {
      // The address of a calendar is for a program, not for a person.
      if (fixed && value?.startsWith(this.url) && !value.includes('/staff/calendar/') && !this.kept.includes(value)) this.kept.push(value)
    }
  }

  /** Lets the outbox do what is due, and gives the links of all mails so far, by whom they went to. */
  async mails () {
    await new Promise(resolve => spawn(command, ['outbox', '--once'], { env: this.service.environment, stdio: 'ignore' }).once('exit', resolve))
    const folder = join(this.folder, 'outbox')
    if (!existsSync(folder)) return []
    return readdirSync(folder).filter(file => file.endsWith('.eml')).sort()
      .map(file => letter(readFileSync(join(folder, file), 'latin1')))
      .map(({ to, text }) => ({ user: to.split('@')[0], link: /https?:\/\/\S+/.exec(text)?.[0] })).filter(({ link }) => link)
  }

  doctor () {
    return new Promise(resolve => {
      const child = spawn(command, ['doctor'], { env: this.service.environment, stdio: ['ignore', 'pipe', 'pipe'] })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', text => { said += text })
      child.once('exit', status => resolve({ status, said }))
    })
  }

  async end () {
    this.database.end()
    await this.service.end()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
