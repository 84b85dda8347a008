// A tab of somebody's browser: presses like a finger, waits until what was pressed has come to rest, and
// keeps what was heard meanwhile.
import { aim, fill, look, standing } from './page.mjs'

const patience = 15000
const failed = 'chrome-error:'

export class Tab {
  constructor (page, origin) {
    this.page = page
    this.origin = origin
    // Pages in the history before this one and after it, as far as the person's own steps made them.
    Object.assign(this, { behind: 0, ahead: 0 })
    this.heard = { answers: [], said: [], strangers: [] }
    this.waiting = []
    this.pending = new Set()
    page.on('request', request => this.asked(request))
    page.on('response', answer => this.answered(answer))
    page.on('requestfailed', request => { if (this.ends(request)) this.outcome = { failed: request.failure()?.errorText } })
    page.on('framenavigated', frame => { if (frame === page.mainFrame() && frame.url().startsWith(failed)) this.rest() })
    page.on('domcontentloaded', () => { if (this.pending.size === 0) this.rest() })
    page.on('download', download => { this.downloads = download.suggestedFilename(); download.cancel().catch(() => {}); this.rest() })
    page.on('console', message => {
      // The status itself is another invariant's.
      if (['error', 'warning'].includes(message.type()) && !/^Failed to load resource/.test(message.text())) this.heard.said.push(message.text())
    })
    page.on('pageerror', error => this.heard.said.push(error.message))
    page.on('dialog', dialog => { this.heard.said.push(`dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}) })
  }

  isMain (request) { return request.isNavigationRequest() && request.frame() === this.page.mainFrame() }

  asked (request) {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== this.origin) this.heard.strangers.push(request.url())
    if (!this.isMain(request)) return
    if (request.redirectedFrom()) this.pending.delete(request.redirectedFrom())
    this.pending.add(request)
    this.begun?.()
  }

  ends (request) { return this.isMain(request) && this.pending.delete(request) }

  answered (answer) {
    const request = answer.request()
    const main = this.isMain(request)
    this.heard.answers.push({ main, method: request.method(), url: answer.url(), status: answer.status(), location: answer.headers().location })
    if (!main) return
    this.last = answer.status()
    if (answer.status() < 300 || answer.status() > 399) this.pending.delete(request)
  }

  rest () { for (const go of this.waiting.splice(0)) go() }

  /** Forgets what was heard and pressed before. */
  begin () {
    this.heard = { answers: [], said: [], strangers: [] }
    this.downloads = undefined
    this.outcome = undefined
    this.last = undefined
    this.pending.clear()
    this.calls = new Promise(resolve => { this.begun = resolve })
    this.rested = new Promise(resolve => this.waiting.push(resolve))
  }

  /** Something new in the history, after which there is nothing ahead. */
  went () { Object.assign(this, { behind: this.behind + 1, ahead: 0 }) }

  /** After an act: waits until the page that it led to is there. `leads`: it is sure to lead somewhere. */
  async settle (leads = true) {
    const late = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds, 'late'))
    if (await Promise.race([this.calls, late(leads ? 3000 : 60)]) === 'late') return
    this.went()
    if (await Promise.race([this.rested, late(patience)]) === 'late') this.outcome ??= { failed: 'it never comes to rest' }
  }

  /** Asks the page; one that is being left has no context to ask, and the next one has. */
  async ask (question, about) {
    for (let tries = 0; ; tries++) {
      try { return await this.page.evaluate(question, about) } catch (error) {
        if (tries > 6 || !/context|navigat/i.test(error.message)) throw error
        await this.page.waitForLoadState('domcontentloaded').catch(() => {})
      }
    }
  }

  async look () { return (this.seen = await this.ask(look)) }

  get broken () { return this.page.url().startsWith(failed) }

  standing () { return this.ask(standing) }
  fill (entries) { return this.ask(fill, entries) }

  /** Where to press that control; undefined when it cannot be hit. */
  aim (at) { return this.ask(aim, at) }

  async press (at) {
    const spot = this.spot = await this.aim(at)
    if (!spot?.hit) return undefined
    await this.page.mouse.click(spot.x, spot.y)
    return spot
  }

  /** By its address, as from a bookmark, a brochure or a mail. */
  async go (address) {
    this.begin()
    this.went()
    await this.page.goto(address, { waitUntil: 'domcontentloaded', timeout: patience }).catch(error => { this.outcome ??= { failed: error.message.split('\n')[0] } })
  }

  async history (way) {
    this.begin()
    const by = { back: -1, forward: 1, reload: 0 }[way]
    this.behind += by
    this.ahead -= by
    const ways = { back: 'goBack', forward: 'goForward', reload: 'reload' }
    await this.page[ways[way]]({ waitUntil: 'domcontentloaded', timeout: 5000 }).catch(error => { this.outcome ??= { failed: error.message.split('\n')[0] } })
  }
}
