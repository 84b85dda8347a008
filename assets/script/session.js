// Keeps the session while its reader types, and when they press "stay". Without script the
// link opens a page of its own, and what is typed here stays.
//
// A page that is shown again on Back is a new one for the service, but the browser puts back what
// was typed in it. It gets the ticket that it had then: the same press again is the same act.
//
// A notice of what was just done is said once: its word leaves the address as soon as the reader
// touches the page, so that a reload later does not say it again.
//
// A browser gives back what was typed, when the network is lost at the press and the reader
// goes back, but not in a form with fields that it must not remember. That form is kept in
// the tab until its answer has come.
//
// A press sends one form. What is typed in the others of the page is kept in the tab and put
// into the same forms of the next page, and nowhere else.
'use strict'

{
	const seldom = 60000
	const touches = ['pointermove', 'pointerdown', 'keydown', 'blur']

	const ending = document.getElementById('ending')
	const told = document.getElementById('ending-told')
	let asked = Date.now()
	let timer

	/** Begins to wait anew: starts the animations again, and tells a screen reader in time. */
	function wait () {
		for (const animation of document.getAnimations()) {
			animation.cancel()
			animation.play()
		}
		told.textContent = ''
		clearTimeout(timer)
		timer = setTimeout(() => { told.textContent = ending.textContent }, ending.dataset.in * 1000)
	}

	async function stay () {
		asked = Date.now()
		try {
			const answer = await fetch('/staff/stay', { redirect: 'manual', cache: 'no-store' })
			if (answer.ok) wait()
		} catch {}	// no network: the page goes on to say when the session ends
	}

	addEventListener('input', () => {
		if (Date.now() - asked > seldom) stay()
	})
	function forget () {
		for (const kind of touches) removeEventListener(kind, forget)
		const address = new URL(location.href)
		if (!address.searchParams.has('notice')) return
		address.searchParams.delete('notice')
		history.replaceState(history.state, '', address)
	}

	for (const kind of touches) addEventListener(kind, forget)
	ending.querySelector('a').addEventListener('click', event => {
		event.preventDefault()
		stay()
	})
	wait()
}

{
	const name = 'sent'
	const { page, action, fields } = JSON.parse(sessionStorage.getItem(name) ?? '{}')
	const [{ type }] = performance.getEntriesByType('navigation')
	const form = type === 'back_forward' && page === location.href && [...document.forms].find(form => form.action === action)

	sessionStorage.removeItem(name)
	for (const field of form ? form.elements : []) {
		const value = fields[field.name]
		if (field.type === 'checkbox') field.checked = value !== undefined
		else if (field.type !== 'hidden' && value !== undefined) field.value = value
	}
	addEventListener('submit', ({ target }) => {
		if (!target.querySelector('[autocomplete=off]')) return
		sessionStorage.setItem(name, JSON.stringify({ page: location.href, action: target.action, fields: Object.fromEntries(new FormData(target)) }))
	})
}

{
	const [{ type }] = performance.getEntriesByType('navigation')
	const tickets = [...document.querySelectorAll('[name=token]')]
	const session = ticket => ticket.split('.')[0]
	const { state } = history

	if (type === 'back_forward' && typeof state === 'string' && tickets.every(({ value }) => session(value) === session(state))) {
		for (const ticket of tickets) ticket.value = state
	} else if (tickets.length > 0) history.replaceState(tickets[0].value, '')
}

{
	const name = 'beside'
	const by = document.querySelector('.me')?.textContent
	const place = form => new URL(form.action).pathname
	const isTyped = field => field.matches('textarea') ? field.value !== '' :
		field.matches('[type=text], [type=tel]') && field.value !== field.defaultValue

	const { by: whose, fields: kept = [] } = JSON.parse(sessionStorage.getItem(name) ?? '{}')
	sessionStorage.removeItem(name)
	for (const { id, action, was, value } of whose === by ? kept : []) {
		const field = document.getElementById(id)
		if (!field?.form || place(field.form) !== action || ![was, ''].includes(field.value)) continue
		field.value = value
		field.dispatchEvent(new Event('input', { bubbles: true }))
		for (let fold = field.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
	}
	addEventListener('submit', ({ target, defaultPrevented }) => {
		if (defaultPrevented) return
		const others = [...document.forms].filter(form => form !== target)
		const fields = others.flatMap(form => [...form.elements]).filter(field => field.id && isTyped(field))
			.map(({ id, form, defaultValue: was, value }) => ({ id, action: place(form), was, value }))
		sessionStorage.removeItem(name)
		if (fields.length > 0 && place(target) !== '/staff/out') sessionStorage.setItem(name, JSON.stringify({ by, fields }))
	})
}
