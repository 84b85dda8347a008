// Telephone numbers as people write them, from a fixed seed, so that each run has the same ones.

// mulberry32
function generator(seed) {
	let state = seed >>> 0
	return () => {
		state = (state + 0x6d2b79f5) >>> 0
		let t = Math.imul(state ^ (state >>> 15), state | 1)
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
	}
}

const areas = `8 10 11 13 16 18 19 20 21 23 26 31 33 35 36 40 42 44 46 54 60 63 90 120 150 171 240
	250 270 303 340 370 417 431 470 500 510 521 532 533 550 551 552 553 554 555 560 563 564 565
	570 571 573 580 590 611 650 660 670 680 690 771 910 920 930 940 950 960 970 980`.split(/\s+/)

// Calling codes of where our visitors or their relatives may live, and how long numbers are there.
const abroad = [
	['44', 10, 10], ['49', 10, 11], ['48', 9, 9], ['1', 10, 10], ['7', 10, 10], ['380', 9, 9],
	['90', 10, 10], ['98', 10, 10], ['93', 9, 9], ['964', 10, 10], ['963', 9, 9], ['252', 8, 9],
	['291', 7, 7], ['251', 9, 9], ['66', 9, 9], ['39', 9, 10], ['33', 9, 9], ['34', 9, 9],
	['31', 9, 9], ['372', 7, 8], ['371', 8, 8], ['370', 8, 8], ['387', 8, 8], ['383', 8, 8],
	['92', 10, 10], ['255', 9, 9], ['254', 9, 9], ['20', 10, 10], ['212', 9, 9], ['86', 11, 11],
	['225', 10, 10], ['55', 10, 11], ['999', 8, 10], ['210', 9, 9],
]

const scripts = [0x660, 0x6f0, 0xe50, 0xff10]
const separators = ['', '', '', ' ', ' ', '-', ' - ', '.', '/', '\u00a0', '\u2013', '\u2011', '  ']

export function* inputs(seed, count) {
	const random = generator(seed)
	const below = (n) => Math.floor(random() * n)
	const one = (list) => list[below(list.length)]
	const chance = (p) => random() < p
	const digits = (n) => Array.from({ length: n }, () => below(10)).join('')
	const between = (low, high) => low + below(high - low + 1)

	// Cuts digits into the groups of two to four that people pause at.
	function spaced(text) {
		const separator = one(separators)
		let rest = text
		let out = ''
		while (rest.length > 4) {
			const group = between(2, 3)
			out += rest.slice(0, group) + separator
			rest = rest.slice(group)
		}
		return out + rest
	}

	function inside(area, subscriber) {
		const first = chance(0.15) ? `(0${area})` : `0${area}`
		return first + one(['', '-', ' ', ' - ', '/', ' / ', '.']) + spaced(subscriber)
	}

	function outside(country, national, trunk) {
		const prefix = one(['+', '+', '+', '00', '+ ', '00 ', '(+', '\uff0b'])
		const close = prefix.startsWith('(') ? ')' : ''
		return prefix + country + close + one(['', ' ', '-']) + trunk + spaced(national)
	}

	function swedish(area, subscriber) {
		if (chance(0.6)) return inside(area, subscriber)
		if (chance(0.1)) return '46' + spaced(area + subscriber)
		if (chance(0.1)) return spaced(area + subscriber)
		return outside('46', area + subscriber, one(['', '', '', '(0)', '(0) ', '0']))
	}

	const mobile = () => swedish(one(['70', '72', '73', '76', '79']), digits(7))

	function landline() {
		const area = chance(0.8) ? one(areas) : String(between(10, 999))
		return swedish(area, String(between(1, 9)) + digits(between(4, 7)))
	}

	function nordic() {
		const country = one(['47', '45', '358', '354'])
		const length = country === '358' ? between(6, 10) : country === '354' ? 7 : 8
		return outside(country, String(between(1, 9)) + digits(length - 1),
			country === '358' ? one(['', '', '(0)', '0']) : '')
	}

	function international() {
		const [country, least, most] = one(abroad)
		const trunk = ['1', '7', '39', '34', '225'].includes(country) ? '' : one(['', '', '', '(0)', '0'])
		return outside(country, String(between(1, 9)) + digits(between(least, most) - 1), trunk)
	}

	// As it comes from another keyboard, a contact card or a hurried thumb.
	function dressed(text) {
		if (chance(0.06)) {
			const zero = one(scripts)
			return text.replace(/\d/g, (d) => String.fromCodePoint(zero + Number(d)))
		}
		if (chance(0.04)) return `\u202a${text}\u202c`
		if (chance(0.05)) return ` ${text} `
		if (chance(0.02)) return `\u200e${text}`
		return text
	}

	function damaged(text) {
		const at = below(text.length)
		switch (below(5)) {
		case 0: return text.slice(0, at) + text.slice(at + 1)
		case 1: return text.slice(0, at) + below(10) + text.slice(at)
		case 2: return text.slice(0, at) + one(['O', 'l', 'x', '#', '*', ',', ';', '+', '😀', '_']) + text.slice(at)
		case 3: return text + one([' ', ', ', ' / ', ' eller ', ' x', ' ankn ', '#', ' ext. ']) + digits(between(1, 10))
		default: return one(['tel ', 'mobil: ', 'Nr ', 'tel:']) + text
		}
	}

	function rubbish() {
		switch (below(6)) {
		case 0: return digits(between(1, 24))
		case 1: return `${between(1950, 2010)}${digits(4)}-${digits(4)}`
		case 2: return one(['', '-', '+', '00', 'nej', 'vet inte', '112', '90101', '0', '()', '070'])
		case 3: return Array.from({ length: between(1, 20) }, () => one([...'0123456789+-() ./abcåä#'])).join('')
		case 4: return '+' + digits(between(1, 18))
		default: return '0' + digits(between(1, 14))
		}
	}

	for (let i = 0; i < count; i++) {
		const kind = random()
		const text = kind < 0.35 ? mobile() : kind < 0.6 ? landline() : kind < 0.72 ? nordic() :
			kind < 0.82 ? international() : kind < 0.92 ? damaged(one([mobile, landline, nordic])()) : rubbish()
		yield dressed(text)
	}
}
