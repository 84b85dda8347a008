// Searches known texts in files and in the memory of processes, in each encoding that a program
// might use.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './files.mjs'

/** The part of the base64 of bytes that is the same whatever stands around them, at each of three offsets. */
function base64Cores (bytes) {
  return [0, 1, 2].flatMap(offset => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '')
    const core = text.slice(Math.ceil(offset * 4 / 3), Math.floor((offset + bytes.length) / 3) * 4)
    return core.length < 8 ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** Each way of writing a string, under a name. */
export function spellings (string) {
  const bytes = Buffer.from(string)
  const all = {
    raw: bytes,
    hex: Buffer.from(bytes.toString('hex')),
    HEX: Buffer.from(bytes.toString('hex').toUpperCase()),
    percent: Buffer.from(encodeURIComponent(string)),
    form: Buffer.from(new URLSearchParams({ x: string }).toString().slice(2)),
    utf16: Buffer.from(string, 'utf16le'),
    reversed: Buffer.from([...string].reverse().join(''))
  }
  base64Cores(bytes).forEach((core, i) => { all[`base64/${i}`] = Buffer.from(core) })
  const seen = new Set()
  return Object.fromEntries(Object.entries(all).filter(([, needle]) => {
    const first = !seen.has(needle.toString('latin1'))
    seen.add(needle.toString('latin1'))
    return first
  }))
}

/** The places of the strings in the bytes: [{ string, spelling, at }]. */
export function traces (bytes, strings, as = spellings) {
  const found = []
  for (const string of strings) {
    for (const [spelling, needle] of Object.entries(as(string))) {
      const at = bytes.indexOf(needle)
      if (at >= 0) found.push({ string, spelling, at })
    }
  }
  return found
}

/** The same for every file in a folder, with the file's name first. */
export function tracesInFolder (folder, strings, but = []) {
  return filesBelow(folder).filter(file => !but.includes(file))
    .flatMap(file => traces(readFileSync(join(folder, file)), strings).map(trace => ({ file, ...trace })))
}

/** The spellings in requests and pages, which are those that memory could contain. */
const plain = string => Object.fromEntries(Object.entries(spellings(string)).filter(([spelling]) => ['raw', 'form'].includes(spelling)))

/** The same for all writable memory of a process, with the mapping and the bytes around. */
export function tracesInMemory (pid, strings) {
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const found = []
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from, to, name] = /^(\w+)-(\w+) rw\S* \S+ \S+ \S+\s*(.*)$/.exec(line) ?? []
    if (!from) continue
    const start = parseInt(from, 16)
    const bytes = Buffer.alloc(parseInt(to, 16) - start)
    try { readSync(memory, bytes, 0, bytes.length, start) } catch { continue }
    for (const trace of traces(bytes, strings, plain)) {
      found.push({ pid, map: name || 'anonymous', ...trace, around: bytes.toString('latin1', Math.max(0, trace.at - 60), trace.at + 60).replace(/[^ -~]/g, '.') })
    }
  }
  closeSync(memory)
  return found
}
