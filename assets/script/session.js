// Keeps the session while its reader types, and when they press "stay". Without script the
// link opens a page of its own, and what is typed here stays.
'use strict'

{
	const seldom = 60000

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
	ending.querySelector('a').addEventListener('click', event => {
		event.preventDefault()
		stay()
	})
	wait()
}
