// Colleagues over HTTP: invitations, restoration, membership of queues, deactivation. Tests the
// rights of each role, two at once, and that no secret is on disk.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { post, right, send, startService, until } from '../support/service.mjs'
import { addAccount, sendCase, signIn, signedIn } from '../support/staff.mjs'
import { reading, unescaped } from '../support/text.mjs'
import { traces, tracesInFolder } from '../support/traces.mjs'

let service, lead, administrator, anna
const phrase = 'gurka trappsteg novell kastrull'
const secrets = new Set([phrase])
before(async () => {
  service = await startService({ quick: true })
  ;[lead, administrator, anna] = await Promise.all([service.lead, service.administrator, service.coordinator].map(account => signedIn(service, account)))
})
after(() => service.stop())

/** Presses a button on the page of colleagues. */
async function press (session, what, fields) {
  const answer = await session.post(`/staff/colleagues/${what}`, fields)
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

/** The link that the page shows, as a path. */
function linkOn ({ status, text }) {
  assert.equal(status, 200, reading(text))
  const link = /id="link-text"[^>]* value="([^"]+)"/.exec(text)?.[1]
  assert.ok(link?.startsWith(`${service.url}/staff/invitation/`), link)
  secrets.add(link.split('/').pop())
  return unescaped(link).slice(service.url.length)
}

const invite = async (session, ...queues) => linkOn(await press(session, 'invite', { role: 'coordinator', ...Object.fromEntries(queues.map(queue => [`queue-${queue}`, 'yes'])) }))
const accept = (link, fields) => post(service.url + link, { user: 'nils', name: 'Nils Ny', passphrase: phrase, ...fields })
const told = async answer => reading(await answer.text())
const gone = 'Länken gäller inte längre'

async function hire (user, ...queues) {
  assert.equal((await accept(await invite(lead, ...queues), { user, name: `${user} Prov` })).status, 303)
  return signedIn(service, { user, passphrase: phrase })
}

