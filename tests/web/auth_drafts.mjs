// Forms that cannot be taken: nothing typed is lost, no act is done twice, and the reader comes
// back to where they were.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { post, postOnly, right, send, startService } from '../support/service.mjs'
import { addAccount, sendCase, Session, signedIn } from '../support/staff.mjs'
import { reading, unescaped } from '../support/text.mjs'

let service, session
before(async () => {
  service = await startService({ clock: '2027-01-11T09:00+01:00' })
  session = await signedIn(service, service.coordinator)
})
after(() => service.stop())

const secret = 'Sommar-Sentinel: hen vill läsa svenska & "räkna" <snart>'
let people = 0
const newCase = () => sendCase(service, { ...right.self, name: `Nr ${++people}`, phone: `070-174 06 ${String(people % 95 + 5).padStart(2, '0')}` })
async function mine () {
  const ref = await newCase()
  assert.equal((await session.act(ref, 'claim')).status, 303)
  return ref
}
const token = html => unescaped(/name="token" value="([^"]+)"/.exec(html)[1])
const form = (html, action) => html.slice(html.search(new RegExp(`action="${action.replace('?', '\\?')}["?]`))).split('</form>')[0]
/** What stands in a field of the form with that address. */
function held (html, action, name) {
  const own = form(html, action)
  const area = new RegExp(`<textarea[^>]* name="${name}"[^>]*>\n?([^<]*)<`).exec(own)
  if (area) return unescaped(area[1])
  const chosen = new RegExp(`<select[^>]* name="${name}"[^]*?<option value="([^"]*)"[^>]* selected`).exec(own) ??
    new RegExp(`<input[^>]* name="${name}" (?:id="[^"]*" )?value="([^"]*)"[^>]* checked`).exec(own) ??
    new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(own)
  return chosen ? unescaped(chosen[1]) : undefined
}
const open = async (who, path) => (await who.page(path)).text
const events = ref => service.sql(`SELECT act FROM events WHERE case_number = (SELECT number FROM cases ORDER BY number DESC LIMIT 1)`).map(({ act }) => act)

/** The forms of a case in which somebody writes: the address's end, the field, and what else is chosen. */
const written = {
  note: { field: 'note' },
  attempt: { field: 'note', press: { result: 'reached' }, more: { until: '2027-01-20' } },
  close: { field: 'note', more: { outcome: 'work' } },
  propose: { field: 'note', more: { outcome: 'moved' } },
  offer: { field: 'note', more: { queue: 'karlstad-unga' } },
  share: { field: 'what', more: { queue: 'karlstad-unga', agreed: '2027-01-10' } }
}

