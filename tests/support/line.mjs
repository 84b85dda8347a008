// The connection between a browser and a server, which a test cuts and restores.
import { connect, createServer } from 'node:net'

/** Forwards to the port of `to` at 127.0.0.1, which may open later. */
export async function openLine (to) {
  const ends = new Set()
  let whole = true
  const server = createServer(near => {
    // Accepts the connection and then closes it, as on a phone in a lift.
    if (!whole) { near.destroy(); return }
    const far = connect({ port: to.port, host: '127.0.0.1' })
    for (const [end, other] of [[near, far], [far, near]]) {
      ends.add(end)
      end.on('error', () => {}).on('close', () => { ends.delete(end); other.destroy() })
      end.pipe(other)
    }
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const cut = () => { whole = false; for (const end of ends) end.destroy() }
  return { port: server.address().port, cut, mend () { whole = true }, close () { cut(); server.close() } }
}
