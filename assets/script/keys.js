// Keyboard shortcuts: a full stop and then a letter, outside of fields. A reader may turn them
// off in this browser. No screen reader and no Swedish keyboard uses a full stop by itself.
'use strict'

{
	const patience = 2000	// between the full stop and the letter

	const box = document.getElementById('keys-on')
	let begun = 0

	/** Storage may be forbidden; the shortcuts then work. */
	function isOff () {
		try { return localStorage.getItem('keys') === 'off' } catch { return false }
	}

	function target (key) {
		if (key === 'r') return document.querySelector('main a.button[href^="tel:"]')
		return [...document.querySelectorAll('[data-key]')].find(node => node.dataset.key === key)
	}

	addEventListener('keydown', event => {
		const field = event.target.closest?.('input, select, textarea, [contenteditable]')
		if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || field || isOff()) return
		const after = Date.now() - begun < patience
		begun = 0
		if (event.key === '.' && !after) {
			begun = Date.now()
			return
		}
		if (!after && event.key !== '?') return
		const found = target(event.key.toLowerCase())
		if (!found) return
		event.preventDefault()
		if (found.matches('input')) found.focus()
		else found.click()
	})

	if (box) {
		box.form.hidden = false
		box.checked = !isOff()
		box.addEventListener('change', () => {
			try { localStorage.setItem('keys', box.checked ? 'on' : 'off') } catch {}
		})
	}
}
