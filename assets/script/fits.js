// While the lead types a text of a brochure, shows how many more characters fit into
// the field, and puts the text into the preview. The script's own texts are attributes of
// its <script> element, in the page's language.
'use strict'

const pause = 1000	// a screen reader reads the number when the typing stops, not at each key

const { left, over } = document.currentScript.dataset
const told = document.createElement('p')
told.className = 'unseen'
told.setAttribute('role', 'status')
document.querySelector('main').append(told)
let timer

/** Unicode characters, as the service counts them. */
const length = words => [...words].length

/** Whether the text is printed in smaller letters: the rule of brochure_long in app/rules/codes.c. */
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
	// maxlength counts an emoji as two characters, and cuts a pasted text without a message.
	field.removeAttribute('maxlength')
	field.addEventListener('input', () => {
		follow()
		clearTimeout(timer)
		timer = setTimeout(() => { told.textContent = room.textContent }, pause)
	})
	follow()
}
