// A form that posts to its page's address takes the page's query along. Its route must accept
// every field of the page's query and no other. The tables of routes are the program's own.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startService } from '../support/service.mjs'
import { Session, signIn, signedIn } from '../support/staff.mjs'
import { table } from '../walk/walker/routes.mjs'

let service, people
before(async () => {
  service = await startService({ workers: 1 })
  people = { nobody: new Session(service), lead: await signedIn(service, service.lead) }
})
after(() => service.stop())

const routes = table()
/** Each form whose page stands at the same address, with what that page takes in its query. */
const own = routes.filter(({ method }) => method === 'POST')
  .map(form => ({ form, page: routes.find(({ method, path }) => method === 'GET' && path === form.path) }))
  .filter(({ page }) => page)

const address = path => path.replace('#', '0'.repeat(13)).replace('*', 'x')

test('the table has such forms, and the sign-in is one', () => {
  assert.ok(own.length > 5, `${own.length} forms`)
  assert.ok(own.some(({ form }) => form.path === '/staff'))
})

for (const { form, page } of own) {
  for (const field of [...page.fields.filter(name => !name.endsWith('*')), 'lang', 'notice', 'send']) {
    test(`${form.route} takes ?${field}= of its page`, async () => {
      const who = form.path === '/staff' ? people.nobody : people.lead
      const path = address(form.path)
      const { status, text } = await who.post(`${path}?${field}=sv`, {}).then(async answer => ({ status: answer.status, text: await answer.text() }))
      assert.notEqual(status, 400, text.slice(text.indexOf('<main'), 600))
    })
  }
  test(`${form.route} refuses what its page does not take`, async () => {
    const who = form.path === '/staff' ? people.nobody : people.lead
    const path = address(form.path)
    assert.equal((await who.post(`${path}?strange=1`, {})).status, 400)
  })
}

// A link of the answer that stays on its address, or a tab that is opened again, asks for what only takes forms.
for (const { route, path, matches } of routes.filter(({ method, matches, path }) => method === 'POST' && !routes.some(page => page.method === 'GET' && page.matches.test(address(path))))) {
  test(`${route} leads to the page above it`, async () => {
    const { status, location } = await people.lead.page(`${address(path)}?lang=en`)
    assert.ok(matches.test(address(path)))
    assert.equal(status, 303)
    assert.ok(routes.some(page => page.method === 'GET' && page.matches.test(location)), location)
    assert.ok(address(path).startsWith(`${location}/`), location)
  })
}

test('a sign-in works at every address of the sign-in page, and a refused one stays there', async () => {
  for (const query of ['', '?notice=in', '?notice=out', '?notice=welcome', '?notice=none', '?lang=ar', '?notice=in&lang=en']) {
    const { user, passphrase } = service.coordinator
    const right = await people.nobody.post(`/staff${query}`, { user, passphrase }, '')
    assert.equal(right.status, 303, query)
    assert.equal(right.headers.get('location'), '/staff?notice=signed-in', query)
    assert.equal((await people.nobody.post(`/staff${query}`, { user }, '')).status, 422, query)
  }
  assert.equal((await signIn(service, service.coordinator)).status, 303)
})