describe('an invitation', () => {
  test('makes an account that opens the cases of its queues, old ones too', async () => {
    const ref = await sendCase(service, right.self)
    const link = await invite(lead, 'kristinehamn-kaa', 'karlstad-unga')
    const page = await send(service.url + link)
    assert.equal(page.status, 200)
    assert.equal(page.headers.get('cache-control'), 'no-store')
    assert.match(await told(page), /Leo Lind har bjudit in dig\. Din roll: samordnare Köer vars ärenden du kan läsa: .*KAA/)
    const done = await accept(link, {})
    assert.equal(done.status, 303)
    assert.equal(done.headers.get('location'), '/staff?notice=welcome')
    const nils = await signedIn(service, { user: 'nils', passphrase: phrase })
    assert.equal((await nils.act(ref, 'claim')).status, 303)
    assert.match((await nils.page(`/staff/case/${ref}`)).text, /Alva/)
    assert.deepEqual(service.sql("SELECT DISTINCT queue FROM memberships WHERE account = (SELECT number FROM accounts WHERE user = 'nils') ORDER BY queue").map(row => row.queue), ['karlstad-unga', 'kristinehamn-kaa'])
    await nils.act(ref, 'release')
  })
  test('can be used once; later readers are told what to do', async () => {
    const link = await invite(lead, 'karlstad-unga')
    assert.equal((await accept(link, { user: 'forst' })).status, 303)
    for (const answer of [await send(service.url + link), await accept(link, { user: 'sist' })]) {
      assert.equal(answer.status, 404)
      assert.ok((await told(answer)).includes(gone))
    }
    assert.equal(service.count("accounts WHERE user = 'sist'"), 0)
  })
  test('makes one account when two browsers use it', async () => {
    const link = await invite(lead, 'karlstad-unga')
    const answers = await Promise.all(['lopare', 'hoppare', 'kastare'].map(user => accept(link, { user })))
    assert.deepEqual(answers.map(answer => answer.status).sort(), [303, 404, 404])
    assert.equal(service.count("accounts WHERE user IN ('lopare', 'hoppare', 'kastare')"), 1)
  })
  test('refuses a user name that was taken a moment before', async () => {
    const links = [await invite(lead, 'karlstad-unga'), await invite(lead, 'karlstad-unga')]
    const answers = await Promise.all(links.map(link => accept(link, { user: 'samma' })))
    assert.deepEqual(answers.map(answer => answer.status).sort(), [303, 422])
    const late = answers.findIndex(answer => answer.status === 422)
    const html = await answers[late].text()
    assert.ok(reading(html).includes('Användarnamnet är upptaget'))
    assert.ok(!html.includes(phrase), 'the passphrase came back')
    assert.equal((await accept(links[late], { user: 'annan' })).status, 303)
  })
  test('asks again for missing fields, and stays valid', async () => {
    const link = await invite(lead, 'karlstad-unga')
    for (const [fields, fault] of [
      [{ user: 'Åsa!' }, 'Skriv ett användarnamn med små bokstäver'], [{ user: '' }, 'Skriv ett användarnamn'], [{ name: ' ' }, 'Skriv ditt namn'],
      [{ user: 'uno', passphrase: 'sommar' }, 'för lätt att gissa'], [{ user: 'uno', passphrase: '' }, 'för lätt att gissa'], [{ user: 'ANNA' }, 'Skriv ett användarnamn'], [{ user: 'anna' }, 'upptaget']
    ]) {
      const answer = await accept(link, fields)
      assert.equal(answer.status, 422)
      assert.ok((await told(answer)).includes(fault), fault)
    }
    assert.equal((await accept(link, { user: 'uno' })).status, 303)
  })
  test('can be withdrawn, and expires after three days', async () => {
    const link = await invite(lead, 'karlstad-unga')
    const { text: html } = await lead.page('/staff/colleagues')
    const invitation = /name="invitation" value="([^"]+)"/.exec(html)[1]
    assert.equal((await press(anna, 'withdraw', { invitation })).status, 403)
    assert.equal((await press(lead, 'withdraw', { invitation })).location, '/staff/colleagues?notice=withdrawn')
    assert.equal((await press(lead, 'withdraw', { invitation })).status, 409)
    assert.equal((await send(service.url + link)).status, 404)
    const old = await invite(lead, 'karlstad-unga')
    service.sql('UPDATE invitations SET created_at = created_at - 259200, expires_at = expires_at - 259200')
    assert.equal((await accept(old, { user: 'sen' })).status, 404)
    service.sql('DELETE FROM invitation_keys; DELETE FROM invitations')
  })
  test('gives one answer to every mistyped, cut or invented link', async () => {
    const link = await invite(lead, 'karlstad-unga')
    for (const wrong of [link.slice(0, -1), `${link}A`, link.replace(/.$/, letter => letter === 'A' ? 'B' : 'A'), '/staff/invitation/x', `/staff/invitation/${'A'.repeat(43)}`]) {
      assert.ok((await told(await send(service.url + wrong))).includes(gone), wrong)
    }
    assert.equal((await send(service.url + link)).status, 200)
  })
  test('gives only the rights that its author’s role may give', async () => {
    const refused = async (session, fields, status) => {
      const before = service.contents()
      assert.equal((await press(session, 'invite', fields)).status, status, JSON.stringify(fields))
      assert.deepEqual(service.changes(before), [])
    }
    await refused(anna, { role: 'coordinator', 'queue-karlstad-unga': 'yes' }, 403)
    await refused(lead, { role: 'administrator' }, 403)
    await refused(lead, { role: 'coordinator' }, 409)
    await refused(lead, { role: 'lead', 'queue-nowhere': 'yes' }, 409)
    await refused(lead, { role: 'king', 'queue-karlstad-unga': 'yes' }, 403)
    await refused(administrator, { role: 'coordinator', 'queue-karlstad-unga': 'yes' }, 403)
    const narrow = await signedIn(service, addAccount(service, 'lova', 'lead', 'arvika-unga'))
    await refused(narrow, { role: 'coordinator', 'queue-karlstad-unga': 'yes' }, 409)
    const link = linkOn(await press(administrator, 'invite', { role: 'administrator' }))
    assert.equal((await accept(link, { user: 'adam' })).status, 303)
    assert.equal((await (await signedIn(service, { user: 'adam', passphrase: phrase })).get('/staff/queue')).status, 403)
  })
  test('of no queue is told so at the queues, which get the focus, and keeps the role', async () => {
    const { text } = await press(lead, 'invite', { role: 'lead' })
    const [own] = /<fieldset id="invite-queues"[^]*?<\/fieldset>/.exec(text)
    assert.match(own, /^<fieldset id="invite-queues" aria-describedby="invite-fault">/)
    assert.match(own, /<p class="fault" id="invite-fault" role="alert" tabindex="-1" autofocus>Välj en kö som du själv arbetar i\./)
    assert.equal(text.match(/ autofocus/g).length, 1)
    assert.match(text, /<option value="lead" selected>/)
  })
  test('ends when its author is deactivated', async () => {
    const lisa = await signedIn(service, addAccount(service, 'lisa', 'lead', 'karlstad-unga', 'arvika-unga'))
    const [link, other] = [await invite(lisa, 'arvika-unga'), await invite(lisa, 'karlstad-unga')]
    assert.equal((await press(lead, 'part', { user: 'lisa', queue: 'arvika-unga' })).status, 303)
    assert.equal((await send(service.url + link)).status, 404)
    assert.equal((await send(service.url + other)).status, 200)
    assert.equal((await press(administrator, 'deactivate', { user: 'lisa' })).status, 303)
    assert.equal((await send(service.url + other)).status, 404)
  })
})

