// A page that refused a form without a session, such as one with a wrong passphrase. It becomes the page of
// that form in the history, so that Back asks for that page later: it does not send the form again, and
// does not tell somebody who has signed in since that the passphrase is wrong.
'use strict'

{
	const next = document.querySelector('[name=next]')

	history.replaceState(null, '', location.pathname + (next ? `?next=${encodeURIComponent(next.value)}` : ''))
}
