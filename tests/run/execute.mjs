// Runs one test in a folder of its own for whatever it leaves, which is kept when it fails.
import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './list.mjs'

const failed = join(build, 'failed')
/**
 * Not in the build folder: sockets lie in it, whose paths are 107 bytes long at the most, and
 * workers without rights have to come through.
 */
const base = mkdtempSync(join(tmpdir(), 'egenremiss-'))
chmodSync(base, 0o755)
process.once('exit', () => rmSync(base, { recursive: true, force: true }))
/** One a run, for what tests keep between them under $BUILD/tests/looked. */
const id = `${Date.now().toString(36)}-${process.pid}`
rmSync(join(build, 'tests/looked'), { recursive: true, force: true })

const running = new Set()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(name, () => {
    for (const child of running) child.kill(name)
    process.exit(1)
  })
}

/** Seconds of a core that this process's children have used, each counted when it ends. */
let counted = 0
function used () {
  const [, user, system] = /\) (?:\S+ ){13}(\d+) (\d+)/.exec(readFileSync('/proc/self/stat', 'utf8'))
  const before = counted
  counted = (Number(user) + Number(system)) / 100
  return counted - before
}

const nameOf = test => `${test.folder}-${test.name}${test.how ? `-${test.how}` : ''}`

/** After so many a test hangs; one that fuzzes for long takes its time. */
const minutes = 10 + Number(process.env.FUZZ_SECONDS ?? 0) / 60 + Number(process.env.MODEL_EVENTS ?? 0) / 100000

/** What the test printed, its exit status (null if it was killed or never began), and what it took. */
export function execute (test) {
  const began = Date.now()
  const args = [...test.command]
  const folder = join(base, nameOf(test))
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  rmSync(join(failed, nameOf(test)), { recursive: true, force: true })
  if (test.folder === 'fuzz') args.push(`-artifact_prefix=${folder}/`)
  return new Promise(resolve => {
    const child = execFile(join(build, 'tests/run/reaper'), args, {
      encoding: 'utf8', maxBuffer: 1 << 28, timeout: minutes * 60000,
      env: { ...process.env, BUILD: build, TMPDIR: folder, EGENREMISS_TEST_RUN: id, ...test.env }
    }, (error, stdout, stderr) => {
      running.delete(child)
      // What could not be started has a word for its code, what was killed has none.
      const status = error === null ? 0 : Number.isInteger(error.code) ? error.code : null
      resolve({ stdout, stderr, status, error: status === null ? error : null, folder, ...took })
    })
    let took = { seconds: 0, cpu: 0 }
    child.once('exit', () => { took = { seconds: (Date.now() - began) / 1000, cpu: used() } })
    running.add(child)
  })
}

/** Keeps the test's folder and all that it printed, or lets go of it. The folder where it is kept. */
export function settle (test, { folder, stdout, stderr }, hasFailed) {
  if (!hasFailed) return rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  const kept = join(failed, nameOf(test))
  mkdirSync(failed, { recursive: true })
  // It may be none to move: a file system that a test has mounted there and not let go of.
  spawnSync('mv', [folder, kept])
  used()
  mkdirSync(kept, { recursive: true })
  writeFileSync(join(kept, 'output'), stdout + stderr)
  return kept
}

/** Forgets what an earlier run kept. */
export const forget = () => rmSync(failed, { recursive: true, force: true })
