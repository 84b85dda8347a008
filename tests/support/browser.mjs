// Debian's Chromium for a test, and what every page must hold in it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'node:test'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
})

/** Chromium's own says that it is headless, and so is counted as a robot where visits are. */
const agents = {
  phone: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
  desk: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36'
}

/** The pages of each browser that are open, to be shown when a test fails. */
const opened = new Set()
let shown = 0

async function show ({ name, passed }) {
  // Node 18 does not say whether it passed.
  if (passed !== false) return
  for (const page of opened) {
    const file = `${++shown} ${name} ${page.url()}`.replace(/[^\p{L}\d]+/gu, '-').slice(0, 120)
    await page.screenshot({ path: join(tmpdir(), `${file}.png`), fullPage: true, timeout: 5000 }).catch(() => {})
  }
}
// Of a test that is run by itself nothing is kept.
if (process.env.EGENREMISS_TEST_RUN) afterEach(show)

const kinds = new WeakMap()
const copies = new WeakMap()

/** A page of a phone (360 wide) or a desk (1280), without script unless asked for. */
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

/** At the staff's door: name, passphrase, and the button; where it leads is the caller's to wait for. */
export async function knock (page, service, { user, passphrase } = service) {
  await page.goto(`${service.url}/staff`)
  await page.fill('[name=user]', user)
  await page.fill('[name=passphrase]', passphrase)
  await page.click('main button')
}

/** Through it, to Today. */
export async function signIn (page, service, account) {
  await knock(page, service, account)
  await page.waitForURL('**/staff/queue')
}

/** A page of its own for whoever that account is, signed in. */
export async function enter (browser, service, account, kind) {
  const page = await open(browser, kind)
  await signIn(page, service, account)
  return page
}

/** A page with axe in it, one for each browser and kind of page: opening it and reading axe takes longer than looking. */
async function copyOf (page) {
  // After a press the page before is gone, and this one may not have come whole.
  await page.waitForLoadState()
  const browser = page.context().browser(); const kind = { ...kinds.get(page), script: true }
  const own = copies.get(browser) ?? copies.set(browser, new Map()).get(browser)
  const name = JSON.stringify(kind)
  if (!own.has(name)) own.set(name, await open(browser, kind))
  const copy = own.get(name)
  await copy.setContent(await page.content())
  if (!await copy.evaluate('window.axe !== undefined')) await copy.evaluate(axe)
  return copy
}

/**
 * What holds on every page: no violation by axe, AAA contrast, nothing wider
 * than the screen, targets of 44 pixels. axe needs timers, which a page
 * without script has not, so it looks at a copy of what the person sees.
 */
export async function sound (page, where) {
  const copy = await copyOf(page)
  const found = await copy.evaluate(async tags => {
    const { violations } = await window.axe.run(document, {
      runOnly: tags, resultTypes: ['violations'], preload: false, rules: { 'color-contrast-enhanced': { enabled: true } }
    })
    return violations.map(fault => `${fault.id}: ${fault.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
  }, rules)
  const width = await copy.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const missed = await small(copy)
  assert.deepEqual(found, [], where)
  assert.ok(width <= 0, `${where}: ${width} pixels too wide`)
  assert.deepEqual(missed, [], `${where}: targets under 44 pixels`)
}

/** Controls that a thumb would miss; links within a sentence are exempt (WCAG 2.5.8), as is what is not shown. */
const small = page => page.evaluate(() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, a')]
  .filter(node => node.checkVisibility() && !node.closest('p, dd, .small, .fault, h3') && !node.matches('.skip'))
  .map(node => {
    const label = node.labels?.[0]
    const box = (node.matches('[type=radio], [type=checkbox]') && label ? label : node).getBoundingClientRect()
    return [node.outerHTML.slice(0, 90), box.height]
  })
  .filter(([, height]) => height < 43.5))
