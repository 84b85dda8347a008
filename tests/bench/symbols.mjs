// Compares the drawing of 500 QR codes as SVG with libqrencode alone and a write of the same
// bytes.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ratio } from './measure.mjs'
import { build } from '../support/service.mjs'

export function symbols () {
  const folder = mkdtempSync(join(tmpdir(), 'egenremiss-symbols-'))
  try {
    const { ours, theirs } = JSON.parse(execFileSync(join(build, 'tests/bench/symbols'), [join(folder, 'symbols.svg'), '41'], { encoding: 'utf8' }))
    ratio('500 QR codes as SVG : libqrencode alone', ours, theirs, 'ms', { most: 1.2 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
