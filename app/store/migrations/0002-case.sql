-- A case among colleagues: taken back, handed over, shared, followed, reopened.

-- The trail learns the new acts, who holds the case after each, and which step
-- another takes back. What has happened stays as it was.
CREATE TABLE events_new (
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- 1, 2, 3 … within the case.
	step		INTEGER NOT NULL,
	-- Who did it; 0 the person or the program. No foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	act		TEXT NOT NULL CHECK (act = 'receive' OR act = 'claim' OR act = 'open'
			    OR act = 'reached' OR act = 'no-answer' OR act = 'left-message'
			    OR act = 'texted' OR act = 'wrong-number' OR act = 'note'
			    OR act = 'park' OR act = 'release' OR act = 'follow'
			    OR act = 'close' OR act = 'purge' OR act = 'undo'
			    OR act = 'offer' OR act = 'accept' OR act = 'return'
			    OR act = 'withdraw' OR act = 'lapse' OR act = 'recuse'
			    OR act = 'share' OR act = 'unshare' OR act = 'propose'
			    OR act = 'confirm' OR act = 'object' OR act = 'reopen'
			    OR act = 'begin' OR act = 'decline' OR act = 'remind'
			    OR act = 'find' OR act = 'link'),
	from_state	TEXT NOT NULL CHECK (from_state = 'waiting' OR from_state = 'claimed'
			    OR from_state = 'reached' OR from_state = 'following'
			    OR from_state = 'closed' OR from_state = 'purged'),
	to_state	TEXT NOT NULL CHECK (to_state = 'waiting' OR to_state = 'claimed'
			    OR to_state = 'reached' OR to_state = 'following'
			    OR to_state = 'closed' OR to_state = 'purged'),
	-- When somebody has to do something next, after this; NULL when closed.
	due_at		INTEGER,
	-- Who holds it after this; NULL nobody, and in trails older than this column.
	holder		INTEGER,
	-- Of an undo: the step that it takes back.
	of_step		INTEGER CHECK ((of_step IS NOT NULL) = (act = 'undo')),
	PRIMARY KEY (case_number, step)
) STRICT, WITHOUT ROWID;

INSERT INTO events_new (case_number, step, account, at, act, from_state, to_state, due_at)
SELECT case_number, step, account, at, act, from_state, to_state, due_at FROM events;
DROP TABLE events;
ALTER TABLE events_new RENAME TO events;

CREATE TRIGGER events_unchanged
BEFORE UPDATE ON events
BEGIN
	SELECT RAISE(ABORT, 'what has happened is never rewritten');
END;

CREATE TRIGGER events_stay
BEFORE DELETE ON events
BEGIN
	SELECT RAISE(ABORT, 'what has happened is never deleted');
END;

-- A key may go when another way in for the owning queue remains: an actor who
-- takes part no longer, a queue's key that was changed.
DROP TRIGGER case_keys_stay;
CREATE TRIGGER case_keys_stay
BEFORE DELETE ON case_keys
WHEN (SELECT state FROM cases WHERE number = OLD.case_number) <> 'purged'
    AND NOT EXISTS (SELECT 1 FROM case_keys k JOIN cases c ON c.number = k.case_number
	WHERE k.case_number = OLD.case_number AND k.queue = c.queue
	AND (k.queue <> OLD.queue OR k.generation <> OLD.generation))
BEGIN
	SELECT RAISE(ABORT, 'without its key a case is lost');
END;

-- A case goes only to a queue that can open it.
CREATE TRIGGER cases_owner_has_key
BEFORE UPDATE OF queue ON cases
WHEN NEW.queue <> OLD.queue AND NOT EXISTS
    (SELECT 1 FROM case_keys WHERE case_number = NEW.number AND queue = NEW.queue)
BEGIN
	SELECT RAISE(ABORT, 'the queue has no key to the case');
END;

