// Checks measures of the source: which object links which, and the length of files, functions
// and parameter lists. A failure names the places. Each measure is also shown to fail.
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'

const root = fileURLToPath(new URL('../..', import.meta.url))
const app = join(root, 'app')
const build = resolve(process.env.BUILD ?? join(root, 'build'))

/** Source files of app/ by their path from there. */
const source = Object.fromEntries(readdirSync(app, { recursive: true })
  .filter(file => /\.[ch]$/.test(file)).sort()
  .map(file => [file, readFileSync(join(app, file), 'utf8')]))

const folder = file => file.split('/')[0]
const stem = file => file.replace(/\.c$/, '')
const sum = numbers => numbers.reduce((a, b) => a + b, 0)

/** Of each object: the names that it defines for others, and those that it needs. */
function objects () {
  const files = Object.keys(source).filter(file => file.endsWith('.c') && !file.startsWith('tools/'))
  const out = execFileSync('nm', ['-A', '-g', ...files.map(file => join(build, `${stem(file)}.o`))], { encoding: 'utf8', maxBuffer: 1 << 26 })
  const found = Object.fromEntries(files.map(file => [stem(file), { defines: new Set(), needs: new Set() }]))
  for (const row of out.split('\n')) {
    const [, path, kind, name] = /^(.*)\.o:\S*\s+(\w) (\S+)$/.exec(row) ?? []
    if (!path) continue
    const object = found[path.slice(build.length + 1)]
    if (kind === 'U') object.needs.add(name); else object.defines.add(name)
  }
  return found
}

/** Which objects each object links to. */
function edges (all) {
  const owner = new Map(Object.entries(all).flatMap(([object, { defines }]) => [...defines].map(name => [name, object])))
  return Object.fromEntries(Object.entries(all).map(([object, { needs }]) =>
    [object, new Set([...needs].map(name => owner.get(name)).filter(to => to !== undefined && to !== object))]))
}

/** Groups of objects that need each other in a circle (Tarjan). */
function circles (graph) {
  const index = new Map(); const low = new Map(); const stack = []; const found = []
  const visit = at => {
    index.set(at, index.size); low.set(at, index.get(at)); stack.push(at)
    for (const to of graph[at] ?? []) {
      if (!index.has(to)) { visit(to); low.set(at, Math.min(low.get(at), low.get(to))) } else if (stack.includes(to)) low.set(at, Math.min(low.get(at), index.get(to)))
    }
    if (low.get(at) === index.get(at)) {
      const group = stack.splice(stack.indexOf(at))
      if (group.length > 1) found.push(group.sort())
    }
  }
  Object.keys(graph).forEach(at => index.has(at) || visit(at))
  return found
}

/** Of a folder's exported names: those that one single other object uses, of the same folder. */
function singles (all, name) {
  const users = new Map()
  for (const [object, { needs }] of Object.entries(all)) for (const need of needs) users.set(need, [...users.get(need) ?? [], object])
  const exported = Object.entries(all).filter(([object]) => folder(object) === name).flatMap(([object, { defines }]) => [...defines].map(symbol => [symbol, object]))
  const used = exported.filter(([symbol, object]) => {
    const others = (users.get(symbol) ?? []).filter(other => other !== object)
    return others.length === 1 && folder(others[0]) === name
  })
  return { count: exported.length, used: used.map(([symbol]) => symbol) }
}

/** Which folder may link to which; what an object needs that stands elsewhere points down. */
const below = {
  base: [], config: ['base'], rules: ['config', 'base'], seal: ['base'], store: ['config', 'base'], notify: ['config', 'base'],
  text: ['base'], render: ['text', 'rules', 'config', 'base'],
  flow: ['rules', 'seal', 'store', 'notify', 'config', 'base'],
  server: ['text', 'flow', 'rules', 'seal', 'store', 'config', 'base'],
  public: ['server', 'render', 'text', 'flow', 'rules', 'seal', 'config', 'base'],
  staff: ['server', 'render', 'text', 'flow', 'rules', 'seal', 'config', 'base'],
  cli: ['flow', 'rules', 'seal', 'store', 'notify', 'config', 'base'],
  main: ['server', 'public', 'staff', 'base']
}
const back = graph => Object.entries(graph).flatMap(([object, needs]) => [...needs]
  .filter(to => folder(to) !== folder(object) && !below[folder(object)]?.includes(folder(to))).map(to => `${object} -> ${to}`))

