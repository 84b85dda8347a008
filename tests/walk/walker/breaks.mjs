// The program broken once for each invariant, by what stands between it and the browser: an answer that is
// altered on its way, or a hand in the service's folder. A walk that meets it must say so.
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const isStaff = ({ url }) => /\/staff(\/|$|\?)/.test(url)
const swap = (pattern, by) => ({ html }) => html.replace(pattern, by)

/**
 * By the invariant's name: `answer` gives the altered page (or { status }), from { html, status, url, method };
 * `step` is done before every step.
 */
export const breaks = {
  answers: { says: 'a handler that answers 500', answer: ({ url, html }) => /\/staff\/me$|personuppgifter/.test(url) ? { status: 500 } : html },
  'answers: nowhere': { says: 'a link to nowhere', name: 'answers', answer: swap(/href="\/(staff\/me|\w+\/personuppgifter)/g, 'href="/staff/nowhere') },
  focus: { says: 'no focus on what was refused', answer: swap(/ autofocus| tabindex="-1"/g, '') },
  'typed-refused': { says: 'a refused field that comes back empty', answer: ({ html, status }) => status === 422 ? html.replace(/(<input class="field"[^>]*) value="[^"]*"/g, '$1').replace(/(<textarea[^>]*>)[^<]*/g, '$1') : html },
  'way-on': { says: 'a page without a way on', answer: ({ html, url }) => /personuppgifter|\/staff\/(me|colleagues)/.test(url) ? html.replace(/<a [^]*?<\/a>|<form[^]*?<\/form>/g, '') : html },
  raced: { says: 'a race whose winner is not named', seed: '10', answer: ({ html, status }) => status === 409 ? html.replace(/(role="alert"[^>]*>)[^]*?<\/div>/, '$1<p>Det gick inte.</p></div>') : html },
  rest: { says: 'a press whose connection ends without an answer', answer: ({ method, url, html }) => method === 'POST' && isStaff({ url }) && !/\/staff$|\/staff\?/.test(url) ? { cut: true } : html },
  console: { says: 'a viewport that the browser does not understand', answer: swap('<head>', '<head><meta name="viewport" content="widht=320">') },
  'receipt-day': { says: 'a wrong day on the receipt', answer: swap(/(<p class="lead">[^<]*?)(\d+)/, (all, before, day) => before + (Number(day) + 1)) },
  counts: { says: 'a wrong number of cases', answer: swap(/(id="counts"[^]*?role="status">[^]*?)<\/p>/, (all, inside) => all.replace(inside, inside.replace(/\d+(?![^<]*<\/time)/g, n => Number(n) + 1))) },
  yours: { says: 'a colleague\'s number on a row', answer: swap(/(<li id="row-case-\w+"[^]*?<\/div>)/g, '$1<a href="tel:112">112</a>') },
  done: { says: '“saved”, and nothing is', answer: ({ method, url, html }) => method === 'POST' && isStaff({ url }) && !/\/staff$|\/staff\?/.test(url) ? { status: 303, location: '/staff/colleagues?notice=note', instead: true } : html },
  once: {
    says: 'an act that is stored twice',
    async step ({ world, act }) {
      for (const n of act.posts && act.changed ? [1, 2] : []) await world.sql(`INSERT INTO records SELECT number + ${n}, case_number, kind, account, at, box FROM records ORDER BY number DESC LIMIT 1; SELECT 1`)
    }
  },
  policy: { says: 'an inline style', answer: swap('<main', '<p style="color: red">x</p><main') },
  'third-party': { says: 'a picture from elsewhere', answer: swap('<main', '<img src="https://example.org/x.png" alt=""><main'), headers: { 'content-security-policy': '' } },
  sideways: { says: 'a line that is too long', answer: swap('</h1>', `</h1><pre>${'bred '.repeat(300)}</pre>`) },
  axe: { says: 'a missing label', answer: swap(/<label class="label" for="[^"]*">[^]*?<\/label>/g, '') },
  doctor: { says: 'a case that nobody can open', async step ({ world }) { await world.sql("DELETE FROM memberships WHERE queue = 'arvika-unga'; SELECT 1") } },
  log: { says: 'a name in the log', step ({ world, act }) { for (const { value } of act?.typed ?? []) appendFileSync(join(world.folder, 'kore.log'), `[wrk 1]: intake of ${value}\n`) } },
  disk: { says: 'a number on disk', step ({ world }) { writeFileSync(join(world.folder, 'core'), 'x 070-174 06 66 x') } },
  elsewhere: { says: 'somebody else\'s word on a page', answer: ({ html, word }) => word ? html.replace('<main', `<p>${word}</p><main`) : html }
}

/** Puts a break between a person's browser and the service. */
export async function meet (context, { answer, headers }, world) {
  if (!answer) return
  await context.route('**/*', async route => {
    const request = route.request()
    if (!request.isNavigationRequest()) return route.continue()
    const [method, url] = [request.method(), request.url()]
    const early = answer({ html: '', status: 0, url, method })
    if (early.cut) return route.abort('connectionreset')
    if (early.instead) return route.fulfill({ status: early.status, headers: { location: early.location } })
    const response = await route.fetch({ maxRedirects: 0 }).catch(() => undefined)
    if (!response) return route.abort('connectionfailed')
    if (!(response.headers()['content-type'] ?? '').startsWith('text/html')) return route.fulfill({ response })
    const word = [...world.words].find(([, { person }]) => person === 'Cim')?.[0]
    const altered = answer({ html: await response.text(), status: response.status(), url, method, word: /\/staff/.test(url) ? undefined : word })
    if (typeof altered !== 'string') return route.fulfill({ status: altered.status, contentType: 'text/html', body: '<!doctype html><html lang="sv"><title>x</title><main><h1>Fel</h1><a href="/">x</a></main>' })
    return route.fulfill({ response, body: altered, headers: { ...response.headers(), ...headers } })
  })
}