describe('a lost passphrase', () => {
  test('is restored by a colleague; the old passphrase and every session end', async () => {
    const olle = await hire('olle', 'kristinehamn-kaa', 'karlstad-unga')
    const link = linkOn(await press(anna, 'restore', { user: 'olle' }))
    assert.match(await told(await send(service.url + link)), /Anna Andersson hjälper dig in igen\. Ditt användarnamn är olle/)
    assert.equal((await olle.get('/staff/queue')).status, 200, 'nothing has happened yet')
    const fresh = 'kantarell spade vinter moped'
    secrets.add(fresh)
    assert.equal((await post(service.url + link, { passphrase: fresh })).status, 303)
    assert.equal((await olle.get('/staff/queue')).status, 303)
    assert.equal((await signIn(service, { user: 'olle', passphrase: phrase })).status, 403)
    const back = await signedIn(service, { user: 'olle', passphrase: fresh })
    const ref = await sendCase(service, { ...right.self, name: 'Ofelia' })
    assert.equal((await back.act(ref, 'claim')).status, 303)
    assert.match((await back.page(`/staff/case/${ref}`)).text, /Ofelia/)
    await back.act(ref, 'release')
    assert.deepEqual(service.sql('SELECT DISTINCT queue FROM alerts WHERE kind = 6 ORDER BY queue').map(row => row.queue), ['karlstad-unga', 'kristinehamn-kaa'])
    assert.equal((await post(service.url + link, { passphrase: phrase })).status, 404)
  })
  test('loses the queues that the colleague lacks, which the page says before; never the last key', async () => {
    const pia = await hire('pia', 'karlstad-unga', 'arvika-unga')
    const narrow = await signedIn(service, addAccount(service, 'kaj', 'coordinator', 'karlstad-unga'))
    assert.match(reading((await narrow.page('/staff/colleagues')).text), /pia Prov förlorar dem tills någon som har dem ger dem igen: Navet Arvika/)
    const ref = await sendCase(service, { ...right.self, area: '1784', name: 'Persika', age: '20-24' }, '/arvika')
    assert.equal((await pia.act(ref, 'claim')).status, 303)
    const link = linkOn(await press(narrow, 'restore', { user: 'pia' }))
    assert.equal((await post(service.url + link, { passphrase: phrase })).status, 303)
    assert.deepEqual(service.sql("SELECT DISTINCT queue FROM memberships WHERE account = (SELECT number FROM accounts WHERE user = 'pia')").map(row => row.queue), ['karlstad-unga'])
    assert.equal(service.sql(`SELECT state FROM cases ORDER BY number DESC LIMIT 1`)[0].state, 'waiting')
    assert.equal((await (await signedIn(service, { user: 'pia', passphrase: phrase })).page(`/staff/case/${ref}`)).status, 404)
  })
  test('is not restored by an administrator, a stranger or oneself; one administrator restores another', async () => {
    const far = await signedIn(service, addAccount(service, 'fia', 'coordinator', 'hagfors-unga'))
    await hire('rut', 'karlstad-unga')
    for (const [session, user] of [[administrator, 'rut'], [administrator, 'admin'], [far, 'rut'], [far, 'fia'], [lead, 'admin'], [anna, 'admin'], [anna, 'leo']]) {
      const before = service.contents()
      assert.equal((await press(session, 'restore', { user })).status, 403, user)
      assert.deepEqual(service.changes(before), [])
    }
    assert.equal((await press(lead, 'restore', { user: 'nobody' })).status, 409)
    const page = (await anna.page('/staff/colleagues')).text
    assert.ok(page.includes('name="user" value="rut"'))
    assert.ok(!page.includes('name="user" value="leo"'), 'a coordinator would become a lead')
    const adam = linkOn(await press(administrator, 'restore', { user: 'adam' }))
    assert.equal((await post(service.url + adam, { passphrase: 'annan fras helt orelaterad kruka' })).status, 303)
  })
  test('is restored by the latest link alone', async () => {
    await hire('tor', 'karlstad-unga')
    const [first, last] = [linkOn(await press(lead, 'restore', { user: 'tor' })), linkOn(await press(anna, 'restore', { user: 'tor' }))]
    assert.equal((await send(service.url + first)).status, 404)
    const answers = await Promise.all([last, last].map(link => post(service.url + link, { passphrase: phrase })))
    assert.deepEqual(answers.map(answer => answer.status).sort(), [303, 404])
  })
})

