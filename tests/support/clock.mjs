// A clock that a test moves, for the service and the command. Debian's libfaketime adds an
// offset to the machine's time. It reads the offset at each call, so the clock of every process
// and thread moves at once. Timeouts and the event loop use the machine's own clock.
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Debian has the library in a folder named after the architecture.
const library = readdirSync('/usr/lib').map(folder => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`).find(existsSync)

export class Clock {
  /** `start`: a Date, or what Date reads, such as 2027-01-11T08:00+01:00. */
  constructor (folder, start) {
    if (!library) throw new Error('libfaketimeMT.so.1 is missing: Debian has it in the package libfaketime')
    this.file = join(folder, 'clock')
    this.offset = 0
    this.set(start)
  }

  /** Milliseconds since 1970, as the service sees it now. */
  now () { return Date.now() + this.offset * 1000 }

  /** Moves the clock to that moment, rounded up to a second; it cannot go back. */
  set (moment) {
    const offset = Math.ceil((new Date(moment) - Date.now()) / 1000)
    if (this.moved && offset < this.offset) throw new Error(`the clock would go back to ${new Date(moment).toISOString()}`)
    this.moved = true
    this.offset = offset
    // Renamed into place: half a number would be another time.
    writeFileSync(`${this.file}.new`, `${offset < 0 ? '' : '+'}${offset}\n`)
    renameSync(`${this.file}.new`, this.file)
  }

  forward (seconds) { this.set(this.now() + seconds * 1000) }

  /** Removes the files that the library leaves when a signal ends a process. */
  sweep (pid) {
    for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`]) rmSync(join('/dev/shm', name), { force: true })
  }

  /** The environment variables of a process with this clock. */
  get environment () {
    return {
      LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: this.file, FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1'
    }
  }
}