describe('a session that ran out while somebody wrote', () => {
  for (const [act, { field, press = {}, more = {} }] of Object.entries(written)) {
    for (const [how, end] of [['by the clock', () => service.clock.forward(1860)], ['by signing out in another tab', who => who.post('/staff/out')]]) {
      test(`keeps the text of ${act}, ended ${how}`, async () => {
        session = await signedIn(service, service.coordinator)
        const ref = await mine()
        const action = `/staff/case/${ref}/${act}`
        const page = await open(session, `/staff/case/${ref}?from=mine%3D1`)
        const sent = { token: token(page), [field]: secret, ...press, ...more }
        await end(session)
        const before = service.count('events')
        const answer = await postOnly(service.url + action, sent, { cookie: session.cookie })
        assert.equal(answer.status, 303)
        assert.equal(answer.headers.get('location'), `/staff?notice=kept&next=${encodeURIComponent(`/staff/case/${ref}?from=mine%3D1`)}`)
        assert.equal(service.count('events'), before, 'nothing is done')
        const door = await (await send(service.url + answer.headers.get('location'))).text()
        assert.ok(reading(door).includes('Det du skrev är sparat'))
        assert.ok(!door.includes('Sommar-Sentinel'))
        const entry = await post(service.url + answer.headers.get('location'), { ...service.coordinator, next: unescaped(/name="next" value="([^"]+)"/.exec(door)[1]) })
        session = new Session(service, entry.headers.get('set-cookie').split(';')[0])
        const led = await session.page(entry.headers.get('location'))
        assert.equal(led.location, `/staff/case/${ref}?from=mine%3D1`)
        const again = await open(session, led.location)
        for (const [name, value] of Object.entries({ [field]: secret, ...more })) assert.equal(held(again, action, name), value, name)
        // It is sent now, and does not come again.
        const done = await session.post(action, { [field]: secret, ...press, ...more }, token(again))
        assert.equal(done.status, 303, await done.text())
        assert.match(done.headers.get('location'), /from=mine|mine=1/, 'the way back is kept too')
        assert.ok(service.count('events') > before)
        assert.ok(!form(await open(session, `/staff/case/${ref}`), action).includes('Sommar-Sentinel'))
      })
    }
  }
  test('shows the text to nobody else, and not in clear on disk', async () => {
    session = await signedIn(service, service.coordinator)
    const ref = await mine()
    const page = await open(session, `/staff/case/${ref}`)
    await session.post('/staff/out')
    await postOnly(`${service.url}/staff/case/${ref}/note`, { token: token(page), note: secret }, { cookie: session.cookie })
    assert.equal(service.sql("SELECT count(*) AS n FROM drafts WHERE address LIKE '%/note'")[0].n, 1)
    const found = execFileSync('bash', ['-c', `grep -rlE 'Sommar-Sentinel' '${service.folder}' /dev/shm/ 2>/dev/null || true`], { encoding: 'utf8' })
    assert.equal(found, '')
    const colleague = await signedIn(service, addAccount(service, 'dora', 'coordinator', 'kristinehamn-kaa', 'kristinehamn-unga'))
    assert.ok(!(await open(colleague, `/staff/case/${ref}`)).includes('Sommar-Sentinel'))
    // A form of somebody else's page is refused, and its text is theirs.
    const theirs = await colleague.post(`/staff/case/${ref}/note`, { note: `${secret} två` }, token(page))
    assert.equal(theirs.status, 403)
    assert.ok(!(await open(colleague, `/staff/case/${ref}`)).includes('Sommar-Sentinel'))
    session = await signedIn(service, service.coordinator)
    assert.equal(held(await open(session, `/staff/case/${ref}`), `/staff/case/${ref}/note`, 'note'), `${secret} två`)
  })
  test('is over after a month', async () => {
    session = await signedIn(service, service.coordinator)
    const ref = await mine()
    const page = await open(session, `/staff/case/${ref}`)
    service.clock.forward(32 * 86400)
    const answer = await postOnly(`${service.url}/staff/case/${ref}/note`, { token: token(page), note: secret }, { cookie: session.cookie })
    assert.equal(answer.status, 403)
    assert.ok(reading(await answer.text()).includes('Logga in igen'))
  })
  test('is kept a day, on a page that was left for a week', async () => {
    session = await signedIn(service, service.coordinator)
    const ref = await mine()
    const page = await open(session, `/staff/case/${ref}`)
    service.clock.forward(7 * 86400)
    await postOnly(`${service.url}/staff/case/${ref}/note`, { token: token(page), note: secret }, { cookie: session.cookie })
    session = await signedIn(service, service.coordinator)
    assert.equal(held(await open(session, `/staff/case/${ref}`), `/staff/case/${ref}/note`, 'note'), secret)
    // What was sent when somebody else had taken the case is shown to be copied.
    const rival = await signedIn(service, service.lead)
    assert.equal((await session.act(ref, 'release')).status, 303)
    assert.equal((await rival.act(ref, 'claim')).status, 303)
    const shown = await open(session, `/staff/case/${ref}`)
    assert.ok(reading(shown).includes('Det du skrev är inte sparat') && unescaped(shown).includes(secret))
    assert.ok(!unescaped(await open(rival, `/staff/case/${ref}`)).includes('Sommar-Sentinel'))
  })
  test('keeps the newest two hundred of an account, however many a script sends', async () => {
    session = await signedIn(service, service.coordinator)
    const ref = await mine()
    const page = token(await open(session, `/staff/case/${ref}`))
    await session.post('/staff/out')
    const others = Array.from({ length: 230 }, (_, i) => `/staff/case/${ref.slice(0, 10)}${String(i).padStart(3, '0')}/note`)
    for (let i = 0; i < others.length; i += 23) await Promise.all(others.slice(i, i + 23).map(path => postOnly(service.url + path, { token: page, note: secret }, { cookie: session.cookie })))
    assert.equal(service.count('drafts'), 200)
    service.change('DELETE FROM drafts')
  })
  test('keeps no passphrase', async () => {
    session = await signedIn(service, service.coordinator)
    const page = await open(session, '/staff/me')
    await session.post('/staff/out')
    const answer = await postOnly(`${service.url}/staff/me/passphrase`, { token: token(page), present: 'a', fresh: 'b', again: 'b' }, { cookie: session.cookie })
    assert.match(answer.headers.get('location'), /^\/staff\?notice=in&next=%2Fstaff%2Fme$/)
    assert.equal(service.sql("SELECT count(*) AS n FROM drafts WHERE address LIKE '%passphrase'")[0].n, 0)
  })
})

describe('kept text of one municipality or code', () => {
  /** By form: its address, the pages of two things that have it, what was written there, and the field. */
  const forms = {
    'of a closed page': () => ['/staff/intake', '/staff/intake?area=1781', '/staff/intake?area=1783',
      { area: '1781', language: 'sv', do: 'say', words: secret }, 'words'],
    'of a brochure': () => ['/staff/brochures', ...['kristinehamn', 'karlstad'].map(area => `/staff/brochures?code=${service.codes[area]}&kind=poster&language=sv`),
      { code: service.codes.kristinehamn, kind: 'poster', language: 'sv', 'words-intro': secret }, 'words-intro']
  }
  for (const [what, of] of Object.entries(forms)) {
    test(`${what} comes back in its own form alone`, async () => {
      const [address, own, others, fields, field] = of()
      const lead = await signedIn(service, service.lead)
      const page = await open(lead, own)
      await lead.post('/staff/out')
      const answer = await postOnly(service.url + address, { token: token(page), ...fields }, { cookie: lead.cookie })
      assert.equal(answer.headers.get('location'), `/staff?notice=kept&next=${encodeURIComponent(own)}`)
      const again = await signedIn(service, service.lead)
      for (const path of [others, '/staff/codes', '/staff']) assert.ok(!(await open(again, path)).includes('Sommar-Sentinel'), path)
      const html = await open(again, own)
      assert.ok(unescaped(html).includes(secret))
      assert.ok(new RegExp(`name="${field}"[^>]*>\n?Sommar-Sentinel|name="${field}"[^>]* value="Sommar-Sentinel`).test(html), 'in its field')
      service.change('DELETE FROM drafts')
    })
  }
  test('that is kept for one is not forgotten when another one is saved', async () => {
    const lead = await signedIn(service, service.lead)
    const page = token(await open(lead, '/staff/intake?area=1781'))
    await lead.post('/staff/out')
    for (const language of ['sv', 'en']) await postOnly(`${service.url}/staff/intake`, { token: page, area: '1781', language, do: 'say', words: `${secret} ${language}` }, { cookie: lead.cookie })
    assert.equal(service.count('drafts'), 2)
    const again = await signedIn(service, service.lead)
    const say = (area, language) => again.post('/staff/intake', { area, language, do: 'say', words: 'Sparade ord' })
    assert.equal((await say('1783', 'sv')).status, 303)
    assert.equal((await say('1781', 'en')).status, 303)
    const html = unescaped(await open(again, '/staff/intake?area=1781'))
    assert.ok(html.includes(`${secret} sv`) && !html.includes(`${secret} en`))
    assert.equal((await say('1781', 'sv')).status, 303)
    assert.equal(service.count('drafts'), 0)
  })
  test('leads from the page where it was written to its form, without our own words, and can be thrown away', async () => {
    const lead = await signedIn(service, service.lead)
    const page = token(await open(lead, '/staff/brochures'))
    await lead.post('/staff/out')
    const again = await signedIn(service, service.lead)
    const shown = /name="code" value="(\w+)"/.exec(await open(again, '/staff/brochures'))[1]
    const code = Object.values(service.codes).find(code => code !== shown)
    const ours = unescaped(/name="words-heading"[^>]* value="([^"]*)"/.exec(await open(again, `/staff/brochures?code=${code}&kind=poster&language=sv`))[1])
    await postOnly(`${service.url}/staff/brochures`, { token: page, code, kind: 'poster', language: 'sv', 'words-heading': ours, 'words-intro': secret }, { cookie: lead.cookie })
    const html = await open(again, '/staff/brochures')
    const [card] = /<section class="card">\n<h2>Det du skrev är inte sparat[^]*?<\/section>/.exec(html)
    assert.ok(reading(card).includes('Det hör till ett annat formulär. Öppna formuläret'))
    assert.deepEqual([...card.matchAll(/<textarea[^>]*>\n?([^<]*)</g)].map(([, text]) => unescaped(text)), [secret], 'only what was written')
    const home = unescaped(/<a href="([^"]*)"/.exec(card)[1])
    assert.equal(home, `/staff/brochures?code=${code}&kind=poster&language=sv`)
    assert.ok(unescaped(form(await open(again, home), '/staff/brochures?send')).includes(secret), 'it stands in its form there')
    for (const path of [`/staff/brochures?code=${shown}&kind=poster&language=sv`, '/staff/codes']) assert.ok(!(await open(again, path)).includes('Sommar-Sentinel'), path)
    const dropped = await again.post('/staff/kept', { kept: unescaped(/name="kept" value="([^"]*)"/.exec(card)[1]) }, token(card))
    assert.equal(dropped.headers.get('location'), '/staff/brochures?notice=text-dropped')
    const after = await open(again, dropped.headers.get('location'))
    assert.ok(reading(after).includes('Texten är kastad.') && !after.includes('Sommar-Sentinel'))
    assert.equal(service.count('drafts'), 0)
  })
  test('is no code of an authenticator app, which is not kept', async () => {
    session = await signedIn(service, service.coordinator)
    const page = await open(session, '/staff/me')
    await session.post('/staff/out')
    await postOnly(`${service.url}/staff/me/factor`, { token: token(page), code: '123456' }, { cookie: session.cookie })
    assert.equal(service.count('drafts'), 0)
  })
})

