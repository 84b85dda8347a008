// Takes a measurement, compares it with its limit, and prints it.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const median = values => [...values].sort((a, b) => a - b)[values.length >> 1]

/** Runs wrk with one of our scripts; what the script prints. */
export function wrk (script, url, { connections = 64, threads = 1, seconds = 2, headers = [], words = [] } = {}) {
  const child = spawn('wrk', [
    '-t', threads, '-c', connections, '-d', `${seconds}s`, '--timeout', '10s',
    ...headers.flatMap(header => ['-H', header]),
    '-s', fileURLToPath(new URL(script, import.meta.url)), url, '--', ...words
  ].map(String), { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', part => { out += part })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', status => {
      const line = /^\{.*\}$/m.exec(out)
      if (status !== 0 || !line) reject(new Error(`wrk failed on ${url}:\n${out}`))
      else resolve(JSON.parse(line[0]))
    })
  })
}

/** Takes each measure in turn, so many rounds; for each measure its results. */
export async function interleave (rounds, ...measures) {
  const results = measures.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [i, measure] of measures.entries()) results[i].push(await measure(round))
  }
  return results
}

const shown = value => value >= 100 ? value.toFixed(0) : value.toFixed(2)
let missed = 0

function line (name, figure, limit, met, values) {
  if (!met) missed++
  console.log(`${name.padEnd(46)} ${figure.padStart(8)}  ${limit.padEnd(9)} ${met ? 'ok    ' : 'MISSED'}  ${values}`)
}

/** A ratio of medians that has to be at least, or at most, so much. */
export function ratio (name, ours, theirs, unit, { least, most, note = '' }) {
  const [a, b] = [median(ours), median(theirs)]
  const value = a / b
  line(name, shown(value), least !== undefined ? `>= ${least}` : `<= ${most}`,
    least !== undefined ? value >= least : value <= most,
    `${shown(a)} ${unit} : ${shown(b)} ${unit}${note && `; ${note}`}`)
}

/** A value that has to be at most so much. */
export function bound (name, value, most, unit, note = '') {
  line(name, shown(value), `<= ${most}`, value <= most, `${shown(value)} ${unit} of ${most} ${unit}${note && `; ${note}`}`)
}

/** A value that has to be at least so much. */
export function floor (name, value, least, unit, note = '') {
  line(name, shown(value), `>= ${least}`, value >= least, `${shown(value)} ${unit} of ${least} ${unit}${note && `; ${note}`}`)
}

export const allMet = () => missed === 0
