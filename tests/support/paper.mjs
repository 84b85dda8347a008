// Changes images as paper and cameras do. Pixels are as pngjs has them: { width, height, data },
// with four bytes for each pixel (red, green, blue, alpha). No function changes its argument; a
// pixel outside the image has the colour of the nearest edge.
import { readFileSync } from 'node:fs'
import { PNG } from 'pngjs'

export const pixelsOf = file => PNG.sync.read(readFileSync(file))

/** A portable pixmap, which is written and read at once; poppler's. */
export function unpacked (bytes) {
  const [head, width, height] = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.subarray(0, 99).toString('latin1'))
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let i = 0, at = head.length; i < data.length; i += 4) {
    data[i] = bytes[at++]; data[i + 1] = bytes[at++]; data[i + 2] = bytes[at++]
  }
  return { width: Number(width), height: Number(height), data }
}

const within = (at, count) => at < 0 ? 0 : at >= count ? count - 1 : at

/** How many channels differ: 1 of a grey image, whose other two are then only copied, which is much quicker. */
function channelsOf (data) {
  for (let i = 0; i < data.length; i += 4) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return 3
  return 1
}

/** Puts the first channel into the other two. */
function copied (data) {
  for (let i = 0; i < data.length; i += 4) data[i + 1] = data[i + 2] = data[i]
}

/** The pixels that lie where place(x, y) says in others, { x, y }; between four of them it is their mean. */
function moved ({ width, height, data }, wide, high, place) {
  const out = new Uint8ClampedArray(wide * high * 4).fill(255)
  const channels = channelsOf(data)
  for (let y = 0, i = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, i += 4) {
      const from = place(x, y)
      const left = Math.floor(from.x); const top = Math.floor(from.y)
      const right = from.x - left; const down = from.y - top
      const west = within(left, width); const east = within(left + 1, width)
      const north = within(top, height) * width; const south = within(top + 1, height) * width
      for (let channel = 0; channel < channels; channel++) {
        const above = data[(north + west) * 4 + channel] * (1 - right) + data[(north + east) * 4 + channel] * right
        const below = data[(south + west) * 4 + channel] * (1 - right) + data[(south + east) * 4 + channel] * right
        out[i + channel] = above * (1 - down) + below * down
      }
    }
  }
  if (channels === 1) copied(out)
  return { width: wide, height: high, data: out }
}

/** A piece, such as one symbol of a page; it may reach over the edge. */
export function cut ({ width, height, data }, box) {
  const [left, top, wide, high] = [box.x, box.y, box.width, box.height].map(Math.round)
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const to = new Uint32Array(wide * high)
  for (let y = 0, i = 0; y < high; y++) {
    const row = within(top + y, height) * width
    for (let x = 0; x < wide; x++) to[i++] = from[row + within(left + x, width)]
  }
  return { width: wide, height: high, data: new Uint8ClampedArray(to.buffer) }
}

/** Each row blurred, and laid as a column: done twice, all is where it was. */
function blurred ({ width, height, data }, weights) {
  const reach = weights.length >> 1
  const out = new Uint8ClampedArray(data.length).fill(255)
  const row = new Float64Array(width + 2 * reach)
  const channels = channelsOf(data)
  for (let y = 0; y < height; y++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let x = 0; x < row.length; x++) row[x] = data[(y * width + within(x - reach, width)) * 4 + channel]
      for (let x = 0; x < width; x++) {
        let sum = 0
        for (let i = 0; i < weights.length; i++) sum += weights[i] * row[x + i]
        out[(x * height + y) * 4 + channel] = sum
      }
    }
  }
  if (channels === 1) copied(out)
  return { width: height, height: width, data: out }
}

/** Out of focus: a Gaussian blur with a sigma of so many pixels. */
export function blur (pixels, sigma) {
  const reach = Math.ceil(3 * sigma)
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)))
  const whole = weights.reduce((sum, weight) => sum + weight)
  const shares = weights.map(weight => weight / whole)
  return blurred(blurred(pixels, shares), shares)
}

/**
 * Held askew: the paper is turned so many degrees about an axis through its
 * middle (0 level, 90 upright), before a camera twice its longer side away.
 */
export function perspective (pixels, degrees, axis = 90) {
  const { width, height } = pixels
  const away = 2 * Math.max(width, height)
  const [turn, slope] = [degrees, axis].map(angle => angle * Math.PI / 180)
  const [sine, cosine, ex, ey] = [Math.sin(turn), Math.cos(turn), Math.cos(slope), Math.sin(slope)]
  return moved(pixels, width, height, (x, y) => {
    const u = x + 0.5 - width / 2; const v = y + 0.5 - height / 2
    // Across the axis paper goes away from the camera; along it, it only grows small with the distance.
    const across = (v * ex - u * ey) * away / (away * cosine - (v * ex - u * ey) * sine)
    const along = (u * ex + v * ey) * (away + across * sine) / away
    return { x: along * ex - across * ey + width / 2 - 0.5, y: along * ey + across * ex + height / 2 - 0.5 }
  })
}

