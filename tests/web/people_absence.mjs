// Absences over HTTP, with a moved clock: registration, the deputy's pages and rights, cases
// without a deputy, and the reports to lead and doctor.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { right, startService } from '../support/service.mjs'
import { addAccount, sendCase, signedIn } from '../support/staff.mjs'
import { held, reading } from '../support/text.mjs'

const queue = 'kristinehamn-kaa'
let service, accounts, vera, olle, lena, sent = 0

/** Sessions end as the clock moves. */
const signIn = async () => { [vera, olle, lena] = await Promise.all(accounts.map(account => signedIn(service, account))) }
const moveTo = async moment => { service.clock.set(moment); await signIn() }

before(async () => {
  service = await startService({ clock: '2027-01-11T09:00+01:00' })
  service.change(`DELETE FROM memberships WHERE queue = '${queue}'`)
  accounts = [['vera', 'coordinator', queue], ['olle', 'coordinator', queue], ['lena', 'lead', queue], ['una', 'coordinator', 'karlstad-unga']]
    .map(([user, role, queue]) => addAccount(service, user, role, queue)).slice(0, 3)
  await signIn()
})
after(() => service.stop())

/** A case that Vera has, and has reached: due again on the twenty-fifth. */
async function veras () {
  const ref = await sendCase(service, { ...right.self, name: `Zebranamn ${++sent}`, phone: '070-174 06 33' })
  assert.equal((await vera.act(ref, 'claim')).status, 303)
  assert.equal((await vera.act(ref, 'attempt', { result: 'reached' })).status, 303)
  return ref
}

async function away (who, fields) {
  const answer = await who.post('/staff/absence', fields)
  return { status: answer.status, location: answer.headers.get('location'), text: reading(await answer.text()) }
}
const back = async (who, fields = {}) => (await who.post('/staff/absence/end', fields)).headers.get('location')
const read = async (who, path) => reading((await who.page(path)).text)
const readCase = (who, ref) => read(who, `/staff/case/${ref}`)
const row = () => service.sql('SELECT state, (SELECT user FROM accounts a WHERE a.number = holder) AS holder FROM cases ORDER BY number DESC LIMIT 1')[0]

describe('an absence is registered', () => {
  test('with a suitable deputy; else the page says why not and keeps the typed values', async () => {
    const refused = [
      [{ from: '2027-01-12', to: '2027-01-11', deputy: 'olle' }, /Den sista får inte vara före den första/],
      [{ from: 'i morgon', to: '', deputy: 'olle' }, /Välj en första dag inom ett år/],
      [{ from: '2027-01-12', to: '2027-01-12', deputy: '' }, /Välj vem som ersätter dig/],
      [{ from: '2027-01-12', to: '2027-01-12', deputy: 'vera' }, /kan inte ersätta någon/],
      [{ from: '2027-01-12', to: '2027-01-12', deputy: 'una' }, /har ingen kö gemensam/]
    ]
    for (const [fields, why] of refused) {
      const answer = await vera.post('/staff/absence', fields)
      const text = await answer.text()
      assert.equal(answer.status, 422)
      assert.match(reading(text), why)
      assert.equal(held(text, 'from'), fields.from)
      assert.equal(held(text, 'to'), fields.to)
    }
    assert.equal(service.count('absences'), 0)
  })

  test('by the absent colleague, who also ends it', async () => {
    assert.equal((await away(vera, { from: '2027-01-12', to: '2027-01-13', deputy: 'olle' })).location, '/staff/absence?notice=away')
    assert.match(await read(vera, '/staff/absence?notice=away'), /Frånvaron är sparad\..*Borta från tisdag 12 januari 2027 till och med onsdag 13 januari 2027.*Olle Prov ersätter/)
    assert.match(await read(olle, '/staff/absence'), /Du ersätter Vera Prov från tisdag 12 januari 2027/)
    assert.match(await read(lena, '/staff/colleagues'), /Vera Prov.*Borta från tisdag 12 januari 2027.*Olle Prov ersätter/)
    assert.equal((await away(olle, { from: '2027-01-13', to: '', deputy: 'lena' })).status, 303)
    // Who is away then cannot stand in; that Olle already did is not undone, and shown.
    assert.match((await away(vera, { from: '2027-01-12', to: '2027-01-13', deputy: 'olle' })).text, /är också borta någon av dagarna/)
    assert.equal(await back(olle), '/staff/absence?notice=back')
    assert.equal(await back(vera), '/staff/absence?notice=back')
    assert.equal(service.count('absences'), 0)
    assert.match(reading(await (await vera.post('/staff/absence/end')).text()), /frånvaron finns inte kvar/)
  })

  test('by a lead for a colleague, and not by another colleague', async () => {
    assert.equal((await away(olle, { user: 'vera', from: '2027-01-12', to: '', deputy: 'olle' })).status, 403)
    assert.equal((await away(lena, { user: 'una', from: '2027-01-12', to: '', deputy: '' })).status, 403)
    assert.equal((await away(lena, { user: 'vera', from: '2027-01-12', to: '', deputy: '' })).location, '/staff/absence?notice=away')
    assert.match(await read(lena, '/staff/colleagues'), /Borta från tisdag 12 januari 2027, tills vidare Ingen ersätter/)
    assert.equal(await back(lena, { user: 'vera' }), '/staff/absence?notice=back')
  })
})

