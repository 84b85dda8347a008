// A database whose schema differs from the program's: doctor and check name each difference with
// a remedy. The service and every other subcommand refuse it.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { command, root, startService } from '../support/service.mjs'

const folder = mkdtempSync(join(tmpdir(), 'egenremiss-schema-'))
after(() => rmSync(folder, { recursive: true }))

const run = (data, ...words) => spawnSync(command, [...words, '--data', data, '--config', join(root, 'conf/service.conf')], { encoding: 'utf8' })
const change = (data, sql) => execFileSync('sqlite3', [join(data, 'egenremiss.db'), sql])

const made = join(folder, 'made')
/** A copy of a whole service, changed by that SQL. */
function changed (name, sql) {
  const data = join(folder, name)
  cpSync(made, data, { recursive: true })
  change(data, sql)
  return data
}
before(() => assert.equal(run(made, 'init', '--demo').status, 0))

describe('a database with another schema', () => {
  const sql = 'ALTER TABLE codes RENAME COLUMN last_day TO old; DROP TABLE overdue_told; DROP INDEX cases_held; DROP TRIGGER events_stay; CREATE TABLE more (a)'
  const differences = [
    /^fault: database: trigger events_stay is missing; stop the service and run its CREATE statement .+$/m,
    /^fault: database: table overdue_told is missing; restore a backup .+$/m,
    /^fault: database: column last_day of table codes is missing; restore a backup .+$/m,
    /^fault: database: column old of table codes is unknown; restore a backup .+$/m,
    /^fault: database: table more is unknown; find out .+$/m,
    /^fault: database: index cases_held is missing; stop the service .+$/m
  ]

  test('doctor and check name each difference with a remedy', () => {
    const data = changed('differs', sql)
    for (const word of ['doctor', 'check']) {
      const { status, stdout, stderr } = run(data, word)
      assert.equal(status, 1, stderr)
      for (const difference of differences) assert.match(stdout, difference)
      assert.equal(stdout.match(/^fault: database: /gm).length, differences.length)
    }
    assert.match(run(data, 'doctor').stdout, /^6 faults$/m)
    assert.match(run(data, 'check').stdout, /^faults: 6, /m)
  })

  test('every other subcommand refuses it, and changes nothing', () => {
    const data = changed('refused', sql)
    for (const words of [['init', '--demo'], ['user', 'list'], ['code', 'list'], ['queue', 'list'], ['backup', join(folder, 'copy.db')]]) {
      const { status, stderr } = run(data, ...words)
      assert.notEqual(status, 0, words.join(' '))
      assert.match(stderr, /the database says that it is of version 1, but its schema is another: trigger events_stay is missing; .*egenremiss doctor/)
    }
    assert.match(run(data, 'doctor').stdout, /^6 faults$/m)
  })

  test('the service does not start with it', async () => {
    const data = changed('started', '')
    const service = await startService({ data, workers: 1 })
    await service.end()
    change(data, sql)
    await assert.rejects(service.start(), /its schema is another: trigger events_stay is missing; .*egenremiss doctor/)
    await service.end()
  })
})

describe('words of acts and outcomes', () => {
  test('that are missing are named, and init adds them', () => {
    const data = changed('words', "DELETE FROM acts WHERE act = 'unlink'; DELETE FROM outcomes WHERE outcome = 'moved'")
    const { status, stdout } = run(data, 'doctor')
    assert.equal(status, 1)
    assert.match(stdout, /^fault: database: act unlink is missing; run egenremiss init$/m)
    assert.match(stdout, /^fault: database: outcome moved is missing; run egenremiss init$/m)
    run(data, 'init', '--demo')
    assert.equal(run(data, 'doctor').status, 0)
  })

  test('that the program does not know are named', () => {
    const { status, stdout } = run(changed('newer', "INSERT INTO acts VALUES ('invent')"), 'check')
    assert.equal(status, 1)
    assert.match(stdout, /^fault: database: act invent is unknown; install the newer program$/m)
  })
})

test('a newer version and an older one are told apart from a schema that differs', () => {
  assert.match(run(changed('version9', 'PRAGMA user_version = 9'), 'doctor').stderr, /of version 9, newer than this program's \d+; install the newer program/)
  assert.match(run(changed('foreign', 'PRAGMA application_id = 1'), 'check').stderr, /another program's/)
})
