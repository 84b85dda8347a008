// A coordinator at work, without script: looks at the queue, takes what is first, rings, and presses what
// came of it. Colleague does so in Chromium, Correspondent by HTTP with the forms as they are in the page.
import { strict as assert } from 'node:assert'
import { open } from './browser.mjs'
import { post, send } from './service.mjs'
import { unescaped } from './text.mjs'

/** The form whose address ends so, but for a query. */
const ending = action => `form[action$="${action}"], form[action*="${action}?"]`

export class Colleague {
  constructor (service, account) {
    Object.assign(this, { service, account, name: account.user })
  }

  /** `kind` as of browser.mjs's open. */
  async start (browser, kind) {
    this.page = await open(browser, kind)
    return this
  }

  get path () { return new URL(this.page.url()).pathname }

  go (path) { return this.page.goto(this.service.url + path, { waitUntil: 'domcontentloaded' }) }

  async signIn () {
    await this.go('/staff')
    // Its only form posts to its own address.
    await this.submit('', { user: this.account.user, passphrase: this.account.passphrase })
    assert.equal(this.path, '/staff/queue')
  }

  /** The queue as it stands on the page: its groups in order, and of each case what can be pressed. */
  async look (path = '/staff/queue') {
    await this.go(path)
    return this.groups()
  }

  groups () {
    return this.page.evaluate(() => [...document.querySelectorAll('main section')].map(section => ({
      name: section.className,
      rows: [...section.querySelectorAll('li')].map(row => ({
        ref: /(\w{13})$/.exec(row.id)[1],
        free: row.querySelector('form[action$="/claim"]') !== null,
        mine: row.querySelector('a.button') !== null
      }))
    })).filter(group => group.rows.length > 0))
  }

  /** Whether the page has a form whose address ends so, but for a query. */
  has (action) { return this.page.evaluate(selector => document.querySelector(selector) !== null, ending(action)) }

  /** The values among which a form's field lets choose. */
  choices (action, name) {
    return this.page.evaluate(([selector, name]) => [...document.querySelector(selector).elements[name].options]
      .map(option => option.value).filter(Boolean), [ending(action), name])
  }

  /** Fills in a form, presses its button, the one of that value if there are several, and waits for the page that answers. */
  async submit (action, fields = {}) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'domcontentloaded' }), this.page.evaluate(([selector, fields]) => {
      const form = document.querySelector(selector)
      let button = form.querySelector('button')
      for (const [name, value] of Object.entries(fields)) {
        const chosen = form.querySelector(`button[name="${name}"][value="${value}"]`)
        if (chosen) button = chosen
        else form.elements[name].value = value
      }
      button.click()
    }, [action === '' ? 'form[action="/staff?send"]' : ending(action), fields])])
  }

  /** Follows the link to the rest of a list; false when there is none. */
  async next () {
    if (await this.page.locator('a[rel=next]').count() === 0) return false
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
      this.page.evaluate(() => document.querySelector('a[rel=next]').click())])
    return true
  }

  /** Takes a case that is on the page; false when a colleague was first. */
  async claim (ref) {
    await this.submit(`/staff/case/${ref}/claim`)
    return this.has('/attempt')
  }

  open (ref) { return this.go(`/staff/case/${ref}`) }

  /** What came of the call; `until` a day, "2027-01-14", for the next one. */
  attempt (result, until) { return this.submit('/attempt', { result, ...until && { until } }) }

  park (until) { return this.submit('/park', { until }) }

  /** To one of the queues that the page has to offer; its members answer. */
  async offer (roll) {
    const queues = await this.choices('/offer', 'queue')
    return this.submit('/offer', { queue: queues[Math.floor(roll() * queues.length)] })
  }

  /** Answers an offer that is open: takes it over, or says no. */
  answer (yes) { return yes ? this.submit('/accept') : this.submit('/return', { reason: 'Vi hinner inte.' }) }

  close (outcome) { return this.submit('/close', { outcome }) }
}

const attribute = (tag, name) => unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

/** What a browser sends of a form that nobody has touched; boxes and buttons only when they are ticked or pressed. */
function filled (form) {
  const fields = {}
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    if (!/type="(radio|checkbox)"/.test(tag) || / checked/.test(tag)) fields[attribute(tag, 'name')] = attribute(tag, 'value')
  }
  for (const [, tag, options] of form.matchAll(/<select\b([^>]*)>([^]*?)<\/select>/g)) {
    const [first, ...more] = options.match(/<option\b[^>]*>/g)
    fields[attribute(tag, 'name')] = attribute(more.find(option => / selected/.test(option)) ?? first, 'value')
  }
  for (const [, tag, text] of form.matchAll(/<textarea\b([^>]*)>([^]*?)<\/textarea>/g)) fields[attribute(tag, 'name')] = unescaped(text.replace(/^\n/, ''))
  return fields
}

export class Correspondent extends Colleague {
  cookie = ''

  get headers () { return this.cookie ? { cookie: this.cookie } : {} }

  /** Reads the page that answers, wherever it leads. */
  async read (answer) {
    for (; answer.status === 303; answer = await send(this.service.url + this.location, { redirect: 'manual', headers: this.headers })) {
      this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? this.cookie
      this.location = answer.headers.get('location')
    }
    this.html = await answer.text()
  }

  get path () { return this.location.split('?')[0] }

  async go (path) {
    this.location = path
    await this.read(await send(this.service.url + path, { redirect: 'manual', headers: this.headers }))
  }

  groups () {
    return [...this.html.matchAll(/<section class="(\S+?)"[^>]*>([^]*?)<\/section>/g)].map(([, name, section]) => ({
      name,
      rows: [...section.matchAll(/<li id="\S*?(\w{13})"([^]*?)<\/li>/g)].map(([, ref, row]) => ({
        ref, free: /<form [^>]*action="[^"]*\/claim"/.test(row), mine: row.includes('<a class="button"')
      }))
    })).filter(group => group.rows.length > 0)
  }

  form (action) {
    return [...this.html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)].map(([, tag, content]) => ({ address: attribute(tag, 'action'), content }))
      .find(({ address }) => action === '' ? address === '/staff?send' : address.split('?')[0].endsWith(action))
  }

  has (action) { return this.form(action) !== undefined }

  choices (action, name) {
    const { content } = this.form(action)
    return [...new RegExp(`<select[^>]* name="${name}"[^>]*>([^]*?)</select>`).exec(content)[1].matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value)
  }

  async submit (action, fields = {}) {
    const { address, content } = this.form(action)
    for (const name of Object.keys(fields)) assert.match(content, new RegExp(` name="${name}"`), `${address} has no ${name}`)
    if (address) this.location = address
    await this.read(await post(this.service.url + this.location, { ...filled(content), ...fields }, this.headers))
  }

  async next () {
    const link = this.html.match(/<a\b[^>]* rel="next"[^>]*>/)?.[0]
    if (link) await this.go(attribute(link, 'href'))
    return link !== undefined
  }
}
