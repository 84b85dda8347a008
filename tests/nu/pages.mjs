// Every page of the service by the Nu HTML checker, which is a program in Java. It is no part
// of make test: make html installs it, and make test-long runs it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { publicPages, staffPages } from '../support/narrow.mjs'
import { startService } from '../support/service.mjs'

const checker = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url))
/** Properties of CSS and SVG that browsers know and this checker does not. */
const unknown = /^CSS: “(field-sizing|x|y)”: Property “\1” doesn't exist\.$/

let service, pages, folder
before(async () => {
  service = await startService()
  pages = [...await publicPages(service), ...await staffPages(service)]
  folder = mkdtempSync(join(tmpdir(), 'egenremiss-nu-'))
  for (const [i, [, html]] of pages.entries()) writeFileSync(join(folder, `${i}.html`), html)
})
after(async () => {
  await service?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the checker finds no fault in any page', () => {
  assert.ok(pages.length > 150, `${pages.length} pages`)
  const { stdout, stderr, error } = spawnSync('java', ['-jar', checker, '--format', 'json', '--stdout', '--exit-zero-always', ...pages.map((_, i) => join(folder, `${i}.html`))],
    { encoding: 'utf8', maxBuffer: 1 << 28 })
  assert.equal(error, undefined, stderr)
  const { messages } = JSON.parse(stdout)
  // It has read them: it says what it does not know.
  assert.ok(messages.some(({ message }) => unknown.test(message)))
  assert.deepEqual(messages.filter(({ message }) => !unknown.test(message)).map(({ url, message, extract }) =>
    `${pages[Number(/(\d+)\.html$/.exec(url)[1])][0]}: ${message} ${extract?.replace(/\s+/g, ' ').slice(0, 120) ?? ''}`), [])
})
