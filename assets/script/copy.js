// Copies the one-time link. Without this script its field has the focus, and is selected by Tab.
'use strict'

const field = document.getElementById('link-text')
const line = document.getElementById('copy')
const told = line.querySelector('[role=status]')

field.select()
field.addEventListener('focus', () => field.select())
line.hidden = false
line.querySelector('button').addEventListener('click', async () => {
	field.select()
	try {
		await navigator.clipboard.writeText(field.value)
	} catch {
		// Without the permission, or on an address without TLS.
		if (!document.execCommand('copy')) return
	}
	told.textContent = told.dataset.told
})
