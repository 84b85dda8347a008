// A coordinator in Chromium, without script: opens the queue, claims the first case, calls, and
// logs the result.
import { open } from './browser.mjs'

export class Colleague {
  /** `kind` as of browser.mjs's open. */
  static async at (browser, service, account, kind) {
    const colleague = new Colleague()
    Object.assign(colleague, { service, account, name: account.user, page: await open(browser, kind) })
    return colleague
  }

  async signIn () {
    await this.page.goto(`${this.service.url}/staff`, { waitUntil: 'commit' })
    await this.page.fill('[name=user]', this.account.user)
    await this.page.fill('[name=passphrase]', this.account.passphrase)
    await Promise.all([this.page.waitForURL('**/staff/queue'), this.page.click('main button')])
  }

  /** The queue on the page: its groups in order, and the buttons of each case. */
  async look (path = '/staff/queue') {
    await this.page.goto(this.service.url + path, { waitUntil: 'domcontentloaded' })
    return this.groups()
  }

  groups () {
    return this.page.evaluate(() => [...document.querySelectorAll('main section')].map(section => ({
      name: section.className,
      rows: [...section.querySelectorAll('li')].map(row => ({
        ref: /(\w{13})$/.exec(row.id)[1],
        free: row.querySelector('form[action$="/claim"]') !== null,
        mine: row.querySelector('a[href^="tel:"]') !== null
      }))
    })).filter(group => group.rows.length > 0))
  }

  /** Presses a button, after opening the details that hide it, and waits for the next page. */
  async press (selector) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
      this.page.evaluate(selector => document.querySelector(selector).click(), selector)])
  }

  fill (selector, value) {
    return this.page.evaluate(([selector, value]) => { document.querySelector(selector).value = value }, [selector, value])
  }

  /** Claims a case on the page; false when a colleague was first. */
  async claim (ref) {
    await this.press(`form[action="/staff/case/${ref}/claim"] button`)
    return this.page.evaluate(() => document.querySelector('form[action$="/attempt"]') !== null)
  }

  open (ref) { return this.page.goto(`${this.service.url}/staff/case/${ref}`, { waitUntil: 'domcontentloaded' }) }

  /** Logs the result of a call; `until` is the day of the next one, "2027-01-14". */
  async attempt (result, until) {
    if (until) await this.fill('form[action$="/attempt"] [name=until]', until)
    await this.press(`form[action$="/attempt"] button[value="${result}"]`)
  }

  async park (until) {
    await this.fill('form[action$="/park"] [name=until]', until)
    await this.press('form[action$="/park"] button')
  }

  /** Offers the case to one of the queues in the form. */
  async offer (roll) {
    await this.page.evaluate(chance => {
      const { options } = document.querySelector('#offer-queue')
      document.querySelector('#offer-queue').selectedIndex = 1 + Math.floor(chance * (options.length - 1))
    }, roll())
    await this.press('form[action$="/offer"] button')
  }

  /** Accepts or declines an open offer. */
  async answer (yes) {
    if (!yes) await this.fill('#reason', 'Vi hinner inte.')
    await this.press(`form[action$="/${yes ? 'accept' : 'return'}"] button`)
  }

  async close (outcome) {
    await this.fill('form[action$="/close"] [name=outcome]', outcome)
    await this.press('form[action$="/close"] button')
  }

  leave () { return this.page.context().close() }
}
