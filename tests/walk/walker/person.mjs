// Somebody with a browser of their own: how it is set up is drawn by the seed, as is everything they do.
import { Tab } from './tab.mjs'

/** Who walks. `who` is how a person answers the form's first question, `user` how one of the staff signs in. */
const cast = [
  { name: 'Alva', role: 'a young person', who: 'self', share: 0.7 },
  { name: 'Bosse', role: 'a parent', who: 'relative', share: 0.7 },
  { name: 'Cim', role: 'a nurse', who: 'professional', share: 0.7 },
  { name: 'Berit', role: 'a coordinator', user: 'berit', share: 3 },
  { name: 'Una', role: 'a coordinator of other queues', user: 'una', share: 3 },
  { name: 'Leo', role: 'a lead', user: 'leo', share: 3 },
  { name: 'Admin', role: 'an administrator', user: 'admin' },
  { name: 'Nova', role: 'somebody who was given a link', invited: true }
]

const agents = {
  360: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
  1280: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36'
}

export class Person {
  constructor (part, world, chance) {
    Object.assign(this, part)
    this.world = world
    this.kind = { locale: chance.pick(['sv-SE', 'sv-SE', 'en', 'ar']), width: chance.pick([360, 1280]), script: chance.maybe(0.5), dark: chance.maybe(0.5) }
  }

  /** Addresses that they know without being led there: a bookmark, printed codes, links that others passed on. */
  get entries () {
    const { codes, kept, url } = this.world
    if (this.invited) return [...this.user ? ['/staff'] : [], ...kept.map(link => link.replace(url, ''))]
    return this.user ? ['/staff'] : ['/', ...Object.values(codes).map(code => `/q/${code}`)]
  }

  /** How often it is their turn. */
  get weight () { return this.entries.length === 0 ? 0 : this.share ?? 1 }

  get about () {
    const { locale, width, script, dark } = this.kind
    return `${this.name}, ${this.role}: ${locale}, ${width} pixels, ${script ? 'with' : 'without'} script, ${dark ? 'dark' : 'light'}`
  }

  async begin (browser) {
    const { locale, width, script, dark } = this.kind
    this.context = await browser.newContext({
      locale, javaScriptEnabled: script, colorScheme: dark ? 'dark' : 'light', userAgent: agents[width],
      viewport: { width, height: width < 500 ? 740 : 900 }, reducedMotion: 'reduce', timezoneId: 'Europe/Stockholm'
    })
    this.context.setDefaultTimeout(15000)
    this.tabs = []
    await this.open()
  }

  async open (address) {
    this.tab = new Tab(await this.context.newPage(), this.world.url)
    this.tabs.push(this.tab)
    if (address) await this.tab.go(address)
    return this.tab
  }

  /** The other tab, if there is one. */
  turn () {
    this.tab = this.tabs[(this.tabs.indexOf(this.tab) + 1) % this.tabs.length]
    return this.tab
  }

  async end () { await this.context?.close().catch(() => {}) }
}

/** Whether a list of "public", "staff" and names includes the person; an empty list includes everybody. */
const wanted = (part, who) => who.length === 0 || who.includes(part.name) || who.includes(part.who ? 'public' : 'staff')

/** The entries of such a list that include nobody. */
export const strangers = who => who.filter(name => !cast.some(part => wanted(part, [name])))

/** All are set up before some of them stay, so that a seed sets up a person alike in each list. */
export const people = (world, chance, who = []) => cast.map(part => new Person(part, world, chance)).filter(part => wanted(part, who))
