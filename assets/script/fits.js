// Says beside how many characters a field may hold how many more fit, as somebody
// types, and shows the words where the page has them as they will be printed. What
// it says itself stands on the script's own element, in the page's language.
'use strict'

const pause = 1000	// who listens is told when they stop, not at each key

const { left, over } = document.currentScript.dataset
const told = document.createElement('p')
told.className = 'unseen'
told.setAttribute('role', 'status')
document.querySelector('main').append(told)
let timer

/** As the service counts: Unicode's characters. */
const length = words => [...words].length

/** Whether words are set smaller, by the rule of brochure_long in app/rules/codes.c. */
const isLong = (words, plain) => length(words) + Math.floor((words.match(/[A-Z\u00c0-\u00de]/g)?.length ?? 0) / 3) > plain

for (const hint of document.querySelectorAll('[data-most]')) {
	const { most, plain, usual } = hint.dataset
	const field = document.querySelector(`[aria-describedby~="${hint.id}"]`)
	const room = document.createElement('span')
	const follow = () => {
		const words = field.value.trim()
		const more = most - length(words)
		room.textContent = `${more < 0 ? over : left} ${Math.abs(more)}`
		room.className = more < 0 ? 'late' : ''
		for (const shown of document.querySelectorAll(`[data-of="${field.id}"]`)) {
			shown.textContent = words || usual
			shown.classList.toggle('long', isLong(shown.textContent, plain))
		}
	}
	hint.append(' ', room)
	// It would count an emoji as two, and cut what is pasted without a word.
	field.removeAttribute('maxlength')
	field.addEventListener('input', () => {
		follow()
		clearTimeout(timer)
		timer = setTimeout(() => { told.textContent = room.textContent }, pause)
	})
	follow()
}
