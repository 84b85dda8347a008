// Keeps the page Today current. Once a minute the script fetches the page again and
// replaces the parts that have changed. A node that is in both pages stays, so that focus
// and scroll position stay too. These requests do not prolong the session.
'use strict'

const every = 60000
const still = 3000	// the page changes only when the reader has not touched it for so long

const live = document.getElementById('live')
const stale = document.getElementById('stale')
const ended = document.getElementById('ended')
const tell = document.getElementById('tell')
const on = document.getElementById('tell-on')
const off = document.getElementById('tell-off')
let touched = 0
let asked = Date.now()
let timer

for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove']) {
	addEventListener(kind, () => { touched = Date.now() }, { capture: true, passive: true })
}

function renewAttributes (old, fresh) {
	for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name)
	for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value)
}

/** Makes `old` like `fresh`. Matches children by id, and those without an id by their order. */
function renew (old, fresh) {
	if (old.nodeType === Node.TEXT_NODE) {
		if (old.data !== fresh.data) old.data = fresh.data
		return
	}
	renewAttributes(old, fresh)
	const stays = new Set([...fresh.children].map(child => child.id))
	for (const child of [...old.children]) if (!stays.has(child.id)) child.remove()
	const byId = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]))
	let at = old.firstChild
	for (const child of [...fresh.childNodes]) {
		const alike = child.id ? byId.get(child.id) : at && !at.id && at.nodeName === child.nodeName ? at : undefined
		if (alike) renew(alike, child)
		if (!alike || alike !== at) old.insertBefore(alike ?? document.importNode(child, true), at)
		else at = at.nextSibling
	}
	while (at) {
		const next = at.nextSibling
		at.remove()
		at = next
	}
}

/** Shows the new page when the reader has been still for a moment, and keeps the focus. */
function show (page) {
	const quiet = Date.now() - touched
	if (quiet < still) return void setTimeout(show, still - quiet, page)
	const focused = document.activeElement
	renew(live, page.getElementById('live'))
	const [next, fresh] = [document, page].map(each => each.querySelector('.onward'))
	if (next) fresh ? next.replaceWith(document.importNode(fresh, true)) : next.remove()
	document.title = page.title
	if (document.activeElement !== focused) {
		(focused.isConnected ? focused : document.getElementById(focused.id))?.focus({ preventScroll: true })
	}
}

/** Whether the reader wants to be told, and the browser may. */
function tells () {
	try { return Notification.permission === 'granted' && localStorage.getItem('tell') === 'on' } catch { return false }
}

function offer () {
	if (!('Notification' in window)) return
	tell.hidden = Notification.permission === 'denied'
	on.hidden = tells()
	off.hidden = !tells()
}

async function choose (whether) {
	if (whether) await Notification.requestPermission()
	try { localStorage.setItem('tell', whether ? 'on' : 'off') } catch {}
	offer()
	;[on, off].find(button => !button.hidden)?.focus()
}

/** Each case, and each that is late: what comes to these is news. */
const news = part => [...part.querySelectorAll('li[id]')].flatMap(row => row.closest('.overdue') ? [row.id, `late ${row.id}`] : [row.id])

/** Says that something has come while the page was not in sight, and nothing more. */
function say (page) {
	const known = new Set(news(live))
	if (!document.hidden || !tells() || !news(page.getElementById('live')).some(item => !known.has(item))) return
	const notification = new Notification(tell.dataset.told, { tag: 'egenremiss', lang: document.documentElement.lang })
	notification.onclick = () => { window.focus(); notification.close() }
}

/** The session has ended: removes names and numbers from the screen. */
function end () {
	clearInterval(timer)
	live.replaceChildren()
	ended.hidden = false
	stale.hidden = true
}

async function ask () {
	if (document.hidden && !tells()) return
	asked = Date.now()
	const address = new URL(location.href)
	address.searchParams.set('watch', '1')
	try {
		const answer = await fetch(address, { redirect: 'manual', cache: 'no-store' })
		if (answer.type === 'opaqueredirect' || answer.status === 403) return end()
		if (!answer.ok) throw new Error(answer.status)
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
		say(page)
		show(page)
		stale.hidden = true
	} catch {
		stale.hidden = false
	}
}

timer = setInterval(ask, every)
on.addEventListener('click', () => choose(true))
off.addEventListener('click', () => choose(false))
offer()
document.addEventListener('visibilitychange', () => { if (Date.now() - asked > still) ask() })
