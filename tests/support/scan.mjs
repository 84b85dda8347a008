// Reads a QR code from an image with two independent decoders, one in C and one in JavaScript.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import decodeQR from 'qr/decode.js'
import { resized, turned } from './paper.mjs'

/** As a portable pixmap, which is written and read at once. */
function packed ({ width, height, data }) {
  const head = `P6 ${width} ${height} 255\n`
  const bytes = Buffer.allocUnsafe(head.length + width * height * 3)
  let end = bytes.write(head)
  for (let i = 0; i < data.length; i += 4) {
    bytes[end++] = data[i]; bytes[end++] = data[i + 1]; bytes[end++] = data[i + 2]
  }
  return bytes
}

/** The text that zbar reads in each picture, or null. One process reads all pictures. */
async function zbar (pictures) {
  const folder = mkdtempSync(join(tmpdir(), 'egenremiss-zbar-'))
  const files = pictures.map((picture, i) => {
    const file = join(folder, `${i}.ppm`)
    writeFileSync(file, packed(picture))
    return file
  })
  const stdout = await new Promise((resolve, reject) => execFile('zbarimg', ['--nodbus', '--quiet', '--xml', '-Sdisable', '-Sqrcode.enable', ...files], { encoding: 'utf8', maxBuffer: 1 << 26 },
    // A picture in which it finds nothing is a status of its own; what could not be run has a word for a code.
    (error, stdout) => error === null || Number.isInteger(error.code) ? resolve(stdout) : reject(error)))
  rmSync(folder, { recursive: true })
  const texts = new Map([...stdout.matchAll(/<source href='([^']*)'>(.*?)<\/source>/gs)].map(([, file, found]) => [file, /CDATA\[(.*?)\]\]/s.exec(found)?.[1]]))
  return files.map(file => texts.get(file) ?? null)
}

/** The text that qr reads in a picture, and the modules of a side: { text, size }, or null. */
export function qr ({ width, height, data }) {
  let size
  try {
    const text = decodeQR({ width, height, data }, { effort: Infinity, timeLimit: Infinity, imageOnResult: image => { size = image.width } })
    return { text, size }
  } catch (error) {
    // It says with a plain error that it found nothing.
    if (error.constructor !== Error) throw error
    return null
  }
}

// A phone films many frames, nearer by and farther off, held this way and that, until one is read.
const frames = [0, 2, 1, 3].flatMap(turns => [1, 1 / 2, 3 / 2, 2 / 3, 4 / 3, 1 / 3, 7 / 4, 2, 5 / 4, 8 / 5, 5 / 6, 1 / 4].map(times => ({ times, turns })))
const framed = (pixels, { times, turns }) =>
  Array.from({ length: turns }).reduce(turned, times === 1 ? pixels : resized(pixels, times))

/** In whichever frame the decoder first reads anything: { text, frame } of each picture, or null. */
export async function readBy (decode, pictures) {
  const found = pictures.map(() => null)
  for (const frame of frames) {
    const left = [...found.keys()].filter(i => found[i] === null)
    if (left.length === 0) break
    const texts = await decode(left.map(i => framed(pictures[i], frame)))
    left.forEach((at, i) => { if (texts[i] !== null) found[at] = { text: texts[i], frame } })
  }
  return found
}

let beside
/** The same by qr, on a thread of its own that stays for the next, and holds no process up. */
async function readByQr (pictures) {
  beside ??= new Worker(new URL('scan_beside.mjs', import.meta.url), { execArgv: [] })
  beside.ref()
  beside.postMessage(pictures.map(({ width, height, data }) => ({ width, height, data })))
  const [found] = await once(beside, 'message')
  beside.unref()
  return found
}

/**
 * What each decoder reads of each picture's one symbol, both at once: [{ zbar, qr }].
 * Of several symbols in a picture one alone is told: cut them out.
 */
export async function read (pictures) {
  const [byZbar, byQr] = await Promise.all([readBy(zbar, pictures), readByQr(pictures)])
  return pictures.map((_, i) => ({ zbar: byZbar[i], qr: byQr[i] }))
}

/** Whether the picture was read without a change of size or angle. */
export const asItIs = ({ frame: { times, turns } }) => times === 1 && turns === 0
