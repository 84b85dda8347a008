// Steps and breaches in plain words.

const shown = value => value === undefined ? '' : `“${String(value).length > 60 ? `${String(value).slice(0, 57)}…” (${String(value).length} characters)` : `${value}”`}`

const entry = ({ key, value, checked }) => checked !== undefined
  ? `${checked ? 'ticks' : 'unticks'} ${key}`
  : value?.own ? `writes their own ${value.own}` : value === '' ? `leaves ${key} empty` : `writes ${shown(value)} in ${key}`

const fates = {
  twice: ', and presses again before the answer is there',
  unsent: ' as the network is lost, finds it again and goes Back',
  unanswered: ', the network is lost before the answer is there, and they go Back',
  expired: ' after the session has run out'
}

/** One step: "Anna presses ‘Nådde personen’". */
export function words ({ who, kind, target, fields, fate, words: long, entry: at }) {
  switch (kind) {
    case 'press': return `${who} ${(fields ?? []).map(entry).concat(`presses ‘${target.text}’ (${target.to})${fates[fate] ?? ''}`).join(', ')}`
    case 'link': return `${who} follows ‘${target.text}’ (${target.to})`
    case 'go': return `${who} opens the address they know (${at + 1})`
    case 'tab': return `${who} goes to a second tab`
    case 'mail': return `${who} opens a link kept in a mail`
    case 'leap': return `${long} passes`
    case 'restart': return 'the service is restarted'
    default: return `${who} presses ${kind[0].toUpperCase()}${kind.slice(1)}`
  }
}

export function told (breach) {
  const { name, says, seed, person, picture, shrunk } = breach
  const steps = shrunk ?? breach.steps.slice(-12)
  return [`${name}: ${says}`, `  ${person}`,
    `  ${shrunk ? `${steps.length} steps that still fail` : `the last ${steps.length} of ${breach.steps.length} steps`}, of SEED=${seed}:`,
    ...steps.map((step, i) => `    ${i + 1} ${words(step)}`), ...(picture ? [`  ${picture}`] : [])].join('\n')
}
