// Runs the tests: all of them, or those whose names or folders are given. A test is
// a program under $BUILD/tests/{unit,store} (cmocka; of all, those under
// $BUILD/sanitized, which ASan and UBSan watch), $BUILD/tests/fuzz (libFuzzer, a
// bounded number of inputs) or a .mjs file (node:test). What is written in C is
// compiled beside the tests that need none of it. LINT=1 has clang-tidy beside them,
// too; MEASURE=1 runs one after the other and writes tests/durations.json.
// Ends with the line "N passed, N failed".
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { expected, keep, title } from './run/durations.mjs'
import { execute, forget, settle } from './run/execute.mjs'
import { runAll } from './run/lanes.mjs'
import { list } from './run/list.mjs'
import { count, failures } from './run/tap.mjs'

const wanted = process.argv.slice(2)
const isAlone = Boolean(process.env.MEASURE)
const began = Date.now()
const measured = {}
let passed = 0; let failed = 0; let cpu = 0

/** What the test checked. One that died, or that checked nothing, has failed whatever it printed. */
function checked (test, { stdout, status }) {
  if (test.folder === 'make') return { passed: 0, failed: status === 0 ? 0 : 1 }
  if (['fuzz', 'lint'].includes(test.folder)) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const checks = count(stdout)
  if (checks.failed === 0 && (status !== 0 || checks.passed === 0)) checks.failed = 1
  return checks
}

const tail = text => text.split('\n').slice(-80).join('\n').trimEnd()

/** What a failed test saw, and how to run it alone. */
function explain (test, result, kept) {
  const found = failures(result.stdout)
  console.log([
    ...found.map(failure => failure.replace(/^/gm, '    ')), ...found.length === 0 ? [tail(result.stdout)] : [],
    tail(result.stderr), result.error ?? '',
    `    kept: ${relative('', kept)}`,
    ...['make', 'lint'].includes(test.folder) ? [] : [`    alone: make test T=${test.folder}/${test.name}`]
  ].filter(Boolean).join('\n'))
}

async function run (test) {
  if (test.after?.some(build => build.hasFailed)) {
    console.log(`FAILED ${title(test)}: not built`)
    failed++
    return
  }
  const result = await execute(test)
  const checks = checked(test, result)
  passed += checks.passed; failed += checks.failed; cpu += result.cpu
  test.hasFailed = checks.failed > 0
  measured[title(test)] = { seconds: result.seconds, cpu: result.cpu }
  const numbers = test.folder === 'make' ? '' : ` ${checks.passed} passed, ${checks.failed} failed`
  console.log(`${checks.failed ? 'FAILED' : 'ok    '} ${title(test)}:${numbers} (${result.seconds.toFixed(1)} s, busy ${result.cpu.toFixed(1)} s)`)
  const kept = settle(test, result, checks.failed > 0)
  if (checks.failed) explain(test, result, kept)
  else if (wanted.some(title => title.endsWith(test.name))) console.log(result.stdout + result.stderr)
}

const jobs = list(wanted).map(test => Object.assign(test, expected(test)))
if (wanted.length === 0) forget()
const cores = availableParallelism()
await (isAlone ? runAll(jobs, 1, 0, run) : runAll(jobs, cores, cores, run))
keep(measured, isAlone)
if (jobs.length === 0) { console.log(`no test is called ${wanted.join(' ')}`); failed = 1 }
console.log(`${((Date.now() - began) / 1000).toFixed(0)} s, cores busy for ${cpu.toFixed(0)} s`)
console.log(`${passed} passed, ${failed} failed`)
// No process.exit: it would drop lines that a pipe has not taken yet, the last of all.
process.exitCode = failed ? 1 : 0
