// Runs the JavaScript decoder on a thread of its own, while zbar reads the same image; see
// scan.mjs.
import { parentPort } from 'node:worker_threads'
import { qr, readBy } from './scan.mjs'

parentPort.on('message', async pictures => {
  parentPort.postMessage(await readBy(some => some.map(picture => qr(picture)?.text ?? null), pictures))
})
