// Checks the files of the schema: a released script is never edited, both ways to a version give
// the same schema, and schema.sql has comments.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { command, root } from '../support/service.mjs'

const store = join(root, 'app/store')
const folder = mkdtempSync(join(tmpdir(), 'egenremiss-released-'))
after(() => rmSync(folder, { recursive: true }))

const schema = readFileSync(join(store, 'schema.sql'), 'utf8')
const scripts = Object.fromEntries(readdirSync(join(store, 'migrations')).filter(name => name.endsWith('.sql')).sort()
  .map(name => [name, readFileSync(join(store, 'migrations', name), 'utf8')]))
const released = readFileSync(join(store, 'migrations/RELEASED'), 'utf8')

const hash = text => createHash('sha256').update(text).digest('hex')

/** What is wrong with scripts, given the list of those that were released. */
function faults (scripts, released) {
  const names = Object.keys(scripts)
  const list = released.split('\n').filter(line => line !== '' && !line.startsWith('#')).map(line => line.split('  '))
  return [
    ...list.filter(([, name]) => !(name in scripts)).map(([, name]) => `${name} was released and is gone`),
    ...list.filter(([sum, name]) => name in scripts && hash(scripts[name]) !== sum).map(([, name]) => `${name} was edited after its release`),
    ...names.filter((name, i) => !new RegExp(`^${String(i + 1).padStart(4, '0')}-[a-z-]+\\.sql$`).test(name)).map(name => `${name} is out of order`),
    ...(names.length > 0 && names[0] !== '0001-schema.sql' ? ['the first release, 0001-schema.sql, is missing'] : []),
    ...names.filter((name, i) => i < list.length && name !== list[i][1]).map(name => `${name} stands before a script that was released`)
  ]
}

describe('released scripts', () => {
  test('are as they were released', () => assert.deepEqual(faults(scripts, released), []))

  const some = { '0001-schema.sql': 'CREATE TABLE a (b);', '0002-more.sql': 'ALTER TABLE a ADD COLUMN c;' }
  const list = Object.entries(some).map(([name, text]) => `${hash(text)}  ${name}\n`).join('')
  test('a new one may stand after them', () => assert.deepEqual(faults({ ...some, '0003-new.sql': '' }, `# Released.\n${list}`), []))
  for (const [what, changed, fault] of [
    ['an edited one', { ...some, '0002-more.sql': `${some['0002-more.sql']} ` }, '0002-more.sql was edited after its release'],
    ['a removed one', { '0001-schema.sql': some['0001-schema.sql'] }, '0002-more.sql was released and is gone'],
    ['a gap', { ...some, '0004-late.sql': '' }, '0004-late.sql is out of order']
  ]) test(`${what} is found`, () => assert.deepEqual(faults(changed, list), [fault]))
  test('a first migration without the first release is found', () => {
    assert.ok(faults({ '0002-more.sql': '' }, '').includes('the first release, 0001-schema.sql, is missing'))
  })
})

/** A database that those scripts make, one after the other, as doctor sees it. */
function examine (name, texts) {
  const data = join(folder, name)
  assert.equal(spawnSync(command, ['init', '--demo', '--data', data, '--config', join(root, 'conf/service.conf')]).status, 0)
  const file = join(data, 'egenremiss.db')
  const version = execFileSync('sqlite3', [file, 'PRAGMA user_version'], { encoding: 'utf8' }).trim()
  const filled = execFileSync('sqlite3', [file, '.dump acts outcomes --data-only'], { encoding: 'utf8' })
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
  execFileSync('sqlite3', [file], { input: `${texts.join('\n')}\nPRAGMA user_version = ${version}; PRAGMA application_id = ${0x6567726d};\n${filled}` })
  return spawnSync(command, ['doctor', '--data', data, '--config', join(root, 'conf/service.conf')], { encoding: 'utf8' })
}

describe('both ways to the current schema', () => {
  const differs = /^fault: database: /m
  test('end in the same one', () => {
    const way = Object.values(scripts).length > 0 ? Object.values(scripts) : [schema]
    assert.doesNotMatch(examine('released', way).stdout, differs)
  })
  test('a migration that does something else is found', () => {
    assert.match(examine('other', [schema, 'ALTER TABLE codes ADD COLUMN more TEXT;']).stdout, /^fault: database: column more of table codes is unknown/m)
  })
})

test('schema.sql comments almost every column, table and index', () => {
  const lines = schema.split('\n')
  const comments = lines.filter(line => /^\s*--/.test(line)).length
  assert.ok(comments / lines.length > 0.3, `${comments} of ${lines.length} lines are comments`)
  const bare = lines.filter((line, i) => /^CREATE TABLE/.test(line) && !lines[i - 1].startsWith('--'))
  assert.deepEqual(bare, [], 'tables without a comment')
  // Some say themselves what they hold, wherever they stand.
  const plain = /^(number|case_number|account|queue|area|code|key|value|outcome|created_at|campaign|invitation|message)\b/
  const columns = lines.map((line, i) => [/^\t(\w+)\t+(?:INTEGER|TEXT|BLOB)\b/.exec(line)?.[1], i]).filter(([name]) => name !== undefined)
  assert.ok(columns.length > 150, 'columns are not found')
  assert.deepEqual(columns.filter(([name, i]) => !/^\t--/.test(lines[i - 1]) && !plain.test(name)).map(([name, i]) => `${i + 1}: ${name}`), [])
  const sealed = columns.filter(([name]) => /^(box|sealed|locked|recovery_sealed|note_sealed|note)$/.test(name))
  for (const [name, at] of sealed) {
    let first = at - 1
    while (/^\t--/.test(lines[first - 1])) first--
    assert.match(lines[first], /^\t-- Sealed/, `${at + 1}: ${name} does not say that it is sealed`)
  }
})