describe('what is refused', () => {
  const long = 'å'.repeat(4001)
  for (const [act, { field, press = {}, more = {} }] of Object.entries(written)) {
    for (const [what, value] of [['too long', long], ['a personnummer', 'Hen heter 850709-9805 i allt']]) {
      test(`${act} with ${what} comes back in its field, at an address of its own`, async () => {
        session = await signedIn(service, service.coordinator)
        const ref = await mine()
        const action = `/staff/case/${ref}/${act}`
        const refused = await postOnly(service.url + action, { token: token(await open(session, `/staff/case/${ref}`)), ...press, ...more, [field]: value }, { cookie: session.cookie })
        assert.equal(refused.status, 303)
        const location = refused.headers.get('location')
        assert.match(location, /^\/staff\/answer\/[0-9A-Z]{13}$/)
        for (let i = 0; i < 2; i++) {
          const { status, text: html } = await session.page(location)
          assert.equal(status, 422)
          assert.equal(held(html, action, field), value)
          for (const [name, chosen] of Object.entries(more)) assert.equal(held(html, action, name), chosen, name)
          const fold = html.lastIndexOf('<details', html.indexOf(`action="${action}"`))
          const closed = html.lastIndexOf('</details>', html.indexOf(`action="${action}"`))
          if (fold > closed) assert.match(html.slice(fold, fold + 40), /^<details[^>]* open/, 'unfolded')
        }
        // Nobody else's, and not after signing out.
        const other = await signedIn(service, service.lead)
        assert.equal((await other.page(location)).location, '/staff')
        await session.post('/staff/out')
        session = await signedIn(service, service.coordinator)
        assert.equal((await session.page(location)).location, '/staff')
      })
    }
  }
  test('two tabs, and somebody else was first: the text stands in its field, and the other is named', async () => {
    session = await signedIn(service, service.coordinator)
    const ref = await mine()
    const page = await open(session, `/staff/case/${ref}`)
    assert.equal((await session.act(ref, 'release')).status, 303)
    const rival = await signedIn(service, addAccount(service, 'rita', 'coordinator', 'kristinehamn-kaa', 'kristinehamn-unga'))
    assert.equal((await rival.act(ref, 'claim')).status, 303)
    const answer = await session.post(`/staff/case/${ref}/note`, { note: secret }, token(page))
    assert.equal(answer.status, 409)
    assert.ok(reading(await answer.text()).includes('Rita Prov'))
    // The form is not on that page any more; when it is again, the text is in it.
    assert.equal((await rival.act(ref, 'release')).status, 303)
    assert.equal((await session.act(ref, 'claim')).status, 303)
    assert.equal(held(await open(session, `/staff/case/${ref}`), `/staff/case/${ref}/note`, 'note'), secret)
  })
})

