// Reads what a test program prints in the Test Anything Protocol: node:test and cmocka do.

/** How many checks passed and failed. node:test ends with a summary, cmocka has a line for each. */
export function count (stdout) {
  const of = pattern => (stdout.match(pattern) ?? []).length
  const summary = /^# pass (\d+)\n# fail (\d+)/m.exec(stdout)
  return summary
    ? { passed: Number(summary[1]), failed: Number(summary[2]) }
    : { passed: of(/^ok /gm), failed: of(/^not ok (?!.*# SKIP)/gm) }
}

const mostLines = 60

/**
 * The failed checks alone, each with the names of those around it, with what was printed
 * before it and its message. One that failed because one inside it did is left out.
 */
export function failures (stdout) {
  const path = []; const found = []
  let printed = []; let message = null
  for (const line of stdout.split('\n')) {
    const [, begun, subtest] = /^( *)# Subtest: (.*)$/.exec(line) ?? []
    const [, ended, not, name] = /^( *)(not )?ok \d+(?: - )?(.*)$/.exec(line) ?? []
    if (subtest !== undefined) {
      path.splice(begun.length / 4, Infinity, subtest)
      printed = []; message = null
    } else if (ended !== undefined) {
      message = not && !/# (SKIP|TODO)/.test(name)
        ? [[...path.slice(0, ended.length / 4), name].join(' > '), ...printed.slice(-mostLines)]
        : null
      if (message) found.push(message)
      printed = []
    } else if (/^ *(1\.\.\d|# tests |TAP version)/.test(line)) message = null
    else if (line !== '') (message ?? printed).push(line)
  }
  return found.map(lines => lines.slice(0, 2 * mostLines).join('\n')).filter(text => !text.includes("failureType: 'subtestsFailed'"))
}
