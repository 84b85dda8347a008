-- What leaves the program: e-mail to staff, text messages to people. Rows are
-- written in the transaction that gives rise to them; the outbox, a process of
-- its own, sends them. What tells of a person is sealed to the outbox's key,
-- and erased once it is sent.

-- What each member of staff wants to be told, and where. Set by themselves.
CREATE TABLE notices (
	account		INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
	-- Their e-mail address at work; '' nowhere.
	address		TEXT NOT NULL CHECK (length(CAST(address AS BLOB)) < 255),
	-- What is wanted, a bit 1 << kind of notify/.
	kinds		INTEGER NOT NULL CHECK (kinds >= 0),
	-- The local day, since 1970-01-01, for which the digest has been seen to.
	digest_day	INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE messages (
	-- The sealed text is bound to it.
	number		INTEGER PRIMARY KEY,
	way		TEXT NOT NULL CHECK (way = 'mail' OR way = 'text'),
	-- What a mail tells of, a kind of notify/; 0 of a text.
	kind		INTEGER NOT NULL,
	-- Whose hours it keeps.
	queue		TEXT NOT NULL,
	-- Whom a text is about; NULL of a mail.
	case_number	INTEGER REFERENCES cases,
	-- Who gets a mail; who pressed for a text. No foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	state		TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending' OR state = 'sent'
			    OR state = 'failed' OR state = 'unknown' OR state = 'dropped'),
	-- Why it waits, failed or was dropped.
	reason		TEXT NOT NULL CHECK (reason IN ('none', 'no-mail', 'no-sms', 'unreachable',
			    'refused', 'lost', 'key', 'past', 'closed', 'unwanted', 'lead')),
	created_at	INTEGER NOT NULL,
	-- Not tried before.
	due_at		INTEGER NOT NULL,
	-- When it came into its state.
	changed_at	INTEGER NOT NULL,
	-- How often it was tried.
	tries		INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
	-- Sealed: the key of box, to the outbox.
	sealed		BLOB CHECK (length(sealed) = 81),
	-- Sealed: to whom, and the text.
	box		BLOB CHECK (length(box) > 0),

	CONSTRAINT text_is_about_a_case CHECK ((way = 'text') = (case_number IS NOT NULL)),
	CONSTRAINT erased_once_sent CHECK ((box IS NULL) = (way = 'mail' OR state = 'sent'
	    OR state = 'dropped')),
	CONSTRAINT box_has_key CHECK ((box IS NULL) = (sealed IS NULL))
) STRICT;

-- The outbox looks once a second.
CREATE INDEX messages_queued ON messages (due_at) WHERE state = 'queued';
-- What the lead must see.
CREATE INDEX messages_unsent ON messages (number) WHERE state = 'failed' OR state = 'unknown';
CREATE INDEX messages_case ON messages (case_number) WHERE case_number IS NOT NULL;

-- A purge leaves nothing that can be opened, here neither.
CREATE TRIGGER messages_purge
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	UPDATE messages SET state = 'dropped', reason = 'closed', sealed = NULL, box = NULL
	WHERE case_number = NEW.number AND box IS NOT NULL;
END;

-- The cases that one mail tells of, so that it is not sent when none of them matters any more.
CREATE TABLE message_cases (
	message		INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
	case_number	INTEGER NOT NULL,
	PRIMARY KEY (message, case_number)
) STRICT, WITHOUT ROWID;

-- Which broken due times staff have been told of, so that each is told once.
CREATE TABLE overdue_told (
	case_number	INTEGER NOT NULL REFERENCES cases,
	due_at		INTEGER NOT NULL,
	-- Of notify/: to the queue, or to its leads.
	kind		INTEGER NOT NULL,
	PRIMARY KEY (case_number, due_at, kind)
) STRICT, WITHOUT ROWID;