describe('membership of queues', () => {
  test('opens old cases at the start, and gives held ones back at the end', async () => {
    const ref = await sendCase(service, { ...right.self, name: 'Quinoa' })
    const ida = await hire('ida', 'karlstad-unga')
    assert.equal((await ida.page(`/staff/case/${ref}`)).status, 404)
    assert.equal((await press(lead, 'join', { user: 'ida', queue: 'kristinehamn-kaa' })).status, 303)
    assert.equal((await ida.act(ref, 'claim')).status, 303)
    assert.match((await ida.page(`/staff/case/${ref}`)).text, /Quinoa/)
    assert.equal((await press(lead, 'part', { user: 'ida', queue: 'kristinehamn-kaa' })).status, 303)
    assert.equal((await ida.page(`/staff/case/${ref}`)).status, 404)
    assert.equal((await anna.act(ref, 'claim')).status, 303)
    await anna.act(ref, 'release')
    const only = await press(lead, 'part', { user: 'ida', queue: 'karlstad-unga' })
    assert.equal(only.status, 409)
    assert.ok(reading(only.text).includes('Det är den enda kön'))
  })
  test('cannot end for the last account of a queue', async () => {
    await hire('eva', 'karlstad-unga')
    assert.equal((await press(lead, 'part', { user: 'anna', queue: 'varmland-mottagning' })).status, 303)
    const last = await press(lead, 'part', { user: 'leo', queue: 'varmland-mottagning' })
    assert.equal(last.status, 409)
    assert.ok(reading(last.text).includes('då skulle ingen kunna läsa ärendena i en av köerna'))
    assert.equal((await press(administrator, 'deactivate', { user: 'leo' })).status, 409)
    assert.equal((await press(lead, 'join', { user: 'anna', queue: 'varmland-mottagning' })).status, 303)
  })
  test('ends when a lead who shares a queue, or an administrator, deactivates the account', async () => {
    const mia = await hire('mia', 'karlstad-unga')
    const ref = await sendCase(service, { ...right.self, area: '1780', age: '20-24', name: 'Ronja' }, '/karlstad')
    assert.equal((await mia.act(ref, 'claim')).status, 303)
    const far = await signedIn(service, addAccount(service, 'lars', 'lead', 'hagfors-unga'))
    assert.equal((await press(far, 'deactivate', { user: 'mia' })).status, 403)
    assert.equal((await press(anna, 'deactivate', { user: 'mia' })).status, 403)
    assert.equal((await press(lead, 'deactivate', { user: 'leo' })).status, 403, 'oneself')
    assert.equal((await press(administrator, 'deactivate', { user: 'admin' })).status, 403, 'oneself')
    assert.equal((await press(lead, 'deactivate', { user: 'mia' })).status, 303)
    assert.equal((await mia.get('/staff/queue')).status, 303)
    assert.equal((await anna.act(ref, 'claim')).status, 303)
    await anna.act(ref, 'release')
    assert.equal((await press(lead, 'deactivate', { user: 'mia' })).status, 409)
    assert.match(reading((await lead.page('/staff/colleagues')).text), /mia Prov samordnare · mia · Avaktiverad/)
  })
})

