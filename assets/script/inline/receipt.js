// Tells the forms before it in this tab's history that one has been sent; once, however often it is seen again.
try {
	if (history.state === null) {
		history.replaceState(1, '');
		sessionStorage.sent = (+sessionStorage.sent || 0) + 1;
	}
} catch (e) {}
