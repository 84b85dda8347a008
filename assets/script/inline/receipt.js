// Tells the forms before it in this tab's history when one was sent.
try {
	sessionStorage.sent = Math.max(+sessionStorage.sent || 0, document.body.dataset.at);
} catch (e) {}
