// What becomes of print on paper and in front of a camera, and what two
// decoders that know nothing of us read of it. Pixels are as pngjs has them:
// { width, height, data }, four bytes a pixel, red, green, blue, alpha. Nothing
// here changes what it is given; what lies outside is as the nearest edge.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'

export const pixelsOf = file => PNG.sync.read(readFileSync(file))

/** The pixels where colour(x, y, channel) is 0 to 255. */
function drawn (width, height, colour) {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      for (let channel = 0; channel < 3; channel++) data[i + channel] = colour(x, y, channel)
      data[i + 3] = 255
    }
  }
  return { width, height, data }
}

const within = (at, count) => at < 0 ? 0 : at >= count ? count - 1 : at
const at = ({ width, height, data }, x, y, channel) => data[(within(y, height) * width + within(x, width)) * 4 + channel]

/** A piece, such as one symbol of a page; it may reach over the edge. */
export const cut = (pixels, { x, y, width, height }) =>
  drawn(Math.round(width), Math.round(height), (column, row, channel) => at(pixels, Math.round(x) + column, Math.round(y) + row, channel))

/** Out of focus: a Gaussian blur with a sigma of so many pixels. */
export function blur (pixels, sigma) {
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)))
  const whole = weights.reduce((sum, weight) => sum + weight)
  const along = (from, dx, dy) => drawn(from.width, from.height, (x, y, channel) => {
    let sum = 0
    for (let i = -reach; i <= reach; i++) sum += weights[i + reach] * at(from, x + i * dx, y + i * dy, channel)
    return sum / whole
  })
  return along(along(pixels, 1, 0), 0, 1)
}

/**
 * Held askew: the paper is turned so many degrees about an axis through its
 * middle (0 level, 90 upright), before a camera twice its longer side away.
 */
export function perspective (pixels, degrees, axis = 90) {
  const { width, height } = pixels
  const away = 2 * Math.max(width, height)
  const [turn, slope] = [degrees, axis].map(angle => angle * Math.PI / 180)
  const [ex, ey] = [Math.cos(slope), Math.sin(slope)]
  return drawn(width, height, (x, y, channel) => {
    const [u, v] = [x + 0.5 - width / 2, y + 0.5 - height / 2]
    // Across the axis paper goes away from the camera; along it, it only grows small with the distance.
    const across = (v * ex - u * ey) * away / (away * Math.cos(turn) - (v * ex - u * ey) * Math.sin(turn))
    const along = (u * ex + v * ey) * (away + across * Math.sin(turn)) / away
    return between(pixels, along * ex - across * ey + width / 2 - 0.5, along * ey + across * ex + height / 2 - 0.5, channel)
  })
}

/** The colour between four pixels. */
function between (pixels, x, y, channel) {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, down] = [x - left, y - top]
  const row = y => at(pixels, left, y, channel) * (1 - right) + at(pixels, left + 1, y, channel) * right
  return row(top) * (1 - down) + row(top + 1) * down
}

// sRGB's own curve: how much light a byte stands for, of 1, and back.
const light = byte => byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4
const byte = light => 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)
const luminance = colour => colour.map(light).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)

/**
 * Black on white as grey on coloured paper, whose light and the ink's differ by
 * so much of all light (ISO/IEC 15415's symbol contrast). Grey between stays between.
 */
export function faded (pixels, contrast, paper) {
  const ink = luminance(paper) - contrast
  if (ink < 0) throw new Error(`paper ${paper} is too dark for a contrast of ${contrast}`)
  return drawn(pixels.width, pixels.height, (x, y, channel) => {
    const share = light(at(pixels, x, y, channel))
    return byte(share * light(paper[channel]) + (1 - share) * ink)
  })
}

/** A round blot of coffee or ink, or with a light colour a spot that is worn off; in pixels. */
export const blot = (pixels, { x, y, radius, colour = [0, 0, 0] }) =>
  drawn(pixels.width, pixels.height, (column, row, channel) =>
    Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius ? colour[channel] : at(pixels, column, row, channel))

/** From nearer by or farther off: so many times as large, each new pixel the mean of what it covers. */
export function resized (pixels, times) {
  const [width, height] = [pixels.width, pixels.height].map(length => Math.round(length * times))
  const samples = Math.ceil(1 / times)
  return drawn(width, height, (x, y, channel) => {
    let sum = 0
    for (let i = 0; i < samples ** 2; i++) {
      const [column, row] = [x + (i % samples + 0.5) / samples, y + (Math.floor(i / samples) + 0.5) / samples]
      sum += between(pixels, column / times - 0.5, row / times - 0.5, channel)
    }
    return sum / samples ** 2
  })
}

function zbar ({ width, height, data }) {
  const input = PNG.sync.write({ width, height, data: Buffer.from(data) })
  const { error, stdout } = spawnSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', 'PNG:-'], { input, encoding: 'utf8' })
  if (error) throw error
  return stdout.trim()
}

const javascript = ({ width, height, data }) => jsqr(new Uint8ClampedArray(data), width, height)?.data

// A phone films many frames, nearer by and farther off, until one is read. Each
// decoder has sizes of module that suit it: jsqr judges black and white by
// squares of eight pixels, so that what is very blurred wants 12 to 16 a module.
const distances = [1, 1 / 2, 3 / 2, 2 / 3, 4 / 3, 1 / 3, 7 / 4, 2, 5 / 4, 8 / 5, 5 / 6, 1 / 4]

/**
 * What each decoder reads of the one symbol in the pixels, at whichever
 * distance it first reads anything: { zbar, jsqr }, each its text or null, and
 * `at`, the distances. Of several symbols zbar says each on a line and jsqr one
 * alone: cut them out.
 */
export function read (pixels) {
  const found = { zbar: null, jsqr: null, at: {} }
  for (const times of distances) {
    const frame = times === 1 ? pixels : resized(pixels, times)
    for (const [name, decode] of Object.entries({ zbar, jsqr: javascript })) {
      if (found[name] !== null) continue
      found[name] = decode(frame) || null
      if (found[name] !== null) found.at[name] = times
    }
    if (found.zbar !== null && found.jsqr !== null) break
  }
  return found
}
