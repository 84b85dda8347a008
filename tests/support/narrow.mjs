// Lists every page of the service, and finds the elements that are too wide for the narrowest
// phone.
import assert from 'node:assert/strict'
import { routes } from './routes.mjs'
import { post, right } from './service.mjs'
import { sendCase, signedIn } from './staff.mjs'
import { reading } from './text.mjs'

// Texts of the greatest length, or longer than a line and without a place to break.
const long = {
  place: 'Ungdomsmottagningen och familjecentralen Södra Järnvägen',
  name: `Vilhelmina-${'Wolfeschlegelsteinhausenbergerdorff'.slice(0, 30)}-Karlsdotter`,
  text: `Se https://www.example.org/${'mottagning'.repeat(9)} först.`
}

/**
 * Writes the page into the one that is open, which costs a tenth of going there,
 * unfolds all that folds, and says how far the document reaches beyond the
 * screen and which boxes do; null if none does.
 */
function sideways (html) {
  if (html) {
    document.open()
    document.write(html)
    document.close()
  }
  if (getComputedStyle(document.body).marginLeft !== '0px') return 'no style'
  for (const folded of document.querySelectorAll('details')) folded.open = true
  const over = document.documentElement.scrollWidth - innerWidth
  if (over <= 0) return null
  const out = [...document.querySelectorAll('body *')].filter(node => {
    const { left, right } = node.getBoundingClientRect()
    return right > innerWidth + 0.5 || left < -0.5
  })
  return `${over} pixels: ${out.slice(-3).map(node => node.outerHTML.slice(0, 100)).join(' | ') || 'no box'}`
}

/** The elements that are too wide on the open page, or on `html`. */
export async function tooWide (page, where, html) {
  const out = await page.evaluate(sideways, html)
  return out ? [`${where}: ${out}`] : []
}

const inEach = (languages, path) => languages.map(language => `${path}${path.includes('?') ? '&' : '?'}lang=${language}`)

/** The page of each address; another status than 200 fails. */
async function fetched (paths, get) {
  const found = new Map()
  for (const path of paths) {
    const { status, text } = await get(path)
    assert.match(text, /^\s*<!doctype html>/, `${path} is no page: ${status} ${text.slice(0, 80)}`)
    found.set(path, text)
  }
  return found
}

/** The public pages that links lead to from the first page, and the answers to forms, in every language. */
export async function publicPages (service) {
  const languages = ['sv', 'en', 'ar']
  const get = async path => {
    const answer = await fetch(service.url + path)
    return { status: answer.status, text: await answer.text() }
  }
  const paths = new Set(['/', '/nowhere', '/q/AAAAAA', '/staff', `/q/${service.codes.kristinehamn}`])
  for (const path of paths) {
    for (const [, href] of (await get(path)).text.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) if (!href.endsWith('.vcf')) paths.add(href)
  }
  const pages = await fetched([...paths].flatMap(path => inEach(languages, path)), get)
  const { self, relative, professional } = right
  for (const fields of [self, relative, professional, { ...professional, agreed: 'no' }, { ...self, phone: 'femton' }, { who: 'relative' }, { who: 'professional' }]) {
    for (const path of inEach(languages, '/kristinehamn')) {
      pages.set(`${JSON.stringify(fields)} to ${path}`, await (await post(service.url + path, fields)).text())
    }
  }
  return pages
}

/** Routes of the program that have no page for a signed-in lead. */
const apart = {
  '/health': 'says that all is well',
  '/staff': 'is public',
  '/staff/answer/#': 'is a page that another address answered with',
  '/staff/code': 'stands between a passphrase and a code',
  '/staff/brochures/print': 'is as wide as its paper',
  '/staff/outreach.csv': 'is a file',
  '/staff/calendar/*': 'is a file',
  '/staff/case/#/event': 'is a file',
  '/staff/codes/symbol': 'is a file'
}

/** Makes cases, a code, a campaign and an invitation with the longest possible texts. */
async function crowd (service, lead) {
  const does = async (path, fields) => {
    const answer = await lead.post(path, fields)
    assert.ok(answer.status < 400, `${path}: ${answer.status} ${answer.status < 400 || reading(await answer.text())}`)
    return answer
  }
  service.change(`UPDATE accounts SET name = '${long.name}' WHERE user = '${service.lead.user}'`)
  const send = fields => sendCase(service, { ...right.self, name: long.name, age: '20-24', ...fields })
  const open = await send({ phone: '0701740631' })
  await send({ phone: '0701740631', name: `${long.name} igen` })
  for (const [what, fields] of [['claim', {}], ['note', { note: long.text }], ['attempt', { result: 'reached', note: long.text }]]) {
    await does(`/staff/case/${open}/${what}`, fields)
  }
  const waiting = await send({ phone: '0701740632' })
  for (const kind of ['note', 'text']) await does('/staff/templates', { queue: 'kristinehamn-unga', kind, title: long.place, words: long.text, step: 'save' })
  await does('/staff/codes', { place: long.place, channel: 'health', area: '1781' })
  const [{ code }] = service.sql(`SELECT code FROM codes WHERE place = '${long.place}'`)
  const day = new Date().toISOString().slice(0, 10)
  const campaign = (await does('/staff/campaigns', { name: long.place, from: day, to: day, [`code-${code}`]: 'yes' })).headers.get('location').split('?')[0]
  const invited = await (await does('/staff/colleagues/invite', { role: 'coordinator', 'queue-kristinehamn-kaa': 'yes' })).text()
  return { open, waiting, code, campaign, invitation: /\/staff\/invitation\/([\w-]+)/.exec(invited)[0] }
}

/** The page of every route of the program, some also with a query. */
export async function staffPages (service) {
  const lead = await signedIn(service, service.lead)
  const { open, waiting, code, campaign, invitation } = await crowd(service, lead)
  const filled = {
    '/staff/case/#': [`/staff/case/${open}`, `/staff/case/${waiting}`],
    '/staff/case/#/text': [`/staff/case/${open}/text`],
    '/staff/case/#/print': [`/staff/case/${open}/print`],
    '/staff/campaigns/#': [campaign],
    '/staff/codes/*': [`/staff/codes/${code}`, `/staff/codes/${code}?mm=20&level=H`],
    '/staff/invitation/*': [invitation],
    '/staff/queue': ['/staff/queue', '/staff/queue?mine=1'],
    '/staff/brochures': ['poster', 'flyer', 'card', 'folded', 'stickers', 'business-cards'].map(kind => `/staff/brochures?code=${code}&kind=${kind}`),
    '/staff/intake': ['/staff/intake', '/staff/intake?area=1781'],
    '/staff/outreach': ['/staff/outreach', '/staff/outreach?period=all']
  }
  const paths = routes.filter(({ method }) => method === 'GET').map(({ path }) => path).filter(path => !apart[path]).flatMap(path => filled[path] ?? [path])
  assert.ok(paths.every(path => !/[#*]/.test(path)), `no example of ${paths.filter(path => /[#*]/.test(path))}`)
  return fetched(paths.flatMap(path => inEach(['sv', 'ar'], path)), path => lead.page(path))
}
