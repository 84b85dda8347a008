-- Hand-overs to their end: who answered what and why, and who goes on taking part.

-- Of a sender who goes on taking part: the local day, since 1970-01-01, on which
-- the person said yes to that, and the sealed record that says to what.
ALTER TABLE offers ADD COLUMN agreed_day INTEGER CHECK ((agreed_day IS NOT NULL) = stays);
ALTER TABLE offers ADD COLUMN record INTEGER CHECK ((record IS NOT NULL) = stays);

-- Offers that are over. Like events they outlive what was written.
CREATE TABLE offers_ended (
	id		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- Whose the case was, and to whom it was offered.
	from_queue	TEXT NOT NULL CHECK (length(from_queue) BETWEEN 1 AND 63),
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- Who offered it. No foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	-- Who ended it; 0 the program.
	ended_by	INTEGER NOT NULL,
	ended_at	INTEGER NOT NULL CHECK (ended_at >= at),
	-- The act that ended it.
	how		TEXT NOT NULL CHECK (how = 'accept' OR how = 'return' OR how = 'withdraw'
			    OR how = 'lapse' OR how = 'close')
) STRICT;

CREATE INDEX offers_ended_case ON offers_ended (case_number);

CREATE TRIGGER offers_ended_unchanged
BEFORE UPDATE ON offers_ended
BEGIN
	SELECT RAISE(ABORT, 'what has happened is never rewritten');
END;

CREATE TRIGGER offers_ended_stay
BEFORE DELETE ON offers_ended
BEGIN
	SELECT RAISE(ABORT, 'what has happened is never deleted');
END;

-- Closing ends an offer (cases_close); this says so first.
CREATE TRIGGER cases_close_offer
BEFORE UPDATE OF closed_at ON cases WHEN NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL
BEGIN
	INSERT INTO offers_ended (case_number, from_queue, queue, account, at, ended_by, ended_at, how)
	SELECT case_number, OLD.queue, queue, account, at, coalesce(OLD.holder, 0),
	    max(at, NEW.closed_at), 'close' FROM offers WHERE case_number = NEW.number;
END;

-- Why an offer was declined, on its way to the case's notes: who declines has
-- no key to the case, so the first who opens it puts it there.
CREATE TABLE reasons (
	-- The sealed text is bound to it; the note's number later.
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- Who wrote it. No foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	-- The owning queue, and the generation of its key.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	generation	INTEGER NOT NULL,
	-- The text's key, sealed to that.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	-- Sealed.
	box		BLOB NOT NULL CHECK (length(box) > 0)
) STRICT;

CREATE INDEX reasons_case ON reasons (case_number);

CREATE TRIGGER cases_purge_reasons
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	DELETE FROM reasons WHERE case_number = NEW.number;
END;

-- What one queue asked for, another decides anew.
CREATE TRIGGER cases_change_hands
AFTER UPDATE OF queue ON cases WHEN NEW.queue <> OLD.queue
BEGIN
	DELETE FROM closings WHERE case_number = NEW.number;
END;

-- Who keeps away from a case asks nothing of it.
CREATE TRIGGER recusals_closing
AFTER INSERT ON recusals
BEGIN
	DELETE FROM closings WHERE case_number = NEW.case_number AND account = NEW.account;
END;
