// One word for one thing: the glossary, and words that are not ours.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { filesBelow } from '../support/files.mjs'
import { root } from '../support/service.mjs'

/** Swedish, English, Arabic; the message that is exactly the word, where there is one. */
const glossary = [
  ['Ärendenummer', 'Case number', 'رقم الحالة'],
  ['Telefonnummer', 'Phone number', 'رقم الهاتف'],
  ['Kö', 'Team', 'الفريق'],
  ['samordnare', 'coordinator', 'منسق'],
  ['ledare', 'team lead', 'مسؤول الفريق'],
  ['administratör', 'administrator', 'مدير النظام'],
  ['Vår personal', 'Our staff', 'موظفونا'],
  ['Ta ärendet', 'Take the case', 'استلام الحالة'],
  ['Ångra', 'Undo', 'تراجع'],
  ['Ta koden ur bruk', 'Retire the code', 'إيقاف الرمز'],
  ['Avsluta ärendet', 'Close the case', 'إغلاق الحالة'],
  ['Utfall', 'Outcome', 'النتيجة'],
  ['Broschyrer', 'Leaflets', 'المنشورات'],
  ['Formuläret', 'The form', 'الاستمارة'],
  ['genom någon i sitt jobb', 'through a professional', 'عن طريق مختص']
]

/** Words that are not ours, and what we say instead. */
const banned = {
  sv: [
    [/\blåses\b|\blåsta\b/i, 'krypteras'], [/\bintaget\b/i, 'formuläret öppet / stängt'], [/\binställt\b/i, 'kan inte skicka än'],
    [/\be-post/i, 'mejl'], [/ditt barn/i, 'den unga'], [/\bmåste inte\b/i, 'behöver inte'], [/\bsom helst kan be\b/i, 'någon kan be'],
    [/löftet bröts/i, 'löftet hölls inte'], [/avsluta(d|t)? (koden|frånvaron|inloggningen)/i, 'ta ur bruk, ta bort, logga ut'],
    [/försenad(e)? sedan/i, 'sen i minst'], [/\bvia personal\b/i, 'genom någon i sitt jobb'], [/för ingen svarade/i, 'eftersom ingen svarade'],
    [/slutade (det|med)\b|(lade|lägg) till hur/i, 'utfall'], [/avslutat av/i, 'sparat av'],
    [/inte mer\b/i, 'inte längre'], [/räknas ut av/i, 'siffror som avslöjar']
  ],
  en: [
    [/\b(some|any|every|no)body\b/i, 'someone, anyone, everyone, no one'], [/\b(ring|rings|rang)\b/i, 'call'], [/\bwhoever\b/i, 'the person who'],
    [/\bqueues?\b/i, 'team'], [/\bbrochure/i, 'leaflet'], [/\blocked\b/i, 'encrypted'], [/\be-mail/i, 'email'], [/telephone/i, 'phone'],
    [/\bmake (a|the|many) (new )?(code|link)/i, 'create']
  ],
  ar: [[/قضي/, 'حالة'], [/نموذج/, 'استمارة'], [/قائمة الانتظار|قوائم الانتظار/, 'فريق'], [/قائد|قادة/, 'مسؤول الفريق'], [/مقفل|تُقفل/, 'مشفّر']]
}

const unquote = text => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => JSON.parse(`"${part}"`)).join('')

/** What a catalogue says, by the Swedish text; of a plural the forms. */
function catalogue (language) {
  const po = execFileSync('msgcat', ['--no-wrap', join(root, `assets/text/${language}.po`)], { encoding: 'utf8' })
  return new Map(po.split('\n\n').map(block => [
    unquote(/^msgid (".*")$/m.exec(block)?.[1] ?? ''),
    { many: unquote(/^msgid_plural (".*")$/m.exec(block)?.[1] ?? ''), says: [...block.matchAll(/^msgstr(?:\[\d\])? (".*")$/mg)].map(([, text]) => unquote(text)) }
  ]).filter(([message]) => message !== ''))
}

