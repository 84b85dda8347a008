// A coordinator's session over HTTP: signs in, keeps the cookie, and sends the form token.
import assert from 'node:assert/strict'
import { post, send } from './service.mjs'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The form of a case number in addresses; `number` is its text from the database. */
export function reference (number) {
  let rest = BigInt(number)
  let text = ''
  for (let i = 0; i < 13; i++, rest >>= 5n) text = alphabet[Number(rest & 31n)] + text
  return text
}

/** The case number of such a text. */
export const number = ref => [...ref].reduce((sum, digit) => sum * 32n + BigInt(alphabet.indexOf(digit)), 0n)

export class Session {
  constructor (service, cookie = '') {
    this.service = service
    this.cookie = cookie
    this.token = ''
    this.sent = new Set()
  }

  get (path, headers = {}) {
    return send(this.service.url + path, { redirect: 'manual', headers: { ...(this.cookie && { cookie: this.cookie }), ...headers } })
  }

  async post (path, fields = {}, token = this.token) {
    // The same form twice is one act: who acts again does so from a new page.
    const sent = () => JSON.stringify([path, token, fields])
    if (token !== undefined && token === this.token && this.sent.has(sent()) && !['/staff/code', '/staff/out'].includes(path)) {
      await this.readToken('/staff/me')
      token = this.token
    }
    this.sent.add(sent())
    return post(this.service.url + path, token === undefined ? fields : { token, ...fields }, this.cookie ? { cookie: this.cookie } : {})
  }

  /** Does an act on a case; returns the answer's status, location and text. */
  async act (ref, what, fields = {}) {
    const answer = await this.post(`/staff/case/${ref}/${what}`, fields)
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
  }

  async page (path) {
    const answer = await this.get(path)
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
  }

  /** Takes the token from a page, as a form on it would. */
  async readToken (path) {
    const { text } = await this.page(path)
    this.token = /name="token" value="([^"]+)"/.exec(text)?.[1]
    assert.ok(this.token, `${path} has no token`)
  }
}

/** The Set-Cookie lines of fetch's answer, as getSetCookie gives them, which Debian's node 18 lacks: there they are one line. */
export const cookieLines = answer => (answer.headers.get('set-cookie') ?? '').split(/, (?=[\w-]+=)/).filter(Boolean)

export const signIn = (service, { user, passphrase }) => post(`${service.url}/staff`, { user, passphrase })

/** Signs in, and returns a session with its form token. */
export async function signedIn (service, account) {
  const answer = await signIn(service, account)
  assert.equal(answer.status, 303, 'cannot sign in')
  const session = new Session(service, answer.headers.get('set-cookie').split(';')[0])
  const { location } = await session.page('/staff')
  await session.readToken(location)
  return session
}

/** Makes an account with the command while the service runs; returns its name and passphrase. */
export function addAccount (service, user, role, ...queues) {
  const printed = service.tell(`${service.recovery}\n`, 'user', 'add', user, '--data', service.folder, '--name', `${user[0].toUpperCase()}${user.slice(1)} Prov`,
    '--role', role, ...queues.flatMap(queue => ['--queue', queue]))
  return { user, passphrase: /passphrase: (\S+)/.exec(printed)[1] }
}

/** Sends a form, and returns the reference of the new case. */
export async function sendCase (service, fields, path = '/kristinehamn') {
  const before = service.sql('SELECT coalesce(CAST(max(number) AS TEXT), 0) AS n FROM cases')[0].n
  const answer = await post(service.url + path, fields)
  assert.equal(answer.status, 200, 'the form was not taken')
  const [row] = service.sql(`SELECT CAST(number AS TEXT) AS n FROM cases WHERE number > ${before} ORDER BY number DESC LIMIT 1`)
  assert.ok(row, 'no new case')
  return reference(row.n)
}
