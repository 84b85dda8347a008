// Puts a chosen template into the field of its form. Without script the form is sent, and
// comes back with the template in the field.
'use strict'

document.addEventListener('click', event => {
	const button = event.target.closest('button[name=insert]')
	const words = button?.form.elements.template.selectedOptions[0].dataset.words
	if (!words) return	// the service says that one must be chosen
	event.preventDefault()
	const field = button.form.querySelector('textarea')
	// Our own proposal is replaced, what somebody has typed is not.
	const fresh = field.value === '' || ('replaces' in button.dataset && field.value === field.defaultValue)
	field.value = fresh ? words : `${field.value}\n${words}`
	field.dispatchEvent(new Event('input', { bubbles: true }))
	field.focus()
})
