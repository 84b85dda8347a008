// The connection between a browser and a server, which a test cuts and restores.
import { connect, createServer } from 'node:net'

/** Leads to the port of `to` at 127.0.0.1, which may be there later than the line. */
export async function openLine (to) {
  const ends = new Set()
  let whole = true
  const server = createServer(near => {
    // Taken, and then gone: as a telephone in a lift has it.
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
