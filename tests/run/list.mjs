// What tests there are. A test is a file: its name, its folder, the command that runs
// it, and what make has to build for it.
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const { BUILD: given = 'build', FUZZ_SECONDS, LINT } = process.env
export const build = resolve(given)
const here = dirname(dirname(fileURLToPath(import.meta.url)))
const fuzzInputs = 20000

const names = (folder, ending) => existsSync(join(here, folder))
  ? readdirSync(join(here, folder)).filter(file => file.endsWith(ending)).sort().map(file => basename(file, ending))
  : []

const programs = (folder, { build: from = build, ...more } = {}) => names(folder, '.c').map(name => ({
  name, folder, ...more, target: join(given, 'tests', folder, name), command: [join(from, 'tests', folder, name)],
  env: { CMOCKA_MESSAGE_OUTPUT: 'TAP', ...more.env }
}))

/** As ASan and UBSan watch them. The model lives through fewer events so: its long history is run plain. */
const watched = {
  build: join(build, 'sanitized'), how: 'watched',
  env: {
    BUILD: join(build, 'sanitized'), MODEL_EVENTS: '10000',
    LSAN_OPTIONS: `suppressions=${join(here, 'support/leaks.supp')}:print_suppressions=0`
  }
}

const fuzzers = () => names('fuzz', '.c').map(name => ({
  name: `fuzz-${name}`, folder: 'fuzz', target: join(given, 'tests/fuzz', name),
  command: [join(build, 'tests/fuzz', name), '-max_len=4096',
    ...FUZZ_SECONDS ? [`-max_total_time=${FUZZ_SECONDS}`] : [`-runs=${fuzzInputs}`, '-seed=1', '-verbosity=0']]
}))

const scripts = (folder, more = {}) => names(folder, '.mjs').map(name => ({
  name, folder, command: [process.execPath, '--test-reporter=tap', join(here, folder, `${name}.mjs`)], ...more
}))

const make = (name, ...args) => ({ name, folder: 'make', command: ['make', `BUILD=${given}`, ...args], first: true })

/** Every test, or those whose name, folder or both are wanted, with what make builds for them before. */
export function list (wanted) {
  const all = wanted.length === 0
  const chosen = tests => tests.filter(({ folder, name }) => all || [name, folder, `${folder}/${name}`].some(title => wanted.includes(title)))
  const isModel = test => test.name === 'model'
  const units = chosen(['unit', 'store'].flatMap(folder => programs(folder, all ? watched : {})))
  const others = chosen([
    ...fuzzers(), ...(all ? programs('unit').filter(isModel) : []),
    ...scripts('oracle', { target: join(given, 'tests/oracle/ask') }),
    ...scripts('words', { target: join(given, 'tests/words/messages') }),
    ...['architecture', 'browser', 'cli', 'web', 'crash', 'walk'].flatMap(folder => scripts(folder))
  ])
  const before = (job, tests) => tests.length === 0 ? [] : [job, ...tests.map(test => Object.assign(test, { after: [job] }))]
  const targets = tests => [...new Set(tests.map(test => test.target))]
  const plain = [...all ? [] : units, ...others].filter(test => test.target)
  return [
    ...before(make('watched', 'sanitized', 'JOBS=1'), all ? units : []),
    ...before(make('programs', `-j${all ? 1 : availableParallelism()}`, ...targets(plain)), plain),
    ...others.filter(test => !test.target),
    ...(LINT ? [{ name: 'clang-tidy', folder: 'lint', command: ['make', `BUILD=${given}`, 'lint', 'JOBS=1'] }] : [])
  ]
}
