// Every page of the service: no list of choices has chosen for the reader (HTML, "The select
// element": a required one begins with an empty option; the Nu HTML checker holds to it).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { publicPages, staffPages } from '../support/narrow.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, sendCase, signedIn } from '../support/staff.mjs'

let service, pages
before(async () => {
  service = await startService()
  // She lacks queues that the lead can give.
  addAccount(service, 'una', 'coordinator', 'karlstad-unga')
  pages = new Map([...await publicPages(service), ...await staffPages(service)])
  // The reminder before the twentieth birthday is for the young alone.
  const anna = await signedIn(service, service.coordinator)
  const ref = await sendCase(service, { ...right.self, age: '18-19', phone: '070-174 06 77' })
  assert.equal((await anna.act(ref, 'claim')).status, 303)
  assert.equal((await anna.act(ref, 'attempt', { result: 'reached' })).status, 303)
  pages.set('a case of the young', (await anna.page(`/staff/case/${ref}`)).text)
})
after(() => service.stop())

/** The lists of a page: the attributes of each, and its options as [attributes, text]. */
const lists = html => [...html.matchAll(/<select([^>]*)>([^]*?)<\/select>/g)].map(([, attributes, inside]) => ({
  attributes, options: [...inside.matchAll(/<option([^>]*)>/g)].map(([, option]) => option)
}))

test('a list that must be answered begins with an empty choice', () => {
  let count = 0
  for (const [where, html] of pages) {
    for (const { attributes, options } of lists(html)) {
      if (!/\srequired\b/.test(attributes)) continue
      count++
      assert.match(options[0] ?? '', /^ value=""/, `${where}: ${attributes}`)
    }
  }
  assert.ok(count > 20, `${count} lists`)
})

test('a queue, a month and a year are never chosen for the reader', () => {
  const names = new Map()
  for (const [where, html] of pages) {
    for (const { attributes, options } of lists(html)) {
      const [, name] = / name="(queue|month|year)"/.exec(attributes) ?? []
      if (!name) continue
      names.set(name, (names.get(name) ?? 0) + 1)
      assert.match(options[0], /^ value=""/, `${where}: ${attributes}`)
      assert.deepEqual(options.filter(option => /\sselected\b/.test(option)), [], `${where}: ${attributes}`)
    }
  }
  assert.deepEqual([...names.keys()].sort(), ['month', 'queue', 'year'])
})
