// Opens pages in Debian's Chromium, and checks what must hold on every page.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'node:test'
import { chromium } from 'playwright-core'
import { build } from './service.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What starts Debian's Chromium, by playwright or puppeteer. */
export const chromiumStart = {
  executablePath: '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    // A process for each page takes twice as long to start as the page itself.
    '--renderer-process-limit=1']
}
export const launch = () => chromium.launch(chromiumStart)

/** User agents. Chromium's own says that it is headless, so the service would count it as a robot. */
const agents = {
  phone: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
  desk: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36'
}

/** The open pages of each browser, for screenshots when a test fails. */
const opened = new Set()
let shown = 0

async function show ({ name, passed }) {
  // Node 18 does not say whether the test passed.
  if (passed !== false) return
  for (const page of opened) {
    const file = `${++shown} ${name} ${page.url()}`.replace(/[^\p{L}\d]+/gu, '-').slice(0, 120)
    await page.screenshot({ path: join(tmpdir(), `${file}.png`), fullPage: true, timeout: 5000 }).catch(() => {})
  }
}
// A test that runs without the runner keeps no screenshots.
if (process.env.EGENREMISS_TEST_RUN) afterEach(show)

const kinds = new WeakMap()
const copies = new WeakMap()

/**
 * The kinds of pages on which most flows of staff are tested: on a phone, in Swedish and
 * Arabic. `also`: a width at which sound() looks at each page, too. A page without script
 * does not know its width, so the flow itself is not repeated for a desk.
 */
export const phones = [{ locale: 'sv-SE', also: 1280 }, { locale: 'ar' }]

/** Opens a page on a phone (360 pixels wide) or at a desk (1280), without script unless asked for. */
export async function open (browser, kind = {}) {
  const { locale = 'sv-SE', width = 360, dark = false, script = false } = kind
  const context = await browser.newContext({
    locale, javaScriptEnabled: script, colorScheme: dark ? 'dark' : 'light', viewport: { width, height: width < 500 ? 740 : 900 },
    userAgent: width < 500 ? agents.phone : agents.desk
  })
  context.setDefaultTimeout(15000)
  const page = await context.newPage()
  kinds.set(page, kind)
  opened.add(page)
  page.once('close', () => opened.delete(page))
  return page
}

/**
 * Fills a form by the names of its fields, in one step: for tests about what comes after.
 * A field that a person could not fill is an error, as it is for page.fill() and
 * page.check(), which take twenty times as long: they wait for pictures of the page.
 */
export const fillIn = (page, fields) => page.evaluate(fields => {
  for (const [name, value] of Object.entries(fields)) {
    const all = [...document.querySelectorAll(`main [name="${name}"]`)]
    const isChoice = ['radio', 'checkbox'].includes(all[0]?.type)
    const node = isChoice ? all.find(each => each.value === value) : all[0]
    const seen = [node, node?.labels?.[0]].some(each => each?.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0)
    if (!seen || node.disabled || node.readOnly) throw new Error(`${name}=${value} cannot be filled`)
    if (isChoice) {
      if (!node.checked) node.click()
      continue
    }
    node.value = value
    for (const kind of ['input', 'change']) node.dispatchEvent(new Event(kind, { bubbles: true }))
  }
}, fields)

/**
 * Presses what is there, with the mouse, where it can be seen and nothing lies over it.
 * page.click() waits for two pictures of the page first, and for a page that opens.
 */
export async function press (page, selector) {
  const spot = await page.evaluate(selector => {
    const node = document.querySelector(selector)
    node?.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
    const box = [...node?.getClientRects() ?? []].find(({ width, height }) => width > 0 && height > 0)
    if (!box || node.disabled) return undefined
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
    const hit = document.elementFromPoint(x, y)
    return node.contains(hit) ? { x, y } : undefined
  }, selector)
  if (!spot) throw new Error(`${selector} cannot be pressed`)
  await page.mouse.click(spot.x, spot.y)
}

/** Makes a page as good as new, from which a test has gone on as it likes: no cookies, nothing kept in the tab, no way back. */
export async function renew (page) {
  const context = page.context()
  if (page.url().startsWith('http')) await page.evaluate(() => sessionStorage.clear())
  await page.goto('about:blank')
  await context.clearCookies()
  const session = await context.newCDPSession(page)
  await session.send('Page.resetNavigationHistory')
  await session.detach()
}

/** Sends the sign-in form; the caller waits for the next page. */
export async function knock (page, service, { user, passphrase } = service) {
  await page.goto(`${service.url}/staff`)
  await fillIn(page, { user, passphrase })
  await page.click('main button')
}

/** Signs in, and waits for Today. */
export async function signIn (page, service, account) {
  await knock(page, service, account)
  await page.waitForURL('**/staff/queue')
}

/** Opens a page and signs in with that account. */
export async function enter (browser, service, account, kind) {
  const page = await open(browser, kind)
  await signIn(page, service, account)
  return page
}

/** A copy of the page in a page with axe, one for each browser: to open one and load axe takes longer than the check. */
async function copyOf (page) {
  // After a press the new page may not be complete.
  await page.waitForLoadState()
  const browser = page.context().browser()
  if (!copies.has(browser)) copies.set(browser, await open(browser, { script: true }))
  const copy = copies.get(browser)
  await copy.setViewportSize(page.viewportSize())
  await copy.emulateMedia({ colorScheme: kinds.get(page)?.dark ? 'dark' : 'light' })
  await copy.setContent(await page.content())
  if (!await copy.evaluate('window.axe !== undefined')) await copy.evaluate(axe)
  return copy
}

