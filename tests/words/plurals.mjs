// The plurals of the real catalogues at 0, 1, 2, 3, 11 and 100: each of them by the
// language's own rule, and some as people read them.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { build, root } from '../support/service.mjs'

const counts = [0, 1, 2, 3, 11, 100]
const ask = (one, many) => execFileSync(join(build, 'tests/words/messages'), ['plural', one, many, ...counts.map(String)], { encoding: 'utf8' })
  .trim().split('\n').map(line => JSON.parse(line))
const inLanguage = (rows, language) => counts.map(n => rows.find(([tag, at]) => tag === language && at === n)[2])

for (const [one, many, expected] of [
  ['{n} dag kvar', '{n} dagar kvar', {
    sv: ['0 dagar kvar', '1 dag kvar', '2 dagar kvar', '3 dagar kvar', '11 dagar kvar', '100 dagar kvar'],
    en: ['0 days left', '1 day left', '2 days left', '3 days left', '11 days left', '100 days left'],
    ar: ['بقي أقل من يوم', 'بقي يوم واحد', 'بقي يومان', 'بقي 3 أيام', 'بقي 11 يومًا', 'بقي 100 يوم']
  }],
  ['{n} dag för sent', '{n} dagar för sent', {
    sv: ['0 dagar för sent', '1 dag för sent', '2 dagar för sent', '3 dagar för sent', '11 dagar för sent', '100 dagar för sent'],
    en: ['0 days late', '1 day late', '2 days late', '3 days late', '11 days late', '100 days late'],
    ar: ['تأخر أقل من يوم', 'تأخر يوم واحد', 'تأخر يومين', 'تأخر 3 أيام', 'تأخر 11 يومًا', 'تأخر 100 يوم']
  }],
  ['Högst {n} tecken.', 'Högst {n} tecken.', {
    sv: counts.map(n => `Högst ${n} tecken.`),
    en: ['At most 0 characters.', 'At most 1 character.', 'At most 2 characters.', 'At most 3 characters.', 'At most 11 characters.', 'At most 100 characters.'],
    ar: ['لا يُسمح بأي حرف.', 'حرف واحد على الأكثر.', 'حرفان على الأكثر.', '3 أحرف على الأكثر.', '11 حرفًا على الأكثر.', '100 حرف على الأكثر.']
  }]
]) {
  test(`${one}: as people read it`, () => {
    const rows = ask(one, many)
    for (const [language, texts] of Object.entries(expected)) assert.deepEqual(inLanguage(rows, language), texts)
  })
}

/** msgid and msgid_plural of each message that has one. */
const plurals = file => readFileSync(join(root, file), 'utf8').replace(/"\n"/g, '')
  .matchAll(/^msgid "(.*)"\nmsgid_plural "(.*)"$/mg)

test('each says how many there are, and one and two in words only where the language does', () => {
  let seen = 0
  for (const [, one, many] of plurals('assets/text/ar.po')) {
    seen++
    const rows = ask(one, many)
    for (const language of ['sv', 'en', 'ar']) {
      const texts = inLanguage(rows, language)
      for (const [i, n] of counts.entries()) {
        assert.ok(!texts[i].includes('{n}'), texts[i])
        if ((n > 2 || (n !== 1 && language !== 'ar')) && many.includes('{n}')) assert.match(texts[i], new RegExp(`(^|\\D)${n}(\\D|$)`), `${language} ${n}: ${texts[i]}`)
      }
    }
    // In Arabic 3, 11 and 100 of a thing that is named take three forms of its name.
    const [three, eleven] = [3, 11].map(n => inLanguage(rows, 'ar')[counts.indexOf(n)].replace(String(n), ''))
    if (/{n} (ärenden|dagar|timmar|minuter|koder|rader)/.test(many)) assert.notEqual(three, eleven, one)
  }
  assert.ok(seen > 25, `${seen}`)
})
