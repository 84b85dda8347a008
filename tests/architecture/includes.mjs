// Checks rules for the source: which folder may include which, which file may include a library,
// no SQL from strings, no personal data in the log, no line, function or file that is too long.
// Each rule is also shown to fail.
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { filesBelow } from '../support/files.mjs'

const root = join(fileURLToPath(new URL('.', import.meta.url)), '../..')
const app = join(root, 'app')

/** Every source file of app/, its path from there and its text. */
const source = Object.fromEntries(filesBelow(app)
  .filter(file => /\.(c|h|sql)$/.test(file)).sort()
  .map(file => [file, readFileSync(join(app, file), 'utf8')]))

const code = Object.entries(source).filter(([file]) => /\.[ch]$/.test(file))
const among = files => Object.entries(files).filter(([file]) => /\.[ch]$/.test(file))

/** Comments as spaces, so that lines and columns stay. */
const bare = text => text.replace(/\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"/g, piece =>
  piece.startsWith('/*') ? piece.replace(/[^\n]/g, ' ') : piece)

const line = (text, at) => text.slice(0, at).split('\n').length

/** Calls of the functions named, each with its line and its arguments as written. */
function calls (text, names) {
  const plain = bare(text)
  return [...plain.matchAll(new RegExp(`(?<![\\w.>])(?:${names.join('|')})\\s*\\(`, 'g'))].map(({ 0: head, index }) => {
    let end = index + head.length
    for (let depth = 1, quoted = false; end < plain.length && depth > 0; end++) {
      if (plain[end] === '\\') end++
      else if (plain[end] === '"') quoted = !quoted
      else if (!quoted) depth += plain[end] === '(' ? 1 : plain[end] === ')' ? -1 : 0
    }
    return { line: line(plain, index), arguments: plain.slice(index + head.length, end - 1) }
  })
}

// What a folder may include besides its own: what lies below it, never above or beside.
const trade = ['rules', 'seal', 'store', 'notify', 'config']
const below = {
  server: ['text', 'flow', 'rules', 'seal', 'store', 'config', 'base'],
  public: ['server', 'render', 'text', 'flow', 'rules', 'seal', 'config', 'base'],
  staff: ['server', 'render', 'text', 'flow', 'rules', 'seal', 'config', 'base'],
  cli: ['flow', ...trade, 'base'],
  flow: [...trade, 'base'],
  rules: ['config', 'base'],
  seal: ['base'],
  store: ['base'],
  notify: ['config', 'base'],
  config: ['base'],
  render: ['text', 'rules', 'base'],
  text: ['base'],
  base: [],
  tools: ['text', 'base'],
  'main.c': ['server', 'public', 'staff', 'base']
}

const includes = text => [...bare(text).matchAll(/^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)/gm)]
  .map(({ 1: own, 2: system, index }) => ({ own, system, line: line(text, index) }))

function arrows (files) {
  return among(files).flatMap(([file, text]) => {
    const folder = file.split('/')[0]
    if (!(folder in below)) return [`${file}: a folder that the design does not know`]
    return includes(text).filter(({ own }) => own !== undefined).flatMap(({ own, line }) => {
      const to = own.split('/')[0]
      if (!own.includes('/')) return [`${file}:${line}: "${own}" is not named from app/`]
      return to === folder || below[folder].includes(to) ? [] : [`${file}:${line}: ${folder} includes ${own}`]
    })
  })
}

