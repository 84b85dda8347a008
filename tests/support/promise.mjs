// The last day that a receipt may promise, calculated from the calendar of the package
// date-holidays and not from the program's.
import Holidays from 'date-holidays'

const zone = 'Europe/Stockholm'
const calendar = new Holidays('SE')

/** A local day as the UTC midnight of the same date, so that days are arithmetic. */
const today = now => Date.parse(new Intl.DateTimeFormat('sv', { timeZone: zone }).format(now))

function open (day, { weekdays = [1, 2, 3, 4, 5], closed = [] }) {
  const date = new Date(day)
  if (!weekdays.includes(date.getUTCDay()) || closed.includes(date.toISOString().slice(0, 10))) return false
  const noon = new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 12)
  return !(calendar.isHoliday(noon) || []).some(({ type }) => type === 'public' || type === 'bank')
}

/** The last day of the promise: the days-th open day after today. */
export function promisedDay (queue, now = Date.now()) {
  let day = today(now)
  for (let left = queue.days; left > 0;) {
    day += 86400000
    if (open(day, queue)) left--
  }
  return day
}

/** "torsdag 26 november", in the words that Intl has for the language. */
export function dayInWords (day, language) {
  const part = Object.fromEntries(new Intl.DateTimeFormat(`${language === 'en' ? 'en-GB' : language}-u-nu-latn`,
    { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
    .formatToParts(day).map(({ type, value }) => [type, value]))
  // In Arabic the Levantine name stands beside the other, which Syrians and Lebanese do not use.
  const levantine = () => new Intl.DateTimeFormat('ar-SY', { month: 'long', timeZone: 'UTC' }).format(day)
  return `${part.weekday} ${part.day} ${part.month}${language === 'ar' ? ` (${levantine()})` : ''}`
}

/** The values of the demonstration's queues in conf/service.conf that tests need. */
export const queues = {
  'kristinehamn-kaa': { days: 3, rings: '070-174 06 11', closed: ['2027-05-07'] },
  'kristinehamn-unga': { days: 3, rings: '070-174 06 12', closed: ['2026-12-23', '2027-05-07'] },
  'karlstad-unga': { days: 2, rings: '070-174 06 22', closed: ['2027-05-07'] },
  'hagfors-unga': { days: 5, rings: '070-174 06 41', weekdays: [1, 2, 4], closed: ['2027-05-07'] }
}
