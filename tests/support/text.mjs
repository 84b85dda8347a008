// Reads the texts of the catalogues from the .po files, and the visible text of a page.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './service.mjs'

const catalogues = new Map()

function catalogue (language) {
  if (language === 'sv') return new Map()
  if (!catalogues.has(language)) {
    const messages = new Map()
    const file = readFileSync(join(root, `assets/text/${language}.po`), 'utf8').replace(/^#.*\n/gm, '')
    for (const entry of file.split(/\n{2,}/)) {
      const part = Object.fromEntries([...entry.matchAll(/^(msg\S+) ((?:".*"\n?)+)/gm)]
        .map(([, key, text]) => [key, text.split('\n').filter(Boolean).map(line => JSON.parse(line)).join('')]))
      if (part.msgid) messages.set(part.msgid, part.msgstr ?? part['msgstr[0]'])
    }
    catalogues.set(language, messages)
  }
  return catalogues.get(language)
}

/** The translation of a Swedish text, with its {placeholders} filled. */
export function text (language, swedish, holes = {}) {
  const found = language === 'sv' ? swedish : catalogue(language).get(swedish)
  if (!found) throw new Error(`${language}.po has no "${swedish}"`)
  return found.replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole)
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", '#34': '"' }

/** Undoes the escaping of text and attribute values. */
export const unescaped = html => html.replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all)

/** The page as a person reads it: no markup, single spaces, and no mark of direction (tests/words/order.mjs looks at those). */
export const reading = html => unescaped(html
  .replace(/<(style|title)\b[^]*?<\/\1>/g, ' ')
  .replace(/<\/?(bdi|span|strong|a)\b[^>]*>/g, '').replace(/<[^>]*>/g, ' '))
  .replace(/\u200e/g, '').replace(/\s+/g, ' ').replace(/ ([.,])/g, '$1').trim()

/** The value of a field of a form on the page, unescaped. */
export function held (html, name) {
  const area = new RegExp(`<textarea[^>]* name="${name}"[^>]*>([^]*?)</textarea>`).exec(html)
  if (area) return unescaped(area[1].replace(/^\n/, ''))
  for (const [input] of html.matchAll(/<input\b[^>]*>/g)) {
    if (!input.includes(` name="${name}"`)) continue
    if (/type="radio"/.test(input) && !/ checked/.test(input)) continue
    return unescaped(/ value="([^"]*)"/.exec(input)?.[1] ?? '')
  }
}