describe('during an absence', () => {
  let ref
  test('it begins at midnight; the deputy sees the follow-ups and may act on them', async () => {
    ref = await veras()
    await vera.act(ref, 'follow', { until: '2027-01-12' })
    assert.equal((await away(vera, { from: '2027-01-12', to: '2027-01-13', deputy: 'olle' })).status, 303)
    assert.equal((await olle.act(ref, 'attempt', { result: 'no-answer' })).status, 409)
    await moveTo('2027-01-11T23:50+01:00')
    assert.doesNotMatch(await readCase(olle, ref), /Zebranamn/)
    await moveTo('2027-01-12T00:01+01:00')
    const today = await read(olle, '/staff/queue')
    assert.match(today, /Mina uppföljningar i dag.*Zebranamn \d+.*i stället för Vera Prov/)
    assert.match(today, /1 är ditt 1 av dem i stället för Vera Prov\./)
    assert.doesNotMatch(await read(lena, '/staff/queue'), /Zebranamn|i stället för/)
    assert.doesNotMatch(await read(vera, '/staff/queue'), /i stället för/)
    assert.match(await read(olle, '/staff/queue?mine=1'), /Zebranamn/)
    assert.match(await readCase(olle, ref), /Vera Prov är borta\. Du gör det i stället\..*070-174 06 33/)
    const done = await olle.act(ref, 'attempt', { result: 'no-answer' })
    assert.equal(done.location, `/staff/case/${ref}?notice=tried`)
    assert.deepEqual(row(), { state: 'following', holder: 'vera' })
    assert.match(await readCase(olle, ref), /Inget svar · Olle Prov i stället för Vera Prov/)
    // She may come in.
    assert.equal((await vera.act(ref, 'attempt', { result: 'reached' })).location, `/staff/case/${ref}?notice=reached`)
  })

  test('it ends at midnight, Swedish time', async () => {
    await moveTo('2027-01-13T23:50+01:00')
    assert.match(await readCase(olle, ref), /Zebranamn/)
    await moveTo('2027-01-14T00:01+01:00')
    assert.doesNotMatch(await readCase(olle, ref), /Zebranamn/)
    assert.equal((await olle.act(ref, 'attempt', { result: 'no-answer' })).status, 409)
    assert.doesNotMatch(await read(vera, '/staff/absence'), /Borta från/)
  })

  test('nobody stands in: anybody in the queue takes it, one wins, the lead and the doctor are told', async () => {
    await moveTo('2027-01-14T08:00+01:00')
    await vera.act(ref, 'follow', { until: '2027-01-14' })
    assert.equal((await away(lena, { user: 'vera', from: '2027-01-14', to: '', deputy: '' })).status, 303)
    assert.match(await read(lena, '/staff/overview'), /Frånvaro.*Vera Prov.*Ingen ersätter 1 ärende har ingen/)
    await moveTo('2027-01-14T17:00+01:00')
    assert.match(service.run('doctor', '--data', service.folder), /^warning: vera is away and nobody stands in for 1 cases that are late/m)
    assert.match(await read(lena, '/staff/overview'), /1 av dem är försenat\./)
    const page = await olle.page('/staff/queue')
    assert.match(reading(page.text), /Försenade.*Vera Prov är borta, och ingen ersätter/)
    assert.match(page.text, new RegExp(`action="/staff/case/${ref}/claim"`))
    assert.match(await readCase(lena, ref), /Vem som helst i kön kan ta ärendet\./)
    const both = await Promise.all([olle, lena].map(who => who.act(ref, 'claim')))
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const loser = both.find(({ status }) => status === 409)
    assert.match(reading(loser.text), /(Olle|Lena) Prov hann före och har ärendet\./)
    assert.equal(row().state, 'following')
  })

  test('it stays when the deputy is deactivated, and any member may take the cases', async () => {
    const mine = await veras()
    assert.equal((await away(lena, { user: 'vera', from: '2027-01-14', to: '', deputy: 'olle' })).status, 303)
    assert.match(await readCase(olle, mine), /Zebranamn/)
    assert.equal((await lena.post('/staff/colleagues/deactivate', { user: 'olle' })).status, 303)
    assert.match(await read(lena, '/staff/overview'), /Vera Prov.*Ingen ersätter/)
    assert.equal((await lena.act(mine, 'claim')).status, 303)
    assert.equal(row().holder, 'lena')
  })
})
