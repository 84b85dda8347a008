// Sends requests byte by byte, also such as no browser sends. It decompresses no answer and
// follows no redirect.
import { request } from 'node:http'
import { connect } from 'node:net'
import { receiptOf } from './service.mjs'

/** One request on a connection of its own, perhaps from another address of this machine; a receipt is looked at. */
export async function ask (url, options = {}) {
  const answer = await askOnly(url, options)
  const receipt = answer.status === 303 && receiptOf(answer.headers.location)
  return receipt ? askOnly(new URL(receipt, url).href, { headers: options.headers, from: options.from }) : answer
}

/** The answer to that request alone; the body stays as it came. */
export function askOnly (url, { method = 'GET', headers = {}, body, from } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false, ...(from && { localAddress: from, family: 4 }) }, answer => {
      const chunks = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('end', () => resolve({
        status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks),
        get text () { return this.bytes.toString() }
      }))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/**
 * Writes the pieces to the port as they stand, `gap` milliseconds apart, and
 * collects the answer until the other side closes or is silent for
 * `quiet` milliseconds.
 */
export function talk (port, pieces, { gap = 0, quiet = 400, hangUp = false } = {}) {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const heard = []
    let idle
    const end = () => { clearTimeout(idle); socket.destroy(); resolve(Buffer.concat(heard).toString('latin1')) }
    const listen = () => { clearTimeout(idle); idle = setTimeout(end, quiet) }
    socket.on('data', chunk => { heard.push(chunk); listen() })
    socket.on('error', end)
    socket.on('close', end)
    socket.on('connect', async () => {
      for (const piece of [pieces].flat()) {
        socket.write(piece, typeof piece === 'string' ? 'latin1' : undefined)
        await new Promise(resolve => setTimeout(resolve, gap))
      }
      if (hangUp) end()
      else listen()
    })
  })
}

/** The statuses of the answers in what `talk` heard. */
export const statuses = heard => [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))