describe('the same press twice', () => {
  const acts = [['note', { note: 'En gång' }], ['attempt', { result: 'no-answer' }], ['attempt', { result: 'reached' }], ['park', { until: '2027-06-01' }], ['release', {}], ['close', { outcome: 'work' }]]
  for (const [act, fields] of acts) {
    for (const [how, press] of [
      ['one after the other', async send => [await send(), await send()]],
      ['at once', send => Promise.all([send(), send(), send()])],
      ['across a restart', async send => { const first = await send(); await service.end(); await service.start(); return [first, await send()] }]
    ]) {
      test(`is one ${act} ${JSON.stringify(fields)}, ${how}`, async () => {
        session = await signedIn(service, service.coordinator)
        const ref = await mine()
        const page = await open(session, `/staff/case/${ref}`)
        const before = service.count('events')
        const notes = service.count('records')
        const answers = await press(() => postOnly(`${service.url}/staff/case/${ref}/${act}`, { token: token(page), ...fields }, { cookie: session.cookie }))
        for (const answer of answers) assert.equal(answer.status, 303)
        const told = answers.map(answer => answer.headers.get('location'))
        assert.equal(told.filter(location => !/notice=again/.test(location)).length, 1, told.join(' '))
        assert.equal(service.count('events'), before + 1)
        assert.ok(service.count('records') <= notes + 1)
        const { location } = await session.page(told.find(location => /notice=again/.test(location)))
        assert.equal(location, null, 'it leads to a page')
      })
    }
  }
  test('from a new page is a new act', async () => {
    session = await signedIn(service, service.coordinator)
    const ref = await mine()
    const before = service.count('records')
    for (let i = 0; i < 2; i++) assert.equal((await session.post(`/staff/case/${ref}/note`, { note: 'Samma ord' }, token(await open(session, `/staff/case/${ref}`)))).status, 303)
    assert.equal(service.count('records'), before + 2)
  })
  test('of other words is another act', async () => {
    session = await signedIn(service, service.coordinator)
    const ref = await mine()
    const page = await open(session, `/staff/case/${ref}`)
    const before = service.count('records')
    for (const note of ['ett', 'två']) assert.equal((await session.post(`/staff/case/${ref}/note`, { note }, token(page))).status, 303)
    assert.equal(service.count('records'), before + 2)
  })
  test('that was refused may be sent again', async () => {
    session = await signedIn(service, service.coordinator)
    const page = await open(session, '/staff/me')
    for (let i = 0; i < 2; i++) assert.equal((await session.post('/staff/me/passphrase', { present: 'fel', fresh: 'fyra helt olika ord här', again: 'fyra helt olika ord här' }, token(page))).status, 422)
  })
  test('makes one code, one colleague’s link, one campaign', async () => {
    const lead = await signedIn(service, service.lead)
    for (const [path, page, fields, table] of [
      ['/staff/codes', '/staff/codes', { place: 'Dubbelplatsen', channel: 'health', area: '1781' }, 'codes'],
      ['/staff/colleagues/invite', '/staff/colleagues', { role: 'coordinator', 'queue-karlstad-unga': 'yes' }, 'invitations']
    ]) {
      const before = service.count(table)
      const carried = token(await open(lead, page))
      await Promise.all([1, 2].map(() => postOnly(service.url + path, { token: carried, ...fields }, { cookie: lead.cookie })))
      assert.equal(service.count(table), before + 1, table)
    }
  })
})

