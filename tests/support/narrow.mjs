// Every page there is, as wide as the narrowest telephone: what is to be looked
// at, and what stands out of it sideways.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { right, root } from './service.mjs'
import { sendCase, signedIn } from './staff.mjs'
import { reading } from './text.mjs'

const languages = ['sv', 'en', 'ar']
// Longer than a line in every field that takes it, and no place to break.
const long = {
  place: 'Ungdomsmottagningen och familjecentralen Södra Järnvägen',
  name: `Vilhelmina-${'Wolfeschlegelsteinhausenbergerdorff'.slice(0, 30)}-Karlsdotter`,
  text: `Se https://www.example.org/${'mottagning'.repeat(9)} först.`
}

/** How far the document reaches beyond the screen with all that folds unfolded, and what does. */
function sideways () {
  for (const folded of document.querySelectorAll('details')) folded.open = true
  const whole = document.documentElement
  const over = whole.scrollWidth - whole.clientWidth
  if (over <= 0) return null
  const out = [...document.querySelectorAll('body *')].filter(node => {
    const { left, right } = node.getBoundingClientRect()
    return right > innerWidth + 0.5 || left < -0.5 || (node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0)
  })
  return `${over} pixels: ${out.slice(-4).map(node => node.outerHTML.slice(0, 100)).join(' | ') || 'no box'}`
}

/** What the page says of it, or nothing. */
export const tooWide = async (page, where) => {
  const out = await page.evaluate(sideways)
  return out ? [`${where}: ${out}`] : []
}

/** What public pages lead to, from the first one on, in every language. */
export async function publicPages ({ url, codes }) {
  const found = new Set(['/', '/nowhere', '/q/AAAAAA', '/staff', `/q/${codes.kristinehamn}`])
  for (const path of found) {
    const answer = await fetch(url + path)
    for (const [, href] of (await answer.text()).matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) if (!href.endsWith('.vcf')) found.add(href)
  }
  return [...found].flatMap(path => languages.map(language => `${path}?lang=${language}`))
}

const listed = () => [...readFileSync(join(root, 'app/web/routes.c'), 'utf8').matchAll(/\{ METHOD_GET, "([^"]+)", (\w+)/g)]
  .map(([, path]) => path)

/** Routes that answer with no page to look at, or not to a lead who is in. */
const apart = {
  '/health': 'says no more than that all is well',
  '/staff': 'a public page',
  '/staff/code': 'stands between a passphrase and a code alone',
  '/staff/brochures/print': 'paper, as wide as paper is',
  '/staff/outreach.csv': 'a file',
  '/staff/codes/symbol': 'a file'
}

/** Cases, codes and a campaign with words that are as long as they may be; who sees them all is a lead. */
export async function crowd (service) {
  const lead = await signedIn(service, service.lead)
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
  await does('/staff/codes', { place: long.place, channel: 'health', area: '1781' })
  const [{ code }] = service.sql(`SELECT code FROM codes WHERE place = '${long.place}'`)
  const day = new Date().toISOString().slice(0, 10)
  const campaign = (await does('/staff/campaigns', { name: long.place, from: day, to: day, [`code-${code}`]: 'yes' })).headers.get('location').split('?')[0]
  const invited = await (await does('/staff/colleagues/invite', { role: 'coordinator', 'queue-kristinehamn-kaa': 'yes' })).text()
  return { open, waiting, code, campaign, invitation: /\/staff\/invitation\/([\w-]+)/.exec(invited)[0] }
}

/** Every page of the program's own table of routes, and of some what their queries show. */
export function staffPages ({ open, waiting, code, campaign, invitation }) {
  const filled = {
    '/staff/case/#': [`/staff/case/${open}`, `/staff/case/${waiting}`],
    '/staff/case/#/text': [`/staff/case/${open}/text`],
    '/staff/campaigns/#': [campaign],
    '/staff/codes/*': [`/staff/codes/${code}`, `/staff/codes/${code}?code=${code}&as=svg&mm=5&level=H`],
    '/staff/invitation/*': [invitation],
    '/staff/queue': ['/staff/queue', '/staff/queue?mine=1'],
    '/staff/brochures': ['poster', 'flyer', 'card', 'folded', 'stickers', 'business-cards'].map(kind => `/staff/brochures?code=${code}&kind=${kind}`),
    '/staff/intake': ['/staff/intake', '/staff/intake?area=1781'],
    '/staff/outreach': ['/staff/outreach', '/staff/outreach?period=all']
  }
  const paths = listed().filter(path => !apart[path]).flatMap(path => filled[path] ?? [path])
  assert.ok(paths.every(path => !/[#*]/.test(path)), `no example of ${paths.filter(path => /[#*]/.test(path))}`)
  return paths.flatMap(path => ['sv', 'ar'].map(language => [path, language]))
}