// sRGB's own curve: how much light a byte stands for, of 1, and back.
const light = byte => byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4
const byte = light => 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)
const luminance = colour => colour.map(light).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)

/**
 * Black on white as grey on coloured paper, whose light and the ink's differ by
 * so much of all light (ISO/IEC 15415's symbol contrast). Grey between stays between.
 */
export function faded ({ width, height, data }, contrast, paper) {
  const ink = luminance(paper) - contrast
  if (ink < 0) throw new Error(`paper ${paper} is too dark for a contrast of ${contrast}`)
  const faint = paper.map(colour => Uint8ClampedArray.from({ length: 256 }, (_, was) => byte(light(was) * light(colour) + (1 - light(was)) * ink)))
  const out = new Uint8ClampedArray(data.length).fill(255)
  for (let i = 0; i < data.length; i += 4) {
    for (let channel = 0; channel < 3; channel++) out[i + channel] = faint[channel][data[i + channel]]
  }
  return { width, height, data: out }
}

/** A round blot of coffee or ink, or with a light colour a spot that is worn off; in pixels. */
export function blot ({ width, height, data }, { x, y, radius, colour = [0, 0, 0] }) {
  const stained = new Uint8ClampedArray(data)
  for (let row = Math.max(0, Math.floor(y - radius)); row < Math.min(height, y + radius); row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column < Math.min(width, x + radius); column++) {
      if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius) stained.set(colour, (row * width + column) * 4)
    }
  }
  return { width, height, data: stained }
}

/** From nearer by or farther off: so many times as large, each new pixel the mean of what it covers. */
export function resized ({ width, height, data }, times) {
  const [wide, high] = [width, height].map(length => Math.round(length * times))
  // Of a pixel that covers several, so many places to a side are looked at.
  const samples = Math.ceil(1 / times)
  const channels = channelsOf(data)
  /** For each place along a side: the pixel before it, the one after it, and how near it is to the latter. */
  const along = (count, length) => {
    const before = new Int32Array(count * samples); const after = new Int32Array(count * samples); const share = new Float64Array(count * samples)
    for (let i = 0; i < before.length; i++) {
      const at = (i + 0.5) / samples / times - 0.5
      before[i] = within(Math.floor(at), length); after[i] = within(Math.floor(at) + 1, length); share[i] = at - Math.floor(at)
    }
    return { before, after, share }
  }
  const columns = along(wide, width); const rows = along(high, height)
  const out = new Uint8ClampedArray(wide * high * 4).fill(255)
  const sums = new Float64Array(wide * 3)
  const means = new Uint8ClampedArray(wide * samples)
  for (let y = 0; y < high; y++) {
    sums.fill(0)
    for (let line = y * samples; line < (y + 1) * samples; line++) {
      const north = rows.before[line] * width; const south = rows.after[line] * width; const down = rows.share[line]
      for (let channel = 0; channel < channels; channel++) {
        for (let x = 0; x < means.length; x++) {
          const west = columns.before[x]; const east = columns.after[x]; const right = columns.share[x]
          const above = data[(north + west) * 4 + channel] * (1 - right) + data[(north + east) * 4 + channel] * right
          const below = data[(south + west) * 4 + channel] * (1 - right) + data[(south + east) * 4 + channel] * right
          means[x] = above * (1 - down) + below * down
        }
        for (let x = 0, from = 0; x < wide; x++) for (let i = 0; i < samples; i++) sums[x * 3 + channel] += means[from++]
      }
    }
    for (let x = 0; x < wide; x++) {
      for (let channel = 0; channel < 3; channel++) out[(y * wide + x) * 4 + channel] = sums[x * 3 + (channels === 1 ? 0 : channel)] / samples ** 2
    }
  }
  return { width: wide, height: high, data: out }
}

/** A quarter of a turn to the right. */
export function turned ({ width, height, data }) {
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const to = new Uint32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) to[x * height + height - 1 - y] = from[y * width + x]
  }
  return { width: height, height: width, data: new Uint8ClampedArray(to.buffer) }
}

/** Papers that offices have, which a contrast of 0.5 can be had upon. */
export const papers = { yellow: [255, 236, 160], green: [190, 230, 190], pink: [245, 200, 210], blue: [190, 215, 245] }