const english = catalogue('en')
const arabic = catalogue('ar')

/** Of service.conf each text in quotes that is Swedish or of no language, or of the one that is asked for. */
function configured (language) {
  const conf = readFileSync(join(root, 'conf/service.conf'), 'utf8').replace(/^\s*#.*$/mg, '')
  return [...conf.matchAll(/(\w+) = "([^"]*)"/g)].filter(([, key]) => key === language).map(([, , text]) => text)
}

const letters = () => [...readFileSync(join(root, 'app/notify/letter.c'), 'utf8').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text)

const texts = {
  sv: () => [...english].flatMap(([message, { many }]) => [message, many]).concat(configured('sv'), letters()),
  en: () => [...english.values()].flatMap(({ says }) => says).concat(configured('en')),
  ar: () => [...arabic.values()].flatMap(({ says }) => says).concat(configured('ar'))
}

describe('the glossary', () => {
  for (const [swedish, inEnglish, inArabic] of glossary) {
    test(`${swedish} · ${inEnglish} · ${inArabic}`, () => {
      assert.ok(english.has(swedish), 'no such text')
      assert.deepEqual([english.get(swedish).says, arabic.get(swedish).says], [[inEnglish], [inArabic]])
    })
  }
})

describe('words that are not ours', () => {
  for (const [language, words] of Object.entries(banned)) {
    test(`stand in no ${language} text`, () => {
      const all = texts[language]()
      assert.ok(all.length > 300)
      const found = words.flatMap(([word, better]) => all.filter(text => word.test(text.replace(/{\w+}/g, ''))).map(text => `${word}, say ${better}: ${text.slice(0, 120)}`))
      assert.deepEqual(found, [])
    })
  }
})

/** The pages of staff, by the name of the template. */
const staffPages = () => filesBelow(join(root, 'assets/page')).filter(file => file.endsWith('.html') && !file.includes('public/'))
  .map(file => ({ file, html: readFileSync(join(root, 'assets/page', file), 'utf8') }))

test('each page of staff that the menu does not lead to has its way back on top', () => {
  const led = /\/(sign_in|code|codes|invitation|me|queue|overview|code_list|code_places|colleagues|absences|worklist_keys|staff_problem)\.html$/
  const pages = staffPages().filter(({ html }) => html.includes('{% include staff_head(v.frame) %}'))
  assert.ok(pages.length > 25)
  assert.deepEqual(pages.filter(({ file, html }) => !led.test(`/${file}`) && !/staff_head\(v\.frame\) %}\n.*<p class="back">/.test(html)).map(({ file }) => file), [])
})

test('a button of staff is a verb and its thing', () => {
  /** One word that says all. */
  const plain = ['Fortsätt', 'Godkänn', 'Parkera', 'Sök', 'Visa', 'Ångra']
  const said = staffPages().flatMap(({ file, html }) => [...html.matchAll(/<button[^>]*>{{ _\("([^"]+)"\) }}<\/button>/g)].map(([, text]) => ({ file, text })))
  assert.ok(said.length > 60)
  assert.deepEqual(said.filter(({ text }) => !text.includes(' ') && !plain.includes(text)).map(({ file, text }) => `${file}: ${text}`), [])
})

test('no page has Swedish words outside of the catalogues’ reach', () => {
  const pages = filesBelow(join(root, 'assets/page')).filter(file => file.endsWith('.html')).map(file => join(root, 'assets/page', file))
  assert.ok(pages.length > 50)
  for (const file of pages) {
    const left = readFileSync(file, 'utf8').replace(/{#[^]*?#}|{{[^]*?}}|{%[^]*?%}|<[^>]*>/g, '')
    assert.doesNotMatch(left, /[åäöÅÄÖ]/, file)
  }
})

test('the languages are those that there are', () => {
  assert.deepEqual(readdirSync(join(root, 'assets/text')).filter(file => file.endsWith('.po')).sort(), ['ar.po', 'en.po'])
})