describe('a queue’s new key', () => {
  const generations = () => service.sql("SELECT generation, count(*) AS n FROM case_keys WHERE queue = 'kristinehamn-kaa' GROUP BY 1")
  const settled = async generation => {
    await until(() => {
      const now = generations()
      return now.length === 1 && now[0].generation === generation
    }, () => JSON.stringify(generations()))
  }

  /** What it says, whether or not it found a fault. */
  const doctor = () => { try { return service.run('doctor', '--data', service.folder) } catch ({ stdout }) { return stdout } }

  test('reaches every member, every case and every new submission', async () => {
    const refs = []
    for (let i = 0; i < 150; i++) refs.push(await sendCase(service, { ...right.self, name: `Sigrid ${i}` }))
    const link = await invite(lead, 'kristinehamn-kaa')
    assert.equal((await press(lead, 'rotate', { queue: 'kristinehamn-kaa', generation: '1' })).location, '/staff/colleagues?notice=rotated')
    const more = []
    for (let i = 0; i < 30; i++) more.push(await sendCase(service, { ...right.self, name: `Tove ${i}` }))
    // In the midst of it everything opens.
    for (const ref of [refs[0], refs[149], more[0], more[29]]) {
      assert.equal((await anna.act(ref, 'claim')).status, 303)
      assert.match((await anna.page(`/staff/case/${ref}`)).text, /Sigrid|Tove/)
    }
    await settled(2)
    await service.looked()
    await sendCase(service, { ...right.self, name: 'Ulrika' })
    await settled(2)
    assert.match((await anna.page(`/staff/case/${refs[0]}`)).text, /Sigrid 0/)
    assert.equal((await accept(link, { user: 'vera' })).status, 303)
    const vera = await signedIn(service, { user: 'vera', passphrase: phrase })
    assert.equal((await vera.act(refs[5], 'claim')).status, 303)
    assert.match((await vera.page(`/staff/case/${refs[5]}`)).text, /Sigrid 5/)
    // Twice pressed is once done.
    assert.equal((await press(lead, 'rotate', { queue: 'kristinehamn-kaa', generation: '1' })).status, 303)
    assert.equal(service.count("queue_keys WHERE queue = 'kristinehamn-kaa'"), 2)
    assert.match(doctor(), /\n0 faults\n/)
    assert.doesNotMatch(doctor(), /older key/)
  })
  test('is continued after a crash when a member signs in', async () => {
    const [ref] = [await sendCase(service, { ...right.self, name: 'Ylva' })]
    service.tell(`${service.recovery}\n`, 'queue', 'rotate', 'kristinehamn-kaa', '--data', service.folder)
    await settled(3)
    const before = readFileSync(service.log, 'utf8')
    await press(lead, 'rotate', { queue: 'kristinehamn-kaa', generation: '3' })
    await service.end('SIGKILL')
    // As if it had not come to a single case.
    service.change("CREATE TABLE newer AS SELECT * FROM queue_keys WHERE queue = 'kristinehamn-kaa' AND generation = 4; UPDATE newer SET generation = 5; INSERT INTO queue_keys SELECT * FROM newer; DROP TABLE newer")
    assert.match(doctor(), /^warning: queue kristinehamn-kaa: \d{3} cases are under an older key; egenremiss queue rotate kristinehamn-kaa$/m)
    service.change('DELETE FROM queue_keys WHERE generation = 5')
    await service.start()
    const again = await signedIn(service, service.coordinator)
    await settled(4)
    assert.equal((await again.act(ref, 'claim')).status, 303)
    assert.match((await again.page(`/staff/case/${ref}`)).text, /Ylva/)
    assert.equal(readFileSync(service.log, 'utf8').slice(before.length).includes('ERROR'), false)
  })
})

test('no file and no log has a link or a passphrase', async () => {
  assert.ok(secrets.size > 20)
  assert.deepEqual(tracesInFolder(service.folder, [...secrets]), [])
  for (const file of ['egenremiss.db', 'egenremiss.db-wal']) {
    const bytes = readFileSync(join(service.folder, file))
    for (const secret of secrets) {
      if (/^[\w-]{43}$/.test(secret)) assert.equal(bytes.indexOf(Buffer.from(secret, 'base64url')), -1)
    }
  }
  assert.ok(traces(readFileSync(join(service.folder, 'egenremiss.db')), ['varmland-mottagning']).length > 0, 'the search can fail')
})
