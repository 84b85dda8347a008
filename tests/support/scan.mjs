// What two decoders that know nothing of us read of a picture, in C and in JavaScript.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** What zbar reads of each picture: its one symbol's text, or null. One process for all. */
function zbar (pictures) {
  const folder = mkdtempSync(join(tmpdir(), 'egenremiss-zbar-'))
  const files = pictures.map((picture, i) => {
    const file = join(folder, `${i}.ppm`)
    writeFileSync(file, packed(picture))
    return file
  })
  const { error, stdout } = spawnSync('zbarimg', ['--nodbus', '--quiet', '--xml', '-Sdisable', '-Sqrcode.enable', ...files], { encoding: 'utf8', maxBuffer: 1 << 26 })
  rmSync(folder, { recursive: true })
  if (error) throw error
  const texts = new Map([...stdout.matchAll(/<source href='([^']*)'>(.*?)<\/source>/gs)].map(([, file, found]) => [file, /CDATA\[(.*?)\]\]/s.exec(found)?.[1]]))
  return files.map(file => texts.get(file) ?? null)
}

/** What qr reads of a picture: { text, size }, the modules of a side, or null. */
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

const decoders = { zbar, qr: pictures => pictures.map(picture => qr(picture)?.text ?? null) }

// A phone films many frames, nearer by and farther off, held this way and that, until one is read.
const frames = [0, 2, 1, 3].flatMap(turns => [1, 1 / 2, 3 / 2, 2 / 3, 4 / 3, 1 / 3, 7 / 4, 2, 5 / 4, 8 / 5, 5 / 6, 1 / 4].map(times => ({ times, turns })))
const framed = (pixels, { times, turns }) =>
  Array.from({ length: turns }).reduce(turned, times === 1 ? pixels : resized(pixels, times))

/**
 * What each decoder reads of each picture's one symbol, in whichever frame it
 * first reads anything: [{ zbar, qr }], each { text, frame } or null. Of several
 * symbols in a picture one alone is told: cut them out.
 */
export function read (pictures) {
  const found = pictures.map(() => ({ zbar: null, qr: null }))
  for (const frame of frames) {
    for (const [name, decode] of Object.entries(decoders)) {
      const left = found.filter(each => each[name] === null)
      const texts = decode(left.map(each => framed(pictures[found.indexOf(each)], frame)))
      left.forEach((each, i) => { if (texts[i] !== null) each[name] = { text: texts[i], frame } })
    }
    if (found.every(({ zbar, qr }) => zbar !== null && qr !== null)) break
  }
  return found
}

/** Whether it was read in the frame that it was given in. */
export const asItIs = ({ frame: { times, turns } }) => times === 1 && turns === 0
