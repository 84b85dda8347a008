// Runs the tests: all of them, or those whose names or folders are given. A test is
// a program under $BUILD/tests/{unit,store} (cmocka; of all, those under
// $BUILD/sanitized, which ASan and UBSan watch), $BUILD/tests/fuzz (libFuzzer, a
// bounded number of inputs) or a .mjs file (node:test) in one of the folders below.
// Ends with the line "N passed, N failed".
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism, constants, setPriority } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const build = process.env.BUILD ?? 'build'
const wanted = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const fuzzInputs = 20000
// Minutes, and it waits for nobody: it takes what the others leave of the cores.
const beside = test => test.folder === 'unit' && test.name === 'model' && test.env.BUILD === undefined
// Begun first, so that none of them is left alone at the end.
const longest = ['browser/fortnight', 'browser/brochure_paper', 'browser/submitters', 'browser/staying', 'web/roles', 'browser/race', 'crash/texts']

const names = (folder, ending) => readdirSync(join(here, folder))
  .filter(file => file.endsWith(ending)).sort().map(file => basename(file, ending))

const programs = (folder, env = {}) => names(folder, '.c').map(name => ({
  name, folder, command: [join(env.BUILD ?? build, 'tests', folder, name)],
  env: { CMOCKA_MESSAGE_OUTPUT: 'TAP', ...env }
}))
/** Watched, the model lives through fewer events: its million is run plain. */
const watched = {
  BUILD: join(build, 'sanitized'), MODEL_EVENTS: '10000',
  LSAN_OPTIONS: `suppressions=${join(here, 'support/leaks.supp')}:print_suppressions=0`
}
const all = wanted.length === 0

const fuzzers = () => names('fuzz', '.c').map(name => ({
  name: `fuzz-${name}`, folder: 'fuzz',
  command: [join(build, 'tests/fuzz', name), `-runs=${fuzzInputs}`, '-seed=1', '-max_len=4096', '-verbosity=0']
}))

const scripts = folder => names(folder, '.mjs').map(name => ({
  name, folder,
  command: [process.execPath, '--test-reporter=tap', join(here, folder, `${name}.mjs`)]
}))

const tests = [
  ...['unit', 'store'].flatMap(folder => programs(folder, all ? watched : {})), ...fuzzers(),
  ...(all ? programs('unit').filter(beside) : []),
  ...['architecture', 'oracle', 'browser', 'cli', 'web', 'crash', 'walk'].flatMap(scripts)
].filter(test => all || wanted.includes(test.name) || wanted.includes(test.folder))
const place = test => (longest.indexOf(`${test.folder}/${test.name}`) + 1) || Infinity
tests.sort((a, b) => place(a) === place(b) ? 0 : place(a) - place(b))

function count (test, result) {
  const of = (pattern) => (result.stdout.match(pattern) ?? []).length
  const summary = /^# pass (\d+)\n# fail (\d+)/m.exec(result.stdout)
  const counted = summary
    ? { passed: Number(summary[1]), failed: Number(summary[2]) }
    : { passed: of(/^ok /gm), failed: of(/^not ok (?!.*# SKIP)/gm) }
  if (test.folder === 'fuzz' && result.status === 0) return { passed: 1, failed: 0 }
  // A program that died, or that ran nothing, has failed whatever it printed.
  if (counted.failed === 0 && (result.status !== 0 || counted.passed === 0)) counted.failed = 1
  return counted
}

const run = test => new Promise(resolve => {
  const began = Date.now()
  const [program, ...args] = test.command
  const child = execFile(program, args, {
    encoding: 'utf8', env: { ...process.env, BUILD: build, ...test.env }, timeout: 1500000, maxBuffer: 1 << 26
  }, (error, stdout, stderr) => {
    // What could not be started has a word for its code, what was killed has none.
    const status = error === null ? 0 : Number.isInteger(error.code) ? error.code : null
    resolve({ stdout, stderr, status, error: status === null ? error : null, seconds: (Date.now() - began) / 1000 })
  })
  if (beside(test) && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
})

let passed = 0; let failed = 0
/** Takes the next test until there is none. */
async function work (left) {
  for (let test = left.shift(); test; test = left.shift()) {
    const result = await run(test)
    const counted = count(test, result)
    passed += counted.passed; failed += counted.failed
    const name = `${test.folder}/${test.name}${test.env?.BUILD ? ', watched' : ''}`
    console.log(`${counted.failed ? 'FAILED' : 'ok    '} ${name}: ${counted.passed} passed, ${counted.failed} failed (${result.seconds.toFixed(1)} s)`)
    if (counted.failed || wanted.includes(test.name)) console.log(`${result.stdout}${result.stderr}${result.error ?? ''}`)
  }
}
// A line of work for each core, and one for what runs beside; after that it helps,
// since by then more wait than work.
const left = tests.filter(test => !beside(test))
await Promise.all([work(tests.filter(beside)).then(() => work(left)),
  ...Array.from({ length: availableParallelism() }, () => work(left))])
if (tests.length === 0) { console.log(`no test is called ${wanted.join(' ')}`); failed = 1 }
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
