// Every message in a language from the right that holds a number, a date or a time,
// rendered in Chromium: the parts of each number stand in the order in which they are
// read, from left to right. Plain text as on a phone, and HTML as on a page.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch, open } from '../support/browser.mjs'
import { build } from '../support/service.mjs'

let browser, page
const messages = execFileSync(join(build, 'tests/words/messages'), ['from-right'], { encoding: 'utf8' }).trim().split('\n').map(line => JSON.parse(line))

before(async () => { browser = await launch(); page = await open(browser, { script: true }) })
after(() => browser.close())

/** The numbers of several parts whose characters do not stand one after the other from the left. */
const disordered = (texts, html) => page.evaluate(([texts, html]) => {
  document.body.innerHTML = '<p style="white-space: nowrap; font: 20px sans-serif"></p>'
  const line = document.body.firstElementChild
  const wrong = []
  for (const [language, text] of texts) {
    line.lang = language
    line.dir = 'rtl'
    if (html) line.innerHTML = text
    else line.textContent = text
    const nodes = []
    for (let walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), node; (node = walk.nextNode());) nodes.push(node)
    for (const node of nodes) {
      for (const { 0: number, index } of node.data.matchAll(/\+?\d+(?:[-–. /:\u00a0]\d+)*/g)) {
        const lefts = [...number].map((_, i) => {
          const range = document.createRange()
          range.setStart(node, index + i)
          range.setEnd(node, index + i + 1)
          return range.getBoundingClientRect().left
        })
        if (lefts.some((left, i) => i > 0 && left < lefts[i - 1])) wrong.push(`${language}: ${number} in ${text}`)
      }
    }
  }
  return wrong
}, [texts, html])

test('there are messages with numbers, dates and times', () => {
  assert.ok(messages.length > 60, `${messages.length}`)
  for (const part of ['070-174 06 12', '2027', '16:30', '2027-01-31']) assert.ok(messages.some(([, text]) => text.includes(part)), part)
})

test('as plain text their numbers read from left to right', async () => {
  assert.deepEqual(await disordered(messages.map(([language, text]) => [language, text]), false), [])
})

test('on a page their numbers read from left to right', async () => {
  assert.deepEqual(await disordered(messages.map(([language, , html]) => [language, html]), true), [])
})

test('without the mark they would not', async () => {
  const bare = messages.map(([language, text]) => [language, text.replace(/[\u200e\u2066-\u2069]/g, '')])
  const wrong = await disordered(bare, false)
  assert.ok(wrong.some(text => text.includes('070-174 06 12')), wrong.join('\n'))
  assert.ok(wrong.some(text => text.includes('2027-01-31')), wrong.join('\n'))
})
