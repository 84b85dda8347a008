// A working day of one account in Chromium, by keyboard alone, on a phone of 360 pixels: what is pressed,
// what must come of it, and how many acts the database has of it.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { open } from './browser.mjs'
import { Keyboard } from './keyboard.mjs'

const fields = '[name=user], [name=passphrase]'

export class Workday {
  /** Opens the door of the service, and signs in. */
  static async begin (browser, service, account, kind = {}) {
    const day = new Workday()
    const [{ number }] = service.sql(`SELECT CAST(number AS TEXT) AS number FROM accounts WHERE user = '${account.user}'`)
    Object.assign(day, { service, account, number, script: Boolean(kind.script), page: await open(browser, kind), apart: service.count('taken_forms') })
    day.before = day.events
    day.keyboard = new Keyboard(day.page, { shorter: true })
    await day.page.goto(`${service.url}/staff`)
    await day.signIn()
    return day
  }

  /** Whether pages run their scripts, in a day that was begun with script; without, a page takes two thirds of the time. */
  async scripts (run) {
    this.devtools ??= await this.page.context().newCDPSession(this.page)
    await this.devtools.send('Emulation.setScriptExecutionDisabled', { value: !run })
    await this.page.reload({ waitUntil: 'domcontentloaded' })
    this.script = run
  }

  /**
   * Forms that the service has taken: each is marked in the transaction that does what it asks for, so a form that is refused,
   * comes twice or comes too late has no mark.
   * Printing is a link: it has an event, and is not counted.
   */
  get taken () { return this.service.count('taken_forms') }

  /** How many events of each act the account has. */
  get events () { return this.service.sql(`SELECT act, count(*) AS n FROM events WHERE account = ${this.number} GROUP BY act`) }

  /** How many acts this day has; what others did meanwhile is not among them. */
  get acts () { return this.taken - this.apart }

  /** What somebody else does meanwhile, over HTTP or in another page. */
  async meanwhile (what) {
    const before = this.taken
    const result = await what()
    this.apart += this.taken - before
    return result
  }

  /** Presses what leads to another page, and waits for that page. */
  async go (selector, where, key) {
    await this.keyboard.reach(selector)
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'domcontentloaded' }), this.page.keyboard.press(key ?? 'Enter')])
    await this.at(where)
  }

  async at (where) {
    if (this.page.url().includes(where)) return
    const told = await this.page.locator('.notice, .fault, [role=alert], h1').allTextContents()
    assert.fail(`${this.page.url()} is not ${where}: ${told.join(' | ').replace(/\s+/g, ' ')}`)
  }

  /** The button of the form that posts there. */
  act (action, where, which = 'button') { return this.go(`form[action$="${action}"] ${which}`, where) }

  /** A shortcut: a full stop, then its letter. Without script the link itself. */
  async keys (letter, where) {
    if (!this.script) return this.go(`[data-key=${letter}]`, where)
    await this.page.keyboard.press('.')
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'domcontentloaded' }), this.page.keyboard.press(letter)])
    await this.at(where)
  }

  async signIn (where = '/staff/') {
    await this.keyboard.write('[name=user]', this.account.user)
    await this.keyboard.write('[name=passphrase]', this.account.passphrase)
    await this.go('main form button', where)
    assert.equal(await this.page.locator(fields).count(), 0, 'is signed in')
  }

  /** A new text in a field that may have one. */
  async rewrite (selector, text) {
    await this.keyboard.reach(selector)
    await this.page.keyboard.press('Control+A')
    await this.page.keyboard.insertText(text)
  }

  /** A day, typed in the order of the browser's language. */
  async date (selector, day) {
    const [year, month, date] = day.split('-')
    await this.keyboard.write(selector, month + date + year)
    assert.equal(await this.page.inputValue(selector), day)
  }

  /** The session ends as it does after half an hour; what is typed then stands in its field after the sign-in, a secret does not. */
  async ends (field, words, button, kept = words) {
    const { acts } = this
    await this.rewrite(field, words)
    this.service.change(`UPDATE sessions SET seen_at = seen_at - 1801 WHERE account = ${this.number}`)
    await this.go(button, '/staff?')
    await this.signIn()
    assert.equal(await this.page.inputValue(field), kept, 'what was typed when the session ended')
    assert.equal(this.acts, acts, 'done without a session')
  }

  /** The way back to the form, and the same press again: no second act, and the reader is told. */
  async again (path, button) {
    const { acts } = this
    await this.page.goBack({ waitUntil: 'domcontentloaded' })
    await this.at(path)
    await this.go(button, 'notice=again')
    assert.equal(this.acts, acts, 'pressed again after Back')
  }

  /** A second tab with the same page. */
  async tab (path) {
    const other = await this.page.context().newPage()
    await other.goto(this.service.url + path)
    return { other, keyboard: new Keyboard(other, { shorter: true }) }
  }

  /** A press in the second tab, after the first one's: no second act, and what the reader is told. */
  async late ({ other, keyboard }, button) {
    const { acts } = this
    await keyboard.reach(button)
    await Promise.all([other.waitForNavigation({ waitUntil: 'domcontentloaded' }), other.keyboard.press('Enter')])
    assert.equal(this.acts, acts, 'pressed in the second tab')
    const told = await other.locator('main').innerText()
    await other.close()
    return told
  }

  /** Signs out, and comes back in by the link of the newest mail to that address, to the page that it names. */
  async byMail (address, path) {
    await this.out()
    this.service.run('outbox', '--once')
    const outbox = join(this.service.folder, 'outbox')
    const mails = readdirSync(outbox).sort().map(name => readFileSync(join(outbox, name), 'utf8').replace(/=\r?\n/g, '')).filter(mail => mail.includes(address))
    assert.ok(mails.length > 0, `no mail to ${address}`)
    const link = mails.at(-1).match(/http:\S+/g).find(link => link.endsWith(path))
    await this.page.goto(link)
    await this.signIn(path)
  }

  async out () { await this.go('form[action="/staff/out"] button', '/staff') }

  /** Ends the day; it must have had so many acts. */
  async end (name, least) {
    const { acts } = this
    const events = this.events.map(({ act, n }) => [act, n - (this.before.find(row => row.act === act)?.n ?? 0)]).filter(([, n]) => n > 0)
    console.log(`# ${name}: ${acts} acts; events: ${events.map(([act, n]) => `${act} ${n}`).join(', ')}`)
    await this.page.context().close()
    assert.ok(acts >= least, `${acts} acts, not ${least}`)
  }
}
