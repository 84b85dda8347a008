// Back from a receipt shows an empty form to whoever holds the phone then. Receipts keep in the tab when the last
// form was sent; a form that is older than that is emptied when it is shown again. An answer to a form has its own
// moment, by the service's clock. Any other page of the form keeps in its place in the history which was the last
// when it was opened. Before a form is sent, or when the network is lost, nothing is emptied.
addEventListener('pageshow', function () {
	try {
		var sent = +sessionStorage.sent || 0, at = document.body.dataset.at, opened = at || history.state, i, box;
		if (opened !== null && opened < sent) {
			for (i = 0; (box = document.forms[0].elements[i]); i++) {
				if (box.type === 'radio') box.checked = false;
				else if (/^te/.test(box.type)) box.value = '';
				else if (box.options) box.value = box.querySelector('[selected]').value;
			}
			if (at) location.replace(location.pathname + '?lang=' + document.documentElement.lang);
		} else if (opened !== null) return;
		// Not of an answer: the browser would forget what it had sent for it.
		if (!at) history.replaceState(sent, '');
	} catch (e) {}
});
// Firefox shows a page that it has kept whole the storage of then: one that was sent is not to be kept.
addEventListener('submit', function () {
	addEventListener('unload', function () {});
});
// Of a professional the browser offers no name and number, since it knows only theirs: a kind that it has nothing of
// is asked for. With "off" it would also forget what was typed when the network ends at the press.
onchange = onpageshow = function () {
	var form = document.forms[0].elements, other = form.who.value === 'professional';
	form.name.autocomplete = other ? 'nickname' : 'given-name';
	form.phone.autocomplete = other ? 'tel-extension' : 'tel';
};
