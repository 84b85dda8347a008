// Back from a receipt shows an empty form to whoever holds the phone then. Each form in the history of a tab knows
// how many had been sent from that tab when it was opened, and is emptied once there are more: before one is sent,
// or when the network is lost, nothing is.
addEventListener('pageshow', function () {
	try {
		var sent = +sessionStorage.sent || 0, form = document.forms[0], i, field;
		if (history.state !== null && history.state < sent) {
			for (i = 0; (field = form.elements[i]); i++) {
				if (field.type === 'radio') field.checked = false;
				else if (/^te/.test(field.type)) field.value = '';
				else if (field.options) field.value = document.documentElement.lang;
			}
			// An answer to a form holds what was typed besides, and would be asked for again.
			if (/send|keep/.test(location.search)) location.replace(location.pathname + '?lang=' + document.documentElement.lang);
		} else if (history.state !== null) return;
		history.replaceState(sent, '');
	} catch (e) {}
});
