// egenremiss queue: its list, and a new key of a queue, made with the recovery key.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { command, discard, root } from '../support/service.mjs'

const queue = 'kristinehamn-kaa'
const data = mkdtempSync(join(tmpdir(), 'egenremiss-queue-'))
after(() => discard(data))

const run = (input, ...words) => spawnSync(command, [...words, '--data', data, '--config', join(root, 'conf/service.conf')], { encoding: 'utf8', input })

const generations = () => run('', 'queue', 'list').stdout.split('\n').filter(line => line.startsWith(`${queue}\t`))

describe('egenremiss queue', () => {
  let recovery
  before(() => { recovery = /([a-z]{5}-){16}[a-z]{5}/.exec(run('', 'init', '--demo').stdout)[0] })

  test('lists each key with the number of its cases', () => {
    const { status, stdout } = run('', 'queue', 'list')
    assert.equal(status, 0)
    const [heading, ...lines] = stdout.trimEnd().split('\n')
    assert.equal(heading, 'queue\tgeneration\tstate\tcases')
    assert.ok(lines.length > 1)
    for (const line of lines) assert.match(line, /^[a-z-]+\t1\tin use\t\d+$/)
  })

  test('rotate asks for the recovery key, and refuses another', () => {
    const before = generations()
    const other = run('', 'queue', 'rotate', queue)
    assert.notEqual(other.status, 0)
    const wrong = run(`${recovery.replace(/^...../, 'babab')}\n`, 'queue', 'rotate', queue)
    assert.notEqual(wrong.status, 0)
    assert.ok(!wrong.stderr.includes('babab'), 'what was typed is printed')
    assert.deepEqual(generations(), before)
  })

  test('rotate names a queue that has no key', () => {
    const { status, stderr } = run(`${recovery}\n`, 'queue', 'rotate', 'nowhere')
    assert.notEqual(status, 0)
    assert.match(stderr, /there is no queue nowhere with a key: see egenremiss queue list/)
  })

  test('rotate makes a new key each time', () => {
    const { status, stdout, stderr } = run(`${recovery}\n`, 'queue', 'rotate', queue)
    assert.equal(status, 0, stderr)
    assert.match(stdout, new RegExp(`${queue}: \\d+ cases got the new key\n`))
    assert.deepEqual(generations().map(line => line.split('\t').slice(1, 3)), [['1', 'replaced'], ['2', 'in use']])
    assert.equal(run(`${recovery}\n`, 'queue', 'rotate', queue).status, 0)
    assert.deepEqual(generations().map(line => line.split('\t')[2]), ['replaced', 'replaced', 'in use'])
  })

  for (const words of [[], ['show'], ['list', queue], ['rotate'], ['rotate', queue, queue]]) {
    test(`queue ${words.join(' ')} is refused`, () => {
      const { status, stderr } = run(`${recovery}\n`, 'queue', ...words)
      assert.equal(status, 2)
      assert.match(stderr, /write list, or rotate QUEUE/)
    })
  }
})