describe('signing in leads to the page that was asked for', () => {
  const pages = ['/staff/queue?mine=1', '/staff/queue?area=1781&sort=arrival', '/staff/search', '/staff/me', '/staff/new', '/staff/colleagues', '/staff/notices']
  const sign = async (account, next) => {
    const entry = await post(`${service.url}/staff`, { user: account.user, passphrase: account.passphrase, next })
    const inside = new Session(service, entry.headers.get('set-cookie').split(';')[0])
    return { inside, location: (await inside.page(entry.headers.get('location'))).location }
  }
  for (const path of pages) {
    test(path, async () => {
      const asked = await send(service.url + path, { redirect: 'manual' })
      const location = asked.headers.get('location')
      assert.equal(new URL(location, service.url).searchParams.get('next'), path)
      const door = await (await send(service.url + location)).text()
      const next = unescaped(/name="next" value="([^"]+)"/.exec(door)[1])
      assert.equal((await sign(service.coordinator, next)).location, path)
    })
  }
  test('a case, from a mail', async () => {
    const ref = await newCase()
    assert.equal((await sign(service.coordinator, `/staff/case/${ref}`)).location, `/staff/case/${ref}`)
  })
  for (const next of ['//evil.example/', 'https://evil.example/', '/staff//evil.example', '/staff/../etc', '/staff/nowhere', '/kristinehamn', '/staff', '/staff/out', '/staff/queue\r\nset-cookie: a=b', '\\\\evil', 'javascript:alert(1)', '/staff/overview']) {
    test(`not ${JSON.stringify(next)}`, async () => {
      assert.equal((await sign(service.coordinator, next)).location, '/staff/queue')
    })
  }
  test('an administrator who asked for a case comes to the overview', async () => {
    assert.equal((await sign(service.administrator, '/staff/queue?mine=1')).location, '/staff/overview')
  })
  test('after a wrong passphrase too', async () => {
    const refused = await (await post(`${service.url}/staff?notice=in&next=%2Fstaff%2Fme`, { user: service.coordinator.user, passphrase: 'fel', next: '/staff/me' })).text()
    assert.match(refused, /name="next" value="\/staff\/me"/)
  })
})

