// Reads a calendar: by the rules of RFC 5545 that a lenient reader forgives, and with the
// parser of python3-icalendar, which is not ours.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'

const python = `
import json, sys
from datetime import timezone
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
def value(name, what):
    if name in ('DTSTART', 'DTEND', 'DTSTAMP', 'LAST-MODIFIED'):
        assert what.dt.utcoffset().total_seconds() == 0, name
        return int(what.dt.timestamp())
    return int(what) if name == 'SEQUENCE' else str(what)
assert not calendar.errors and not any(part.errors for part in calendar.walk())
print(json.dumps({'name': str(calendar['X-WR-CALNAME']), 'version': str(calendar['VERSION']), 'parts': [part.name for part in calendar.walk()],
    'events': [{name.lower(): value(name, what) for name, what in event.items()} for event in calendar.walk('VEVENT')]}))
`

/** The calendar as the parser reads it: { name, version, parts, events: [{ uid, dtstart, … }] }, times in seconds. */
export function parsed (bytes) {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  assert.ok(text.endsWith('\r\n'))
  const lines = text.slice(0, -2).split('\r\n')
  for (const line of lines) {
    assert.doesNotMatch(line, /[\r\n\0-\x08\x0b\x0c\x0e-\x1f\x7f]/)
    assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets: ${line}`)
    // A line that was folded inside a character would not begin with a whole one.
    assert.doesNotMatch(line, /\ufffd/)
  }
  assert.equal(lines[0], 'BEGIN:VCALENDAR')
  assert.equal(lines.at(-1), 'END:VCALENDAR')
  for (const name of ['VERSION', 'PRODID']) assert.equal(lines.filter(line => line.startsWith(`${name}:`)).length, 1, name)
  const whole = text.replaceAll('\r\n ', '').trim().split('\r\n')
  for (const line of whole) assert.match(line, /^[A-Z-]+(;[A-Z]+=[A-Z]+)?:/)
  const open = []
  for (const line of whole) {
    if (line.startsWith('BEGIN:')) open.push(line.slice(6))
    if (line.startsWith('END:')) assert.equal(open.pop(), line.slice(4))
  }
  assert.deepEqual(open, [])
  assert.doesNotMatch(text, /VALARM|ATTENDEE|ORGANIZER/)
  const calendar = JSON.parse(execFileSync('/usr/bin/python3', ['-c', python], { input: bytes, encoding: 'utf8' }))
  assert.equal(calendar.version, '2.0')
  assert.ok(calendar.parts.length > 1, 'a calendar has at least one component')
  for (const event of calendar.events) {
    for (const name of ['uid', 'dtstamp', 'dtstart', 'dtend', 'last-modified', 'sequence', 'summary']) assert.ok(name in event, name)
    assert.ok(event.dtend > event.dtstart)
  }
  assert.equal(new Set(calendar.events.map(({ uid }) => uid)).size, calendar.events.length, 'an event stands twice')
  return calendar
}
