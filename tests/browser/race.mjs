// Two browsers press at the same moment, for the same case, the same offer or the same undo: one
// wins, the other is told. Each round starts anew, since chance decides the winner.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enter, launch } from '../support/browser.mjs'
import { right, startService } from '../support/service.mjs'
import { addAccount, sendCase } from '../support/staff.mjs'

const rounds = 4

let service, browsers, anna, laptop, berit, una, umar
before(async () => {
  [service, ...browsers] = await Promise.all([startService(), launch(), launch()])
  const [first, second] = browsers
  const colleague = addAccount(service, 'berit', 'coordinator', 'kristinehamn-kaa')
  const receivers = ['una', 'umar'].map(user => addAccount(service, user, 'coordinator', 'arvika-unga'))
  anna = await enter(first, service, service.coordinator)
  laptop = await enter(second, service, service.coordinator)
  berit = await enter(second, service, colleague)
  una = await enter(first, service, receivers[0])
  umar = await enter(second, service, receivers[1])
})
after(async () => {
  await Promise.all(browsers.map(browser => browser.close()))
  await service.stop()
})

/** Both press in the same moment; each page's answer, its status first. */
async function race (...presses) {
  const answers = await Promise.all(presses.map(async ([page, selector]) => {
    const [request] = await Promise.all([
      page.waitForRequest(request => request.method() === 'POST'),
      page.click(selector)
    ])
    await page.waitForLoadState()
    // A refusal stands at an address of its own, to which the answer leads.
    let last = request
    while (last.redirectedTo()) last = last.redirectedTo()
    const final = (await last.response()).status()
    const status = final === 200 ? 303 : final
    return { page, status, said: await page.textContent('main') }
  }))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
  return { won: answers.find(({ status }) => status === 303), lost: answers.find(({ status }) => status === 409) }
}

let sent = 0
const arrive = () => sendCase(service, { ...right.self, name: `Person ${++sent}` })
const acts = act => service.sql(`SELECT account FROM events WHERE act = '${act}' AND case_number = (SELECT max(number) FROM cases)`).length
const at = (page, ref) => page.goto(`${service.url}/staff/case/${ref}`)

async function claimed () {
  const ref = await arrive()
  await at(anna, ref)
  await anna.click('form[action$="/claim"] button')
  return ref
}

async function offered () {
  const ref = await claimed()
  await anna.click('details:has(form[action$="/offer"]) > summary')
  await anna.selectOption('#offer-queue', 'arvika-unga')
  await anna.click('form[action$="/offer"] button')
  await anna.waitForURL('**notice=offer')
  return ref
}

test('to claim a case: one has it, the other is told who', async () => {
  const winners = new Set()
  for (let i = 0; i < rounds; i++) {
    await arrive()
    for (const page of [anna, berit]) await page.goto(`${service.url}/staff/queue?sort=arrival`)
    const last = page => page.locator('form[action$="/claim"]').last().getAttribute('action')
    const action = await last(anna)
    assert.equal(await last(berit), action)
    const { won, lost } = await race(...[anna, berit].map(page => [page, `form[action="${action}"] button`]))
    assert.match(won.said, /Person/)
    assert.doesNotMatch(lost.said, /Person/)
    assert.match(lost.said, won.page === anna ? /Anna Andersson/ : /Berit Prov/)
    assert.equal(acts('claim'), 1)
    winners.add(won.page)
  }
  console.log(`# ${winners.size} of two won at least once`)
})

test('to accept an offer: one takes over, the other is told', async () => {
  for (let i = 0; i < rounds; i++) {
    const ref = await offered()
    for (const page of [una, umar]) await at(page, ref)
    const { won, lost } = await race(...[una, umar].map(page => [page, 'form[action$="/accept"] button']))
    assert.match(won.said, /Person/)
    assert.doesNotMatch(lost.said, /Person/)
    assert.equal(acts('accept'), 1)
  }
})

test('to accept or to withdraw an offer: one wins, the other is told', async () => {
  for (let i = 0; i < rounds; i++) {
    const ref = await offered()
    await at(umar, ref)
    await race([anna, 'form[action$="/withdraw"] button'], [umar, 'form[action$="/accept"] button'])
    assert.equal(acts('accept') + acts('withdraw'), 1)
    const [{ queue }] = service.sql('SELECT queue FROM cases WHERE number = (SELECT max(number) FROM cases)')
    assert.equal(queue, acts('accept') === 1 ? 'arvika-unga' : 'kristinehamn-kaa')
  }
})

test('to undo an act, from a phone and a laptop: it is undone once', async () => {
  for (let i = 0; i < rounds; i++) {
    const ref = await claimed()
    await anna.click('button[value=reached]')
    await anna.waitForURL('**notice=reached**')
    await at(laptop, ref)
    await race(...[anna, laptop].map(page => [page, 'form[action$="/undo"] button']))
    assert.equal(acts('undo'), 1)
    assert.equal(service.sql('SELECT state FROM cases WHERE number = (SELECT max(number) FROM cases)')[0].state, 'claimed')
  }
})

test('to undo an act or to claim the case: one wins, the other is told', async () => {
  for (let i = 0; i < rounds; i++) {
    const ref = await claimed()
    await anna.click('button[value=no-answer]')
    await anna.waitForURL('**notice=no-answer**')
    await at(berit, ref)
    await race([anna, `form[action="/staff/case/${ref}/undo"] button`], [berit, 'form[action$="/claim"] button'])
    assert.equal(acts('undo') + acts('claim'), 2)
  }
})
