// Compares every day of 2020-2040 with the calendar of the package date-holidays.
import assert from 'node:assert/strict'
import test from 'node:test'
import Holidays from 'date-holidays'
import { ask } from './support/ask.mjs'

const FIRST = 2020
const LAST = 2040

// The package's name of a day where it is not that of the law.
const names = { nationaldagen: 'sveriges nationaldag' }

// Its public holidays are those of lag 1989:253, its bank holidays our three eves.
function holidays(year) {
	const found = new Map()
	for (const { date, type, name } of new Holidays('SE', { languages: ['sv'] }).getHolidays(year)) {
		if (type !== 'public' && type !== 'bank') continue
		const day = date.slice(0, 10)
		const called = name.toLowerCase()
		found.set(day, [...(found.get(day) ?? []), names[called] ?? called])
	}
	return found
}

function days() {
	const all = []
	const end = Date.UTC(LAST + 1, 0, 1)
	for (let at = Date.UTC(FIRST, 0, 1); at < end; at += 86_400_000) {
		const date = new Date(at)
		all.push({ day: date.toISOString().slice(0, 10), weekday: date.getUTCDay() })
	}
	return all
}

function expected({ day, weekday }, calendar) {
	const called = calendar.get(day)
	return { off: weekday === 0 || weekday === 6 || called !== undefined, called: called ?? [''] }
}

test('working days and holidays 2020-2040', () => {
	const calendar = new Map()
	for (let year = FIRST; year <= LAST; year++)
		for (const [day, called] of holidays(year)) calendar.set(day, called)
	const all = days()
	const answers = ask(all.map(({ day }) => `day ${day}`))
	assert.equal(all.length, 7671)
	assert.ok(calendar.size >= 16 * 21 - 5, 'the package knows the holidays')
	const differences = []
	all.forEach((one, i) => {
		const [, off, name] = /^(off|work) ?(.*)$/.exec(answers[i]) ?? []
		const want = expected(one, calendar)
		if ((off === 'off') !== want.off || !want.called.includes(name?.toLowerCase()))
			differences.push(`${one.day}: "${answers[i]}", not ${JSON.stringify(want)}`)
	})
	assert.deepEqual(differences, [])
})
