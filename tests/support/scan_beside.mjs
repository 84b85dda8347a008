// The decoder in JavaScript on a thread of its own, while zbar reads the same: scan.mjs.
import { parentPort, workerData } from 'node:worker_threads'
import { qr, readBy } from './scan.mjs'

parentPort.postMessage(await readBy(some => some.map(picture => qr(picture)?.text ?? null), workerData))
