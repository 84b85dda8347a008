// Adds cases and visits of a code to the database, as the form would.

let last = 0n

/**
 * Adds `count` closed cases by that code, received at `at` (seconds), of whom the first
 * `reached` were reached; outcomes are words with spaces between, "work studies".
 */
export function brought (service, code, count, { reached = 0, outcomes = '', at = Math.floor(Date.now() / 1000) - 60 } = {}) {
  let sql = 'BEGIN;'
  for (let i = 0; i < count; i++) {
    const number = ++last
    sql += `INSERT INTO cases (number, area, queue, code, who, age, part_of_day, speak, inflow, state, received_at, promised_at, closed_at)
      VALUES (${number}, '1781', 'kristinehamn-kaa', '${code}', 'self', '18-19', 'any', 'sv', 'self', 'closed', ${at}, ${at} + 86400, ${at} + 3600);
      INSERT INTO events (case_number, step, account, at, act, from_state, to_state) VALUES (${number}, 1, 0, ${at}, 'receive', 'waiting', 'waiting');`
    for (const outcome of outcomes.split(' ').filter(Boolean)) sql += `INSERT INTO case_outcomes (case_number, outcome) VALUES (${number}, '${outcome}');`
    if (i < reached) sql += `INSERT INTO events (case_number, step, account, at, act, from_state, to_state) VALUES (${number}, 2, 0, ${at}, 'reached', 'claimed', 'reached');`
    sql += `INSERT INTO events (case_number, step, account, at, act, from_state, to_state) VALUES (${number}, 3, 0, ${at} + 3600, 'close', 'claimed', 'closed');`
  }
  service.change(`${sql}COMMIT;`)
}

/** Adds visits of a code, on local days counted from today; -1 is yesterday. */
export function visited (service, code, visits) {
  const today = Date.parse(new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format()) / 86400000
  service.change(Object.entries(visits).map(([day, count]) =>
    `INSERT INTO visits (code, day, kind, count) VALUES ('${code}', ${today + Number(day)}, 'person', ${count}) ON CONFLICT DO UPDATE SET count = excluded.count;`).join(''))
}