describe('a case leads back to the list from which it was opened', () => {
  for (const query of ['mine=1', 'area=1781&sort=arrival', 'who=self&interpreter=1', 'queue=kristinehamn-kaa']) {
    test(query, async () => {
      session = await signedIn(service, service.coordinator)
      const ref = await newCase()
      const page = await open(session, `/staff/case/${ref}?from=${encodeURIComponent(query)}`)
      assert.ok(page.includes(`href="/staff/queue?${query.replaceAll('&', '&amp;')}"`), query)
      const claimed = await session.post(`/staff/case/${ref}/claim`, {}, token(page))
      assert.equal(claimed.headers.get('location'), `/staff/case/${ref}?notice=claim&from=${encodeURIComponent(query)}`)
      const inside = await open(session, claimed.headers.get('location'))
      const released = await session.post(`/staff/case/${ref}/release`, {}, token(inside))
      assert.equal(released.headers.get('location'), `/staff/queue?${query}&notice=release&case=${ref}`)
      assert.equal((await session.page(released.headers.get('location'))).status, 200)
    })
  }
  test('and a list’s rows carry it', async () => {
    session = await signedIn(service, service.coordinator)
    await mine()
    assert.match(await open(session, '/staff/queue?mine=1'), /href="\/staff\/case\/[0-9A-Z]{13}\?from=mine%3D1"/)
  })
  for (const odd of ['https://x', '"><script>', 'a b', '/staff', '%0d%0a']) {
    test(`not to ${odd}`, async () => {
      const ref = await newCase()
      const page = await open(session, `/staff/case/${ref}?from=${encodeURIComponent(odd)}`)
      assert.ok(page.includes('href="/staff/queue?"'), odd)
    })
  }
})