-- A hand-over that nobody has answered yet: the case is still the sender's.
CREATE TABLE offers (
	-- One at a time.
	case_number	INTEGER PRIMARY KEY REFERENCES cases,
	-- To whom.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- Who offered it. No foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	-- When it comes back by itself.
	lapses_at	INTEGER NOT NULL CHECK (lapses_at > at),
	-- 1: the sender goes on taking part, with the person's yes.
	stays		INTEGER NOT NULL CHECK (stays IN (0, 1)),
	-- Of the receiving queue's key, to which both that follow are sealed.
	generation	INTEGER NOT NULL,
	-- The case's data key; the receiver's from the moment of accepting.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	-- A note to the receiver, readable before: its number, key and text. NULL without.
	note_number	INTEGER,
	note_sealed	BLOB CHECK (length(note_sealed) = 81),
	note		BLOB CHECK (length(note) > 0)
) STRICT;

CREATE INDEX offers_queue ON offers (queue);

-- Others who take part in a case beside its owner, each with the person's yes.
CREATE TABLE shares (
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- Who takes part.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- Who wrote down the yes, and when.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	-- The local day, since 1970-01-01, on which the person said yes.
	agreed_day	INTEGER NOT NULL,
	-- The sealed record that says what may be shared.
	record		INTEGER NOT NULL,
	-- When the yes was taken back, and who wrote that down.
	withdrawn_at	INTEGER,
	withdrawn_by	INTEGER,
	CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX shares_now ON shares (case_number, queue) WHERE withdrawn_at IS NULL;
CREATE INDEX shares_queue ON shares (queue) WHERE withdrawn_at IS NULL;

-- Access ends with the yes, in the same breath.
CREATE TRIGGER shares_end
AFTER UPDATE OF withdrawn_at ON shares WHEN NEW.withdrawn_at IS NOT NULL
BEGIN
	DELETE FROM case_keys WHERE case_number = NEW.case_number AND queue = NEW.queue
	    AND queue <> (SELECT queue FROM cases WHERE number = NEW.case_number);
END;

CREATE TRIGGER shares_stay
BEFORE DELETE ON shares
BEGIN
	SELECT RAISE(ABORT, 'who took part is never forgotten');
END;

-- Who knows the person privately, and therefore has nothing to do with the case.
CREATE TABLE recusals (
	case_number	INTEGER NOT NULL REFERENCES cases,
	account		INTEGER NOT NULL,
	PRIMARY KEY (case_number, account)
) STRICT, WITHOUT ROWID;

-- A closing that waits for a second person's yes.
CREATE TABLE closings (
	case_number	INTEGER PRIMARY KEY REFERENCES cases,
	-- Who asks for it.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	-- As cases.outcomes.
	outcomes	TEXT NOT NULL CHECK (length(outcomes) > 0),
	-- The sealed record that says why.
	record		INTEGER NOT NULL
) STRICT;

-- When to be in touch after work or studies began; what is done goes.
CREATE TABLE plans (
	case_number	INTEGER NOT NULL REFERENCES cases,
	at		INTEGER NOT NULL CHECK (at > 0),
	PRIMARY KEY (case_number, at)
) STRICT, WITHOUT ROWID;

-- When somebody must see to who takes over from KAA, well before the twentieth
-- birthday. A month's first day; the birthday itself is nowhere.
CREATE TABLE reminders (
	case_number	INTEGER PRIMARY KEY REFERENCES cases,
	at		INTEGER NOT NULL CHECK (at > 0)
) STRICT;

-- Cases that somebody has said are the same person's; the lower number first.
CREATE TABLE links (
	case_number	INTEGER NOT NULL REFERENCES cases,
	other		INTEGER NOT NULL REFERENCES cases CHECK (other > case_number),
	PRIMARY KEY (case_number, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_other ON links (other);

-- A closed case waits for nothing.
CREATE TRIGGER cases_close
AFTER UPDATE OF closed_at ON cases WHEN NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL
BEGIN
	DELETE FROM offers WHERE case_number = NEW.number;
	DELETE FROM closings WHERE case_number = NEW.number;
	DELETE FROM plans WHERE case_number = NEW.number;
	DELETE FROM reminders WHERE case_number = NEW.number;
END;

DROP TRIGGER cases_purge;
CREATE TRIGGER cases_purge
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	DELETE FROM case_keys WHERE case_number = NEW.number;
	DELETE FROM records WHERE case_number = NEW.number;
	DELETE FROM recusals WHERE case_number = NEW.number;
	DELETE FROM links WHERE case_number = NEW.number OR other = NEW.number;
END;
