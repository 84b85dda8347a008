// Sends lines to the program's own rules (../ask.c) and returns the answers.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'

const build = process.env.BUILD ?? 'build'

export function ask(lines) {
	const { status, stdout, error } = spawnSync(`${build}/tests/oracle/ask`, {
		input: lines.map((line) => line + '\n').join(''),
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	})
	assert.ifError(error)
	assert.equal(status, 0)
	const answers = stdout.split('\n').slice(0, -1)
	assert.equal(answers.length, lines.length)
	return answers
}
