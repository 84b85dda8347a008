// Compares phone_parse with google-libphonenumber on 100 000 telephone numbers as people write
// them. Each kind of difference has a reason, and a limit on how many numbers it may cover.
import assert from 'node:assert/strict'
import test from 'node:test'
import library from 'google-libphonenumber'
import { ask } from './support/ask.mjs'
import { inputs } from './support/phone_inputs.mjs'

const SEED = 1781
const COUNT = 100_000

const numbers = library.PhoneNumberUtil.getInstance()
const { PREMIUM_RATE, TOLL_FREE } = library.PhoneNumberType

// What the package reads, and whether the number lies in a range that is in use.
function theirs(written) {
	try {
		const number = numbers.parse(written, 'SE')
		return {
			e164: numbers.format(number, library.PhoneNumberFormat.E164),
			valid: numbers.isValidNumber(number),
			type: numbers.getNumberType(number),
			extension: number.getExtension() ?? '',
		}
	} catch (error) {
		return { e164: 'no', valid: false, error: error.message }
	}
}

const taken = (d) => d.ours !== 'no'
const outOfRange = (d) => taken(d) && d.their.e164 === d.ours && !d.their.valid

// Each difference belongs to the first class that holds it; `most` is how many there may be.
const classes = [
	{
		name: 'a Swedish number out of the ranges in use',
		why: `Our rule is by prefix and length alone. Ranges are opened every year, and a list of
			them grows old in a municipality's cellar: a real number that is refused loses a person,
			a wrong one costs a call.`,
		most: 1264,
		holds: (d) => outOfRange(d) && d.ours.startsWith('+46'),
	},
	{
		name: 'a Nordic number out of the ranges in use',
		why: 'As for Swedish numbers; the inputs draw digits from all ranges, most of which are empty.',
		most: 5218,
		holds: (d) => outOfRange(d) && /^\+(45|47|354|358)/.test(d.ours),
	},
	{
		name: 'a number elsewhere out of the ranges in use',
		why: 'As for Swedish numbers: any + and 7-15 digits is a number that can be tried.',
		most: 6754,
		holds: outOfRange,
	},
	{
		name: 'a country code that no country has',
		why: 'Codes are assigned as countries come to be (+383 in 2016); we keep no list of them.',
		most: 684,
		holds: (d) => taken(d) && d.their.error === 'Invalid country calling code',
	},
	{
		name: 'Thai digits',
		why: 'Thai is one of our languages; the package reads ASCII, full-width and Arabic digits only.',
		most: 1104,
		holds: (d) => taken(d) && d.their.e164 === 'no' && /[\u0e50-\u0e59]/.test(d.written),
	},
	{
		name: 'a 0 to be dialled at home, in a country that has none',
		why: `People write (0) by habit. We drop a 0 after any country's code but those whose numbers
			begin with one; the package keeps it where the country has no such 0, and then calls
			the number invalid.`,
		most: 412,
		holds: (d) => taken(d) && !d.their.valid &&
			[1, 2, 3].some((n) => d.their.e164 === `${d.ours.slice(0, n + 1)}0${d.ours.slice(n + 1)}`),
	},
	{
		name: 'a 1 after +1',
		why: `North America dials a 1 at home, and no number there begins with one: what is left when the
			package drops it is no number either.`,
		most: 5,
		holds: (d) => d.ours.startsWith('+11') && !d.their.valid,
	},
	{
		name: 'longer than E.164',
		why: 'The package knows numbers of 16 digits in Germany; E.164 ends at 15, and so do we.',
		most: 1,
		holds: (d) => !taken(d) && d.their.e164.length > 16,
	},
	{
		name: 'a freephone number of six digits',
		why: '0 and 7-9 digits is our rule for all but mobiles; 020 may have fewer, and is no one\'s own.',
		most: 2,
		holds: (d) => !taken(d) && d.their.type === TOLL_FREE && /^\+4620\d{4}$/.test(d.their.e164),
	},
	{
		name: 'an extension, or a second number',
		why: `E.164 has no place for an extension, and without it another person answers. Of two
			numbers we cannot choose. The form asks for one number.`,
		most: 673,
		holds: (d) => !taken(d) && d.their.valid && d.their.extension !== '',
	},
	{
		name: 'a sign in the number that belongs to none',
		why: `The package passes over *, and reads letters as on a keypad (or drops what follows). Here
			they are slips of the thumb, and asking again is better than ringing a stranger.`,
		most: 463,
		holds: (d) => !taken(d) && d.their.valid &&
			/^[^\p{Nd}+\uff0b]*[^a-z\p{Nd}]*[\p{Nd}+\uff0b].*[^\p{Nd}\s\p{Pd}\p{Cf}./()[\]]|^[^\p{Nd}]*[,;#*_]/iu.test(d.written),
	},
	{
		name: 'a number at which the caller pays',
		why: 'Premium-rate series are refused: the municipality would pay, and nobody lives there.',
		most: 28,
		holds: (d) => !taken(d) && d.their.type === PREMIUM_RATE && d.their.e164.startsWith('+46'),
	},
	{
		name: 'a pager or a personal number',
		why: '074 is paging and 075 personal numbering: neither is a telephone in a pocket.',
		most: 34,
		holds: (d) => !taken(d) && d.their.valid && /^\+467[45]/.test(d.their.e164),
	},
	{
		name: 'a Swedish landline number without its first 0',
		why: `Only a mobile number is told from a piece of another number without its 0; for the rest
			the package guesses, and we ask.`,
		most: 1121,
		holds: (d) => !taken(d) && d.their.valid && d.their.e164.startsWith('+46') &&
			!/^[^\p{Nd}]*[+\uff0b]/u.test(d.written) && !/^[^\p{Nd}]*[0٠۰０]/u.test(d.written),
	},
]

function differences() {
	const written = [...inputs(SEED, COUNT)]
	const ours = ask(written.map((text) => `phone ${text}`))
	const found = []
	let agreed = 0
	written.forEach((text, i) => {
		const their = theirs(text)
		if (ours[i] !== (their.valid ? their.e164 : 'no')) found.push({ written: text, ours: ours[i], their })
		else if (their.valid) agreed++
	})
	return { found, agreed }
}

test('phone numbers', async (t) => {
	const { found, agreed } = differences()
	const rest = new Map(classes.map((one) => [one, []]))
	const unexplained = []
	for (const one of found) (rest.get(classes.find(({ holds }) => holds(one))) ?? unexplained).push(one)
	const shown = (list) => list.slice(0, 10)
		.map(({ written, ours, their }) => `${JSON.stringify(written)}: ours ${ours}, theirs ${JSON.stringify(their)}`)
		.join('\n')

	await t.test(`${agreed} numbers are read alike`, () => {
		assert.ok(agreed >= 58_000)
	})
	await t.test('every difference has a reason', () => {
		assert.equal(unexplained.length, 0, `${unexplained.length} have none:\n${shown(unexplained)}`)
	})
	for (const one of classes) {
		const list = rest.get(one)
		await t.test(`${one.name}: ${list.length}`, () => {
			assert.ok(list.length > 0, 'nothing differs for this reason any more: remove it')
			assert.ok(list.length <= one.most, `${list.length}, not ${one.most}:\n${shown(list)}`)
		})
	}
	await t.test('none is read as another valid number', () => {
		const other = found.filter(({ ours, their }) => ours !== 'no' && their.valid)
		assert.equal(other.length, 0, shown(other))
	})
})