const bare = text => text.replace(/\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"/g, piece => piece.replace(/[^\n]/g, ' '))

/** Functions in the KNF shape, with the number of their parameters and of the lines of their body. */
const functions = text => [...bare(text).matchAll(/^(\w+)\(([^;{}]*)\)\n\{\n([^]*?)^\}/gm)].map(([, name, list, body]) => {
  let depth = 0
  const commas = [...list].filter(letter => { depth += letter === '(' ? 1 : letter === ')' ? -1 : 0; return letter === ',' && depth === 0 }).length
  return { name, parameters: /^\s*(void)?\s*$/.test(list) ? 0 : commas + 1, lines: body.split('\n').length - 1 }
})

const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
const lines = text => text.split('\n').length - 1
/** Share of a text's lines that hold a comment and nothing else, or part of one. */
const commentLines = text => sum([...text.matchAll(/(^|\n)[ \t]*\/\*[^]*?\*\//g)].map(([piece]) => piece.trim().split('\n').length))

const all = objects()
const graph = edges(all)
const code = Object.entries(source)
const files = code.filter(([file]) => file.endsWith('.c'))
const every = files.flatMap(([file, text]) => functions(text).map(one => ({ file, ...one })))

describe('the house', () => {
  test('the objects are read', () => {
    assert.ok(Object.keys(all).length > 100)
    assert.ok(sum(Object.values(graph).map(to => to.size)) > 500)
  })
  test('no circle joins more than three objects', () => assert.deepEqual(circles(graph).filter(group => group.length > 3), []))
  test('no folder links to one above it or beside it', () => assert.deepEqual(back(graph), []))
  for (const [name, share] of Object.entries({ staff: 0.25, public: 0.25, server: 0.25, flow: 0.10, base: 0.10 })) {
    test(`of ${name}'s exported names at most ${share * 100} % are for one file of the same folder`, () => {
      const { count, used } = singles(all, name)
      assert.ok(used.length <= share * count, `${used.length} of ${count}: ${used.join(' ')}`)
    })
  }
  test('sources are neither cut too small nor too long', () => {
    const headers = code.filter(([file]) => file.endsWith('.h'))
    const middle = median(files.map(([, text]) => lines(text)))
    assert.ok(files.length >= 120 && files.length <= 180, `${files.length} sources`)
    assert.ok(headers.length <= 50, `${headers.length} headers`)
    assert.ok(middle >= 200 && middle <= 350, `a source has ${middle} lines in the median`)
    assert.deepEqual(code.filter(([, text]) => lines(text) > 600).map(([file, text]) => `${file}: ${lines(text)}`), [])
  })
  test('under 3 % of the functions have six parameters or more', () => {
    const many = every.filter(({ parameters }) => parameters >= 6)
    assert.ok(every.length > 1500, `${every.length} functions`)
    assert.ok(many.length < 0.03 * every.length, `${many.length} of ${every.length}: ${many.map(({ file, name }) => `${file}:${name}`).join(' ')}`)
  })
  test('no function is over 60 lines', () => assert.deepEqual(every.filter(one => one.lines > 60).map(one => `${one.file}:${one.name} ${one.lines}`), []))
  test('an object reads at most 16 headers of ours, in the median', () => {
    const counts = Object.keys(all).map(object => [...new Set(readFileSync(join(build, `${object}.d`), 'utf8').match(/app\/\S+\.h(?=:?\s)/g))].length)
    assert.ok(median(counts) <= 16, `${median(counts)} headers`)
  })
  test('8 to 15 % of the lines are comments', () => {
    const share = sum(code.map(([, text]) => commentLines(text))) / sum(code.map(([, text]) => lines(text)))
    assert.ok(share >= 0.08 && share <= 0.15, `${(share * 100).toFixed(1)} %`)
  })
})

describe('a broken rule is found', () => {
  test('a circle between objects is found', () => {
    assert.deepEqual(circles({ a: ['b'], b: ['c'], c: ['d'], d: ['a'], e: ['a'] }), [['a', 'b', 'c', 'd']])
    assert.deepEqual(circles({ a: ['b', 'c'], b: ['c'], c: [] }), [])
  })
  test('a link to a higher folder is found', () => assert.deepEqual(back({ 'store/case': ['flow/case', 'base/id'], 'staff/case': ['public/form'] }), ['store/case -> flow/case', 'staff/case -> public/form']))
  test('an export for one file is found', () => {
    const one = { 'flow/a': { defines: new Set(['x', 'y']), needs: new Set() }, 'flow/b': { defines: new Set(), needs: new Set(['x', 'y']) }, 'cli/c': { defines: new Set(), needs: new Set(['y']) } }
    assert.deepEqual(singles(one, 'flow'), { count: 2, used: ['x'] })
  })
  test('too many parameters and lines are found', () => {
    assert.deepEqual(functions('static int\nf(int a, int (*b)(int, int),\n    int c)\n{\n\tg();\n\treturn 0;\n}\n'), [{ name: 'f', parameters: 3, lines: 2 }])
    assert.equal(functions('void\nf(void)\n{\n}\n')[0].parameters, 0)
  })
})