// Which files a library's header may stand in.
const libraries = [
  [/^kore\//, /^(main\.c|server\/[^/]*\.c)$/],
  [/^sodium/, /^seal\/[^/]+\.c$/],
  [/^sqlite3\.h$/, /^store\/([^/]*\.c|sqlite\.h)$/],
  [/^csv\.h$/, /^rules\/codes_list\.c$/],
  [/^curl\//, /^notify\/carry\.[ch]$/],
  [/^qrencode\.h$/, /^flow\/codes_symbol\.c$/],
  [/^zxcvbn\.h$/, /^seal\/passphrase\.c$/],
  [/^uni(case|ctype|norm)\.h$/, /^rules\/(codes_list|text_input|typed)\.c$/],
  [/^liboath\//, /^seal\/factor\.c$/],
  [/^png\.h$/, /^flow\/codes_symbol\.c$/],
  [/^zlib\.h$/, /^server\/page_cache\.c$|^flow\/codes_symbol\.c$/],
  [/^libconfig\.h$/, /^config\/[^/]*$/],
  [/^gettext-po\.h$/, /^tools\/catalogue[^/]*$/],
  [/^pthread\.h$/, /^(server\/worker\.c|public\/form\.c|base\/(id\.c|base\.h))$/],
  [/^(arpa\/inet|netinet\/in)\.h$/, /^server\/client\.c$/],
  [/^pwd\.h$/, /^main\.c$/]
]
const ours = /^(sys\/|assert|ctype|endian|errno|fcntl|inttypes|libgen|limits|locale|math|poll|signal|std\w+|string|strings|termios|time|unistd|wchar|getopt)/

function places (files) {
  return among(files).flatMap(([file, text]) => includes(text).filter(({ system }) => system !== undefined).flatMap(({ system, line }) => {
    const library = libraries.find(([header]) => header.test(system))
    if (library) return library[1].test(file) ? [] : [`${file}:${line}: <${system}> does not belong here`]
    return ours.test(system) ? [] : [`${file}:${line}: <${system}> is a library that no rule places`]
  }))
}

const sql = /\b(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|CREATE\s+(TABLE|INDEX|TRIGGER)\b|PRAGMA\s|BEGIN\s+IMMEDIATE|VACUUM\b)/
const printers = ['printf', 'fprintf', 'sprintf', 'snprintf', 'vsnprintf', 'asprintf', 'vasprintf', 'dprintf', 'buffer_format', 'exchange_keep', 'sqlite3_\\w*printf', 'strcat', 'strncat', 'strlcat']

// Settings of the file's head take no parameter, and a number brings no SQL with it.
const version = /\bPRAGMA (user_version|application_id) = %(lld|d)\b/g

/** Outside store no SQL at all; inside no SQL that is put together. */
function statements (files) {
  return among(files).flatMap(([file, text]) => {
    if (file.startsWith('store/')) {
      return calls(text, printers).filter(call => sql.test(call.arguments.replace(version, ''))).map(call => `${file}:${call.line}: SQL by a format string`)
        .concat(calls(text, ['sqlite3_prepare\\w*', 'sqlite3_exec']).filter(call => /printf|format|\?/.test(call.arguments)).map(call => `${file}:${call.line}: SQL made on the spot`))
    }
    return [...bare(text).matchAll(/"(?:\\.|[^"\\\n])*"/g)].filter(([literal]) => sql.test(literal))
      .map(({ index }) => `${file}:${line(text, index)}: SQL outside store`)
  })
}

// What a log line may not be given: anything that came from a person. Tools of
// the build log what they were given by make; libpng's own words are no person's.
const personal = /\b(form|form_value|query|query_string|body|http_body|cookie|submission|passphrase|phone|name|note|message|headers?|path|user|recovery|words|value|referer|agent|request|posted|text)\b/

function logs (files) {
  return among(files).filter(([file]) => !file.startsWith('tools/')).flatMap(([file, text]) => calls(text, ['log_line', 'kore_log', 'syslog', 'perror'])
    .filter(call => !/^\s*enum\b/.test(call.arguments))
    .filter(call => !(file === 'flow/codes_symbol.c' && call.arguments === 'LOG_LINE_ERROR, "png: %s", text'))
    .filter(call => personal.test(call.arguments.replace(/"(?:\\.|[^"\\])*"/g, '').replace(/\b(error(->|\.)text|route->path)/g, '')))
    .map(call => `${file}:${call.line}: a log line about ${call.arguments.replace(/\s+/g, ' ')}`))
}

const FILE_LINES = 600
const FUNCTION_LINES = 60
const COLUMNS = 110

const columns = row => [...row].reduce((at, letter) => letter === '\t' ? at - at % 8 + 8 : at + 1, 0)

/** Functions in the KNF shape: a name at the left margin, the body from a { to a } there. */
const functions = text => [...bare(text).matchAll(/^(\w+)\([^;{}]*\)\n\{\n([^]*?)^\}/gm)]
  .map(({ 1: name, 2: body, index }) => ({ name, lines: body.split('\n').length - 1, line: line(text, index) }))

function lengths (files) {
  return among(files).flatMap(([file, text]) => {
    const lines = text.split('\n').length - 1
    const wide = text.split('\n').findIndex(row => columns(row) > COLUMNS)
    return [
      ...(lines > FILE_LINES ? [`${file}: ${lines} lines`] : []),
      ...(wide >= 0 ? [`${file}:${wide + 1}: too wide to read`] : []),
      ...functions(text).filter(({ lines }) => lines > FUNCTION_LINES).map(({ name, lines, line }) => `${file}:${line}: ${name} has ${lines} lines`)
    ]
  })
}

function names (files) {
  return Object.keys(files).filter(file => /(^|[/_])(utils?|helpers?|manager|misc|common|stuff)([_.]|$)/.test(file)).map(file => `${file}: a name that says nothing`)
}

const existing = new Set([
  ...['app', 'assets', 'tests/unit', 'tests/store', 'tests/architecture'].flatMap(folder => filesBelow(join(root, folder))).map(file => file.split('/').pop()),
  'pages.h', 'scripts.c', 'catalogues.c', // made by make
  'net.c' // Kore's
])

/** A comment that names a source file which does not exist. */
function mentions (files) {
  return among(files).flatMap(([file, text]) =>
    [...text.matchAll(/\/\*[^]*?\*\//g)].flatMap(({ 0: comment, index }) => [...comment.matchAll(/(?<![\w<.]|<\w+\/)[a-z]\w*\.[ch]\b/g)]
      .filter(([name]) => !existing.has(name)).map(({ 0: name, index: at }) => `${file}:${line(text, index + at)}: there is no ${name}`)))
}

const rules = [
  ['each folder includes only what lies below it', arrows, [
    { 'base/calendar.c': '#include "store/store.h"\n' }, { 'rules/phone.c': '#include "seal/seal.h"\n' },
    { 'flow/intake.c': '#include "staff/staff.h"\n' }, { 'store/case.c': '#include "flow/flow.h"\n' },
    { 'render/render.c': '#include "flow/flow.h"\n' }, { 'cli/cli.c': '#include "render/render.h"\n' },
    { 'tools/embed.c': '#include "render/render.h"\n' }, { 'staff/staff.h': '#include "cli/cli.h"\n' },
    { 'server/router.c': '#include "staff/staff.h"\n' }, { 'server/page_cache.c': '#include "public/public.h"\n' }, { 'server/server.h': '#include "render/view.h"\n' },
    { 'public/form.c': '#include "staff/staff.h"\n' }, { 'public/codes.c': '#include "store/store.h"\n' }, { 'staff/intake.c': '#include "public/public.h"\n' }, { 'main.c': '#include "store/store.h"\n' },
    { 'server/request.c': '#include "server.h"\n' }, { 'server/request.c': '#include "../cli/cli.h"\n' }, { 'extra/x.c': '' }
  ]],
  ['each library has its place', places, [
    { 'cli/cli.c': '#include <kore/kore.h>\n' }, { 'staff/staff.c': '#include <kore/http.h>\n' }, { 'staff/staff.h': '#include <kore/kore.h>\n' }, { 'server/server.h': '#include <kore/http.h>\n' }, { 'public/form.c': '#include <kore/kore.h>\n' },
    { 'flow/auth_signin.c': '#include <sodium.h>\n' }, { 'seal/seal.h': '#include <sodium.h>\n' }, { 'store/store.h': '#include <sqlite3.h>\n' },
    { 'public/form.c': '#include <qrencode.h>\n' }, { 'public/form.c': '# include <curl/curl.h>\n' }
  ]],
  ['SQL stands in store, whole', statements, [
    { 'flow/case.c': 'x = "SELECT * FROM cases";\n' }, { 'staff/staff.h': '#define Q "DELETE FROM cases"\n' },
    { 'store/case.c': 'snprintf(q, 9,\n    "SELECT %s FROM cases", c);\n' }, { 'store/case.c': 'buffer_format(&b, "INSERT INTO cases VALUES (%d)", 1);\n' },
    { 'store/sqlite.c': 'sqlite3_exec(db, buffer_format(x), 0, 0, 0);\n' }
  ]],
  ['no log line is about a person', logs, [
    { 'public/form.c': 'log_line(LOG_LINE_INFO, "from %s", form_value(&x->form, "name"));\n' }, { 'server/request.c': 'log_line(LOG_LINE_INFO, "%s",\n    request->path);\n' },
    { 'server/request.c': 'kore_log(LOG_INFO, "%.*s", 9, x->body.data);\n' }, { 'flow/auth_signin.c': 'log_line(LOG_LINE_WARNING, "%s", account.user);\n' }
  ]],
  ['files and functions are short enough to read', lengths, [
    { 'staff/x.c': 'int x;\n'.repeat(FILE_LINES + 1) }, { 'staff/x.c': `static void\nf(int a,\n    int b)\n{\n${'\tg();\n'.repeat(FUNCTION_LINES + 1)}}\n` }, { 'staff/x.c': `/* ${'x'.repeat(140)} */\n` }
  ]],
  ['a comment names only files that exist', mentions, [
    { 'server/x.h': '/* absent.c: jobs */\n' }, { 'flow/x.h': '/* absent.c */\n' }, { 'staff/x.c': '/* absent.c */\n' }, { 'tools/x.c': '/* absent.c */\n' }, { 'public/x.c': 'int x; /* see\n * public/absent.h */\n' }, { 'main.c': '/* absent.h */\n' }
  ]],
  ['a file is called what it is about', names, [{ 'base/utils.c': '' }, { 'staff/helper.c': '' }, { 'public/form_helpers.h': '' }]]
]

test('the test reads the source', () => {
  assert.ok(code.length > 100)
  for (const folder of Object.keys(below)) assert.ok(code.some(([file]) => file.split('/')[0] === folder), folder)
  assert.ok(code.flatMap(([, text]) => functions(text)).length > 800, 'functions are not found')
  assert.ok(code.flatMap(([, text]) => calls(text, ['log_line'])).length > 10, 'log lines are not found')
  assert.equal(code.filter(([, text]) => includes(text).some(({ system }) => system === 'qrencode.h')).length, 1)
})

for (const [what, rule, fixtures] of rules) {
  describe(what, () => {
    test('in the source', () => assert.deepEqual(rule(source), []))
    for (const fixture of fixtures) {
      const [[file, text]] = Object.entries(fixture)
      test(`and not in ${file}: ${JSON.stringify(text).slice(0, 50)}`, () => assert.equal(rule(fixture).length, 1))
    }
  })
}

test('allowed code passes', () => {
  assert.deepEqual(rules.flatMap(([, rule]) => rule({
    'staff/x.c': '/* #include "cli/cli.h" */\n#include "base/base.h"\n\n/* SELECT * FROM cases */\nlog_line(LOG_LINE_ERROR, "%s: %s name", x->route->path, error.text);\n',
    'store/sqlite_x.c': 'error_set(error, ERROR_INTERNAL, "SELECT failed");\nstatic const char q[] = "SELECT 1";\n'
  })), [])
})
