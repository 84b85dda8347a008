// The intake's door over HTTP: a lead opens and closes it, now and on a day,
// both workers follow, and every public way ends at a form, at the closed page
// or at the choice of area.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { post, right, startService, wait } from '../support/service.mjs'
import { addAccount, signedIn } from '../support/staff.mjs'
import { held, reading, text, unescaped } from '../support/text.mjs'
import { ask } from '../support/wire.mjs'

const languages = ['sv', 'en', 'ar']
const intake = '/staff/intake'
let service, lead, sent = 0

/** Sessions end as the clock moves. */
const moveTo = async moment => { service.clock.set(moment); lead = await signedIn(service, service.lead) }
before(async () => {
  service = await startService({ clock: '2027-03-01T09:00+01:00' })
  lead = await signedIn(service, service.lead)
})
after(() => service.stop())

async function press (fields, who = lead) {
  const answer = await who.post(intake, fields)
  const html = await answer.text()
  return { status: answer.status, location: answer.headers.get('location'), html, says: reading(html) }
}
async function pressed (fields) {
  const { status, says } = await press(fields)
  assert.equal(status, 303, says)
  await wait(1300)
}
const page = async area => reading((await lead.page(`${intake}?area=${area}`)).text)
const stands = area => service.sql(`SELECT open, changed_at, turns_day FROM intakes WHERE area = '${area}'`)[0]

/** A form that no other test has sent. */
const fresh = (area = '1781') => ({ ...right.self, area, name: `Öppen ${++sent}` })
const main = html => reading(html.slice(html.indexOf('<main'), html.indexOf('</main>')))
const closed = language => text(language, 'Just nu är formuläret stängt')

/** What a way in ends at, asked over many connections so that each worker answers. */
async function end (path, language = 'sv') {
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(`${service.url}${path}?lang=${language}`)))
  const kinds = answers.map(({ status, text: html }) => {
    const says = main(html)
    if (/<form method="post"/.test(html)) return `${status} form`
    if (says.startsWith(closed(language))) {
      assert.match(html, /<a class="button" href="tel:\+46/)
      assert.ok(says.includes(text(language, 'Eller kom till {place}.', { place: '' }).slice(0, 6)), says)
      return `${status} closed`
    }
    return /<ul class="areas">/.test(html) ? `${status} areas` : `${status} ${says}`
  })
  assert.deepEqual(kinds, kinds.map(() => kinds[0]), path)
  return kinds[0]
}

describe('closed and opened now', () => {
  test('both workers follow within a second and a half, in each language', async () => {
    await pressed({ area: '1781', do: 'close' })
    for (const language of languages) assert.equal(await end('/kristinehamn', language), '200 closed')
    assert.equal(await end('/karlstad'), '200 form')
    assert.match(await page('1781'), /Stängt sedan i dag 09:0\d/)
    const root = (await ask(service.url)).text
    assert.match(root, /Kristinehamn <span>Formuläret är stängt/)
    assert.doesNotMatch(root, /Karlstad <span>/)
    await pressed({ area: '1781', do: 'open' })
    for (const language of languages) assert.equal(await end('/kristinehamn', language), '200 form')
    assert.doesNotMatch((await ask(service.url)).text, /Kristinehamn <span>/)
  })
})
