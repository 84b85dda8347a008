// What people write into fields: what fits, what is odd, and nothing. Each text holds a word of its own that
// stands nowhere else, so that it is known again wherever it turns up.

/** Begins each such word. Eight letters, so that no spelling of it turns up by chance. */
export const sentinel = 'kvxjwqzt'

const names = ['Alva', 'Bosse', 'Cim', 'Dilara', 'Ömer', 'Åsa', 'ليلى', 'Nour']
const sentences = ['Ring efter lunch.', 'Vill börja läsa igen.', 'Svarade inte, provar i morgon.', 'Har flyttat till sin syster.', 'Mamma svarade.']
const passphrases = ['kajak lampa moln trumma', 'sten björk radio fjäder', 'våg tegel citron orgel']
/** All that the public writes, and what staff write about a case, to find one, or as a passphrase; the rest is plain on purpose. */
const isSecret = ({ address }) => !/^\/staff\/(?!case\/|new$|search$)/.test(new URL(address).pathname)
const day = at => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format(at)

/** Each way of being odd, of a text that would fit. */
const oddities = {
  empty: () => '',
  blank: () => '   ',
  long: text => `${text} `.repeat(Math.ceil(4200 / (text.length + 1))),
  emoji: text => `${text} 👩🏽‍🚀🔥`,
  marks: text => `\u2067${text}\u2069\u200f`,
  pasted: text => `\t${text}\u00a0\u00a0och\tmer \u200b`,
  markup: text => `<b>"${text}'</b>&amp;`,
  lines: text => `${text}\n\n${text}`
}

export class Values {
  /** `world` mints words and knows passphrases and the time. */
  constructor (world) { Object.assign(this, { world, plain: 0 }) }

  /** A text that fits, with a word of its own in it: a secret one where what is typed is about a person. */
  text (field, form, chance, person) {
    const word = isSecret(form) ? this.world.mint(person) : `ord${++this.plain}x`
    return field.type === 'textarea' ? `${chance.pick(sentences)} ${word}` : `${chance.pick(names)} ${word}`
  }

  date (field, chance) {
    const now = this.world.now()
    const from = Date.parse(field.min || (field.max ? day(now - 20 * 86400000) : day(now)))
    const to = Date.parse(field.max || day(now + 40 * 86400000))
    return day(from + 43200000 + chance.below(Math.max(1, Math.min(40, (to - from) / 86400000))) * 86400000)
  }

  phone (chance) { return chance.pick(['070-174 06 NN', '07017406NN', '+46 70 174 06 NN', '0046 (0)70 1740 6NN']).replace('NN', String(60 + chance.below(40))) }

  secret (field, form, chance, person) {
    const fresh = form.fields.some(({ autocomplete }) => autocomplete === 'new-password')
    if (field.autocomplete !== 'new-password') return { own: 'passphrase' }
    // The same in each field of one form.
    form.fresh ??= `${chance.pick(passphrases)} ${this.world.mint(person)}`
    return fresh ? form.fresh : { own: 'passphrase' }
  }

  /** What fits that field; `{ own }` is what the person knows by heart and no step writes down. */
  plausible (field, form, chance, person) {
    if (field.type === 'password') return this.secret(field, form, chance, person)
    if (field.autocomplete === 'one-time-code') return { own: 'code' }
    if (field.autocomplete === 'username') return form.fields.some(({ autocomplete }) => autocomplete === 'new-password') ? `ny.${this.world.mint(person).slice(-6)}` : { own: 'user' }
    if (field.type === 'date') return this.date(field, chance)
    if (field.type === 'time') return `0${chance.below(10)}:${10 + chance.below(50)}`
    if (field.type === 'email' || field.autocomplete === 'email') return `${person.user}@example.org`
    if (field.type === 'tel') return this.phone(chance)
    if (field.type === 'select') return chance.pick(field.options.filter(Boolean)) ?? ''
    const text = this.text(field, form, chance, person)
    return field.most > 0 ? text.slice(0, field.most) : text
  }

  odd (field, form, chance, person) {
    if (field.type === 'select') return chance.pick(field.options)
    if (field.type === 'date') return chance.pick(['', '2019-02-28', '0014-12-26', '2199-01-01'])
    if (field.type === 'time') return chance.pick(['', '23:59'])
    const fits = field.type === 'tel' ? this.phone(chance) : this.text(field, form, chance, person)
    if (field.type === 'password') return chance.pick(['', `fel ${this.world.mint(person)}`, 'a'])
    const kinds = field.type === 'textarea' ? Object.keys(oddities) : Object.keys(oddities).filter(kind => kind !== 'lines')
    return oddities[chance.pick(kinds)](fits)
  }

  /**
   * For the fields that can be seen, [{ key, value } or { key, checked }] in their order. How: 'plausible',
   * 'odd' (some of them) or 'half' (some are left as they are).
   */
  all (form, how, chance, person, done = new Set()) {
    const entries = []
    const groups = new Map()
    for (const field of form.fields) {
      if (!field.shown || field.fixed || field.type === 'file' || done.has(field.at)) continue
      if (field.type === 'radio') {
        groups.set(field.name, [...groups.get(field.name) ?? [], field])
        continue
      }
      if (how === 'half' && chance.maybe(0.5)) continue
      const odd = how === 'odd' && chance.maybe(0.5)
      if (field.type === 'checkbox') entries.push({ key: field.key, checked: chance.maybe(0.5) })
      else if (odd || field.required || field.type === 'tel' || form.fields.length < 3 || chance.maybe(0.8)) entries.push({ key: field.key, value: this[odd ? 'odd' : 'plausible'](field, form, chance, person) })
    }
    for (const group of groups.values()) {
      if (how !== 'plausible' && chance.maybe(0.25)) continue
      const own = group.find(({ value }) => value === person.who)
      entries.unshift({ key: (own && chance.maybe(0.9) ? own : chance.pick(group)).key, checked: true })
    }
    return entries
  }
}