/** Days and months as the pages write them. */
const calendar = [...new Set(['sv', 'en', 'ar', 'ar-SY'].flatMap(language => ['weekday', 'month'].flatMap(part => Array.from({ length: 12 }, (_, i) =>
  new Intl.DateTimeFormat(language, { [part]: 'long' }).format(new Date(2027, i, 1 + i))))))].join('|')

/**
 * A text that is the same for pages that are the same to axe: each element with its attributes
 * and its text, without the values that the service fills in. Names and numbers are in <bdi>
 * or in fields, references and codes are capitals and digits, a secret is long.
 */
const likeness = page => page.evaluate(calendar => {
  const seen = new Map()
  /** Numbers the different values of the page, so that a repeated value has the same number. */
  const numbered = word => seen.get(word) ?? seen.set(word, `\u00b7${seen.size + 1}`).get(word)
  const days = new RegExp(`(${calendar}|i dag|i går|i morgon|today|yesterday|tomorrow)`, 'gi')
  const plain = text => text.replace(/(?<![\w-])[\w-]{40,}(?![\w-])/g, numbered).replace(/(?<![A-Z\d])(?:[\dA-Z]{13}|(?=[A-Z]*\d)[\dA-Z]{6})(?![A-Z\d])/g, numbered)
    .replace(days, 'day').replace(/\d+/g, '0').replace(/\s+/g, ' ').trim()
  const attribute = ({ name, value }, node) => {
    if (value.startsWith('data:')) return [name, 'data']
    if (name === 'value' && !['submit', 'button'].includes(node.type)) return [name, value === '' ? '' : 'x']
    return [name, plain(value)]
  }
  const of = node => {
    if (node.nodeType === Node.TEXT_NODE) return plain(node.data)
    if (node.nodeType !== Node.ELEMENT_NODE) return ''
    const head = [node.localName, ...[...node.attributes].map(each => attribute(each, node).join('=')).sort()]
    // The whole style counts.
    if (node.localName === 'style') return [...head, node.textContent]
    if (node.localName === 'bdi' || node.localName === 'textarea') return [...head, node.textContent.trim() === '' ? '' : 'x']
    return [...head, ...[...node.childNodes].map(of).filter(part => part !== '')]
  }
  return JSON.stringify(of(document.documentElement))
}, calendar)

/**
 * A file that exists when axe has found no fault in such a page in this run, at this width,
 * language and scheme. A test that runs without the runner checks every page.
 */
async function lookedAt (page) {
  const run = process.env.EGENREMISS_TEST_RUN
  if (!run) return undefined
  const folder = join(build, 'tests/looked', run)
  mkdirSync(folder, { recursive: true })
  const { locale = 'sv-SE', width = 360, dark = false } = kinds.get(page) ?? {}
  const { width: now } = page.viewportSize()
  return join(folder, createHash('sha256').update(JSON.stringify([axe.length, locale, width, now, dark])).update(await likeness(page)).digest('hex'))
}

/**
 * Checks what must hold on every page: no violation found by axe, AAA contrast, no element
 * wider than the screen, targets of 44 pixels. axe needs timers, which a page without
 * script does not have, so it checks a copy of the page.
 */
export async function sound (page, where) {
  await page.waitForLoadState()
  await soundNow(page, where)
  const { also } = kinds.get(page) ?? {}
  if (!also) return
  const before = page.viewportSize()
  await page.setViewportSize({ ...before, width: also })
  await soundNow(page, `${where}, ${also} pixels wide`)
  await page.setViewportSize(before)
}

async function soundNow (page, where) {
  const looked = await lookedAt(page)
  if (!looked || !existsSync(looked)) {
    assert.deepEqual(await faults(page), [], where)
    if (looked) writeFileSync(looked, '')
  }
  const { wide, small } = await page.evaluate(sizes)
  assert.ok(wide <= 0, `${where}: ${wide} pixels too wide`)
  assert.deepEqual(small, [], `${where}: targets under 44 pixels`)
}

/** The violations that axe finds. */
async function faults (page) {
  const copy = await copyOf(page)
  return copy.evaluate(async tags => {
    const { violations } = await window.axe.run(document, {
      runOnly: tags, resultTypes: ['violations'], preload: false,
      // A text that fails the contrast of AA fails that of AAA, too.
      rules: { 'color-contrast-enhanced': { enabled: true }, 'color-contrast': { enabled: false } }
    })
    return violations.map(fault => `${fault.id}: ${fault.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
  }, rules)
}

/**
 * How many pixels the page is too wide, and the controls that are too small for a thumb,
 * without hidden ones and links within a sentence (exempt by WCAG 2.5.8). Runs in the page.
 */
function sizes () {
  const small = [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, a')]
    .filter(node => node.checkVisibility() && !node.closest('p, dd, .small, .fault, h3') && !node.matches('.skip'))
    .map(node => {
      const label = node.labels?.[0]
      const box = (node.matches('[type=radio], [type=checkbox]') && label ? label : node).getBoundingClientRect()
      return [node.outerHTML.slice(0, 90), box.height]
    })
    .filter(([, height]) => height < 43.5)
  return { wide: document.documentElement.scrollWidth - window.innerWidth, small }
}
