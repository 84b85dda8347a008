-- Other cases with the same telephone number, looked for once by each who opens a case.

CREATE TABLE repeats (
	-- The sealed text is bound to it.
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- Who looked: others may open other cases. No foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	-- Sealed under the case's data key, and as long whether something was found
	-- or not: which cases, and which of them somebody has said are another's.
	box		BLOB NOT NULL CHECK (length(box) > 0),
	UNIQUE (case_number, account)
) STRICT;

CREATE TRIGGER cases_purge_repeats
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	DELETE FROM repeats WHERE case_number = NEW.number;
END;
