// One look by axe at each distinct page, in a browser beside the walk: what differs only in names, dates and
// numbers, at one width, language and scheme, is looked at once.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export class Looks {
  constructor (browser) {
    Object.assign(this, { browser, known: new Set(), last: Promise.resolve(), looked: 0 })
  }

  /** Looks at the page as it is now, if its like was never looked at; tells `found` what is wrong, later. */
  async at (person, seen, found) {
    const { width, dark } = person.kind
    const key = `${width} ${dark} ${seen.lang} ${seen.shape}`
    if (!seen.html || this.known.has(key)) return
    this.known.add(key)
    const html = await person.tab.page.content()
    this.last = this.last.then(() => this.look(person, html)).then(faults => { if (faults.length > 0) found(faults) }, () => {})
  }

  async look ({ kind: { width, dark, locale } }, html) {
    // One page for all, since to load axe takes longer than a look.
    this.page ??= await (await this.browser.newContext({ locale })).newPage()
    const { page } = this
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    await page.setContent(html)
    if (!await page.evaluate('window.axe !== undefined')) await page.evaluate(axe)
    this.looked++
    return page.evaluate(async tags => {
      const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false, rules: { 'color-contrast-enhanced': { enabled: true } } })
      return violations.map(fault => `${fault.id}: ${fault.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
    }, rules)
  }

  /** Until every page that was handed in has been looked at. */
  async done () {
    for (let last; last !== this.last;) { last = this.last; await last }
  }
}
