-- The whole database, version 1, in the order of the words: case, worklist,
-- handover, auth, people, keys, codes, intake, brochures, outreach, messages.
-- This file is always the current schema: a new database is made from it alone.
-- README.md says how to add a column, and what to do once it has been released.
--
-- The form of values:
--   *_at        a moment, in seconds since 1970-01-01 UTC
--   *_day, day  a local day, in days since 1970-01-01
--   number      made by base/id.c: grows with time and tells nothing else
--   words       stored as the words themselves (base/words.c)
--   sealed      a key that only another key opens; formats are in seal/seal.h
--   box         a text or a list that only its key opens
-- A column whose comment does not say "Sealed" is plain: everyone who holds the
-- file can read it. No plain column holds a name, a telephone number, an address
-- or free text of the person whom a case is about.

-- case ------------------------------------------------------------------------

-- The acts that an event may name. The program puts its words in when it makes or
-- migrates the database, so that a new act needs no migration.
CREATE TABLE acts (
	-- The word, as in base/words.c: 'receive'.
	act		TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The outcomes that a case may have. Filled like acts.
CREATE TABLE outcomes (
	-- The word, as in base/words.c: 'work'.
	outcome		TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- A person who asks for a call, from the form until the law says that it must go.
CREATE TABLE cases (
	-- Identifies the case, and orders cases by arrival.
	number		INTEGER PRIMARY KEY,
	-- The municipality code of Statistics Sweden: '1781'.
	area		TEXT NOT NULL CHECK (area GLOB '[0-9][0-9][0-9][0-9]'),
	-- The one queue that owns the case: an id in service.conf.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- The QR code by which the person came; NULL without. Not a foreign key: no
	-- submission may fail because of a brochure.
	code		TEXT CHECK (length(code) = 6),
	-- The person who filled in the form.
	who		TEXT NOT NULL CHECK (who = 'self' OR who = 'relative' OR who = 'professional'),
	-- The age of the young person, also when a parent fills in the form. Plain,
	-- because it decides the queue and is counted.
	age		TEXT NOT NULL CHECK (age = '15-17' OR age = '18-19' OR age = '20-24'
			    OR age = '25-29' OR age = 'unsaid' OR age = 'under15' OR age = '30plus'),
	-- When the person prefers a call. Plain, so that a list can show it without a key.
	part_of_day	TEXT NOT NULL CHECK (part_of_day = 'any' OR part_of_day = 'morning'
			    OR part_of_day = 'afternoon'),
	-- Whether the call may need an interpreter. The language itself is sealed.
	speak		TEXT NOT NULL CHECK (speak = 'sv' OR speak = 'other'),
	-- The kind of workplace of a professional; NULL for everybody else.
	workplace	TEXT CHECK (workplace = 'health' OR workplace = 'family-centre'
			    OR workplace = 'employment-service' OR workplace = 'insurance-agency'
			    OR workplace = 'school' OR workplace = 'social-services'
			    OR workplace = 'other'),
	-- The first way in, which the reports count. It is never rewritten.
	inflow		TEXT NOT NULL CHECK (inflow = 'self' OR inflow = 'relative' OR inflow = 'school'
			    OR inflow = 'partner' OR inflow = 'phone' OR inflow = 'kaa'
			    OR inflow = 'social-assistance' OR inflow = 'adult-unit'
			    OR inflow = 'insurance-agency' OR inflow = 'employment-service'),
	-- The state of the case in rules/lifecycle.c.
	state		TEXT NOT NULL CHECK (state = 'waiting' OR state = 'claimed' OR state = 'reached'
			    OR state = 'following' OR state = 'closed' OR state = 'purged'),
	-- When the person got in touch: when the submission came in, or earlier, when a
	-- coordinator wrote it down afterwards.
	received_at	INTEGER NOT NULL,
	-- The promise on the receipt: somebody calls before this moment. It never changes.
	promised_at	INTEGER NOT NULL,
	-- When somebody must do the next thing; NULL when the case is closed or purged.
	due_at		INTEGER CHECK (due_at > 0),
	-- The coordinator who has claimed the case; NULL nobody.
	holder		INTEGER REFERENCES accounts,
	-- When the case was closed; NULL while it is open.
	closed_at	INTEGER CHECK (closed_at > 0),
	-- Attempts since the person was last reached.
	attempts	INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
	-- The age as a coordinator corrected it; NULL while the first holds. Plain like the
	-- first one, which stays as it came: a report may count the age that became known.
	age_now		TEXT CHECK (age_now = '15-17' OR age_now = '18-19' OR age_now = '20-24'
			    OR age_now = '25-29' OR age_now = 'unsaid' OR age_now = 'under15'
			    OR age_now = '30plus'),
	-- The part of the day, likewise: it sets the next due time without a key.
	part_of_day_now	TEXT CHECK (part_of_day_now = 'any' OR part_of_day_now = 'morning'
			    OR part_of_day_now = 'afternoon'),
	-- Whether the call may need an interpreter, likewise: a list is filtered by it.
	speak_now	TEXT CHECK (speak_now = 'sv' OR speak_now = 'other'),

	-- A case is open or closed, and an open case always has a due time.
	CONSTRAINT open_is_due CHECK ((due_at IS NULL) = (state IN ('closed', 'purged'))),
	CONSTRAINT closed_has_time CHECK ((closed_at IS NULL) = (due_at IS NOT NULL)),
	-- A case has a holder from the claim until it is released or closed.
	CONSTRAINT at_work_is_held CHECK ((holder IS NULL) = (state = 'waiting' OR closed_at IS NOT NULL))
) STRICT;

-- The call-back queue in its own order. Closed cases are not in it, so that a
-- list costs the same after ten years.
CREATE INDEX cases_open ON cases (queue, due_at) WHERE due_at IS NOT NULL;
-- The cases of one holder. It has few rows, and intake adds none.
CREATE INDEX cases_held ON cases (holder, due_at) WHERE holder IS NOT NULL;
-- Closed cases in the order in which they closed, for a search among them.
CREATE INDEX cases_closed ON cases (closed_at, queue) WHERE state = 'closed';

CREATE TRIGGER cases_first_way_in
BEFORE UPDATE OF number, area, code, who, age, part_of_day, speak, workplace, inflow,
    received_at ON cases
BEGIN
	SELECT RAISE(ABORT, 'the first way in is never rewritten');
END;

CREATE TRIGGER cases_promise
BEFORE UPDATE OF promised_at ON cases
BEGIN
	SELECT RAISE(ABORT, 'the promise of a case never changes');
END;

CREATE TRIGGER cases_stay
BEFORE DELETE ON cases
BEGIN
	SELECT RAISE(ABORT, 'a case is purged, never deleted');
END;

CREATE TRIGGER cases_purge_only_closed
BEFORE UPDATE OF state ON cases WHEN NEW.state = 'purged' AND OLD.closed_at IS NULL
BEGIN
	SELECT RAISE(ABORT, 'only a closed case is purged');
END;

CREATE TRIGGER cases_purged_stay_purged
BEFORE UPDATE OF state ON cases WHEN OLD.state = 'purged' AND NEW.state <> 'purged'
BEGIN
	SELECT RAISE(ABORT, 'a purged case cannot come back');
END;

-- A purge removes everything sealed, and the rows that connect the case with others.
-- The row, its outcomes and its events stay for the statistics.
CREATE TRIGGER cases_purge
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	DELETE FROM case_keys WHERE case_number = NEW.number;
	DELETE FROM records WHERE case_number = NEW.number;
	DELETE FROM conflicts_of_interest WHERE case_number = NEW.number;
	DELETE FROM links WHERE case_number = NEW.number OR other = NEW.number;
END;

-- A case goes only to a queue that can open it.
CREATE TRIGGER cases_owner_has_key
BEFORE UPDATE OF queue ON cases
WHEN NEW.queue <> OLD.queue AND NOT EXISTS
    (SELECT 1 FROM case_keys WHERE case_number = NEW.number AND queue = NEW.queue)
BEGIN
	SELECT RAISE(ABORT, 'the queue has no key to the case');
END;

-- The outcomes of a case. It may have both work and studies.
CREATE TABLE case_outcomes (
	case_number	INTEGER NOT NULL REFERENCES cases,
	outcome		TEXT NOT NULL REFERENCES outcomes,
	PRIMARY KEY (case_number, outcome)
) STRICT, WITHOUT ROWID;

-- The data key of a case, sealed to each queue that may read the case.
CREATE TABLE case_keys (
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- The queue that can open it: the owner, or one that takes part.
	queue		TEXT NOT NULL,
	-- The generation of that queue's key.
	generation	INTEGER NOT NULL,
	-- Sealed: the data key.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	PRIMARY KEY (case_number, queue, generation)
) STRICT, WITHOUT ROWID;

-- A key may be deleted while the owning queue has another one: when a queue no longer
-- takes part, or when the key of a queue has been rotated.
CREATE TRIGGER case_keys_stay
BEFORE DELETE ON case_keys
WHEN (SELECT state FROM cases WHERE number = OLD.case_number) <> 'purged'
    AND NOT EXISTS (SELECT 1 FROM case_keys k JOIN cases c ON c.number = k.case_number
	WHERE k.case_number = OLD.case_number AND k.queue = c.queue
	AND (k.queue <> OLD.queue OR k.generation <> OLD.generation))
BEGIN
	SELECT RAISE(ABORT, 'the owning queue needs a key to the case');
END;

-- The texts of a case: the submission, then notes and attempts.
CREATE TABLE records (
	-- The box is bound to this number.
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- 1 submission, 2 note, 3 attempt, 8 correction. A number, because the box is bound to it.
	kind		INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3 OR kind = 8),
	-- The author; 0 the person. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it was written.
	at		INTEGER NOT NULL,
	-- Sealed under the data key of the case: the text.
	box		BLOB NOT NULL CHECK (length(box) > 0)
) STRICT;

CREATE INDEX records_case ON records (case_number);

CREATE TRIGGER records_stay
BEFORE DELETE ON records
WHEN (SELECT state FROM cases WHERE number = OLD.case_number) <> 'purged'
BEGIN
	SELECT RAISE(ABORT, 'only a purge deletes the records of a case');
END;

CREATE TRIGGER records_unchanged
BEFORE UPDATE ON records
BEGIN
	SELECT RAISE(ABORT, 'a record is never rewritten');
END;

-- The audit trail: everything that happened to a case, in order.
CREATE TABLE events (
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- 1, 2, 3 … within the case.
	step		INTEGER NOT NULL,
	-- The account that acted; 0 the person or the program. Not a foreign key: it
	-- outlives the account.
	account		INTEGER NOT NULL,
	-- When it happened.
	at		INTEGER NOT NULL,
	-- The act.
	act		TEXT NOT NULL REFERENCES acts,
	-- The state of the case before the act …
	from_state	TEXT NOT NULL CHECK (from_state = 'waiting' OR from_state = 'claimed'
			    OR from_state = 'reached' OR from_state = 'following'
			    OR from_state = 'closed' OR from_state = 'purged'),
	-- … and after it.
	to_state	TEXT NOT NULL CHECK (to_state = 'waiting' OR to_state = 'claimed'
			    OR to_state = 'reached' OR to_state = 'following'
			    OR to_state = 'closed' OR to_state = 'purged'),
	-- The due time of the case after the act; NULL when the case is closed.
	due_at		INTEGER,
	-- The holder of the case after the act; NULL nobody.
	holder		INTEGER,
	-- Of an undo: the step that it takes back. NULL for every other act.
	of_step		INTEGER CHECK ((of_step IS NOT NULL) = (act = 'undo')),
	-- The absent holder for whom the account acted; NULL when it acted for itself.
	-- Not a foreign key: it outlives the account.
	instead_of	INTEGER,
	PRIMARY KEY (case_number, step)
) STRICT, WITHOUT ROWID;

-- What one account did lately. Intake adds nothing to it.
CREATE INDEX events_account ON events (account, at) WHERE account <> 0;

CREATE TRIGGER events_unchanged
BEFORE UPDATE ON events
BEGIN
	SELECT RAISE(ABORT, 'an event is never rewritten');
END;

CREATE TRIGGER events_stay
BEFORE DELETE ON events
BEGIN
	SELECT RAISE(ABORT, 'an event is never deleted');
END;

-- A closing that waits until a second person confirms it; at most one a case.
CREATE TABLE closings (
	case_number	INTEGER PRIMARY KEY REFERENCES cases,
	-- The account that asks for it. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it was asked for.
	at		INTEGER NOT NULL,
	-- The number of the sealed record that gives the grounds.
	record		INTEGER NOT NULL
) STRICT;

-- The outcomes with which the case is to be closed.
CREATE TABLE closing_outcomes (
	case_number	INTEGER NOT NULL REFERENCES closings ON DELETE CASCADE,
	outcome		TEXT NOT NULL REFERENCES outcomes,
	PRIMARY KEY (case_number, outcome)
) STRICT, WITHOUT ROWID;

-- The contacts that are planned once work or studies have begun.
CREATE TABLE plans (
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- When the contact is due.
	at		INTEGER NOT NULL CHECK (at > 0),
	-- The step of the audit trail that made the contact; NULL while it is ahead. A
	-- contact that was made stays, so that an undo can give it back.
	step		INTEGER,
	PRIMARY KEY (case_number, at)
) STRICT, WITHOUT ROWID;

-- When somebody must arrange a hand-over from KAA, well before the twentieth birthday.
CREATE TABLE reminders (
	case_number	INTEGER PRIMARY KEY REFERENCES cases,
	-- The first day of a month, as a moment. The birthday itself is stored nowhere.
	at		INTEGER NOT NULL CHECK (at > 0)
) STRICT;

-- Closing a case deletes everything that it waits for.
CREATE TRIGGER cases_close
AFTER UPDATE OF closed_at ON cases WHEN NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL
BEGIN
	DELETE FROM offers WHERE case_number = NEW.number;
	DELETE FROM closings WHERE case_number = NEW.number;
	DELETE FROM plans WHERE case_number = NEW.number;
	DELETE FROM reminders WHERE case_number = NEW.number;
END;

-- The new owner decides anew about a closing that the former owner asked for.
CREATE TRIGGER cases_change_hands
AFTER UPDATE OF queue ON cases WHEN NEW.queue <> OLD.queue
BEGIN
	DELETE FROM closings WHERE case_number = NEW.number;
END;

-- worklist --------------------------------------------------------------------

-- Other cases with the same telephone number, as one account found them.
CREATE TABLE duplicates (
	-- The box is bound to this number.
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- The account that looked; another account may be able to open other cases.
	-- Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it looked.
	at		INTEGER NOT NULL,
	-- Sealed under the data key of the case: the cases, and which of them are said
	-- to be another person's. Its length does not tell whether any was found.
	box		BLOB NOT NULL CHECK (length(box) > 0),
	UNIQUE (case_number, account)
) STRICT;

CREATE TRIGGER cases_purge_duplicates
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	DELETE FROM duplicates WHERE case_number = NEW.number;
END;

-- Two cases that a coordinator has said are the same person's.
CREATE TABLE links (
	-- The lower of the two numbers.
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- The higher one.
	other		INTEGER NOT NULL REFERENCES cases CHECK (other > case_number),
	PRIMARY KEY (case_number, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_other ON links (other);

-- handover --------------------------------------------------------------------

-- A hand-over that nobody has answered yet. The case still belongs to the sender.
CREATE TABLE offers (
	-- One offer at a time.
	case_number	INTEGER PRIMARY KEY REFERENCES cases,
	-- The queue to which the case is offered.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- The account that offered it. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it was offered.
	at		INTEGER NOT NULL,
	-- When the offer ends by itself.
	lapses_at	INTEGER NOT NULL CHECK (lapses_at > at),
	-- 1: the sender goes on taking part, to which the person has consented.
	stays		INTEGER NOT NULL CHECK (stays IN (0, 1)),
	-- With stays: the day on which the person consented.
	agreed_day	INTEGER CHECK ((agreed_day IS NOT NULL) = stays),
	-- With stays: the number of the sealed record that says what it covers.
	record		INTEGER CHECK ((record IS NOT NULL) = stays),
	-- The generation of the receiving queue's key, to which both keys below are sealed.
	generation	INTEGER NOT NULL,
	-- Sealed: the data key of the case. It is the receiver's once the offer is accepted.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	-- A note that the receiver can read before accepting: the number to which the
	-- note is bound. NULL without a note, like both columns below.
	note_number	INTEGER,
	-- Sealed: the key of the note.
	note_sealed	BLOB CHECK (length(note_sealed) = 81),
	-- Sealed: the text of the note.
	note		BLOB CHECK (length(note) > 0)
) STRICT;

CREATE INDEX offers_queue ON offers (queue);

-- Offers that have ended. Like events they stay after a purge.
CREATE TABLE offers_ended (
	-- Orders the offers by their end.
	id		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- The queue that offered the case …
	from_queue	TEXT NOT NULL CHECK (length(from_queue) BETWEEN 1 AND 63),
	-- … and the queue to which it was offered.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- The account that offered it. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it was offered.
	at		INTEGER NOT NULL,
	-- The account that ended it; 0 the program.
	ended_by	INTEGER NOT NULL,
	-- When it ended.
	ended_at	INTEGER NOT NULL CHECK (ended_at >= at),
	-- The act that ended it.
	how		TEXT NOT NULL CHECK (how = 'accept' OR how = 'return' OR how = 'withdraw'
			    OR how = 'lapse' OR how = 'close')
) STRICT;

CREATE INDEX offers_ended_case ON offers_ended (case_number);
-- Today lists those of one account that were declined.
CREATE INDEX offers_ended_account ON offers_ended (account);

CREATE TRIGGER offers_ended_unchanged
BEFORE UPDATE ON offers_ended
BEGIN
	SELECT RAISE(ABORT, 'an ended offer is never rewritten');
END;

CREATE TRIGGER offers_ended_stay
BEFORE DELETE ON offers_ended
BEGIN
	SELECT RAISE(ABORT, 'an ended offer is never deleted');
END;

-- Closing a case deletes its offer (cases_close). This trigger runs before the update,
-- and so before that one.
CREATE TRIGGER cases_close_offer
BEFORE UPDATE OF closed_at ON cases WHEN NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL
BEGIN
	INSERT INTO offers_ended (case_number, from_queue, queue, account, at, ended_by, ended_at, how)
	SELECT case_number, OLD.queue, queue, account, at, coalesce(OLD.holder, 0),
	    max(at, NEW.closed_at), 'close' FROM offers WHERE case_number = NEW.number;
END;

-- Why an offer was declined, on its way to the notes of the case. The account that
-- declines has no key to the case, so the next account that opens it moves the text.
CREATE TABLE decline_reasons (
	-- The box is bound to this number, which becomes the number of the note.
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- The author. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it was written.
	at		INTEGER NOT NULL,
	-- The owning queue …
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- … and the generation of its key.
	generation	INTEGER NOT NULL,
	-- Sealed to that key: the key of the box.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	-- Sealed: the text.
	box		BLOB NOT NULL CHECK (length(box) > 0)
) STRICT;

CREATE INDEX decline_reasons_case ON decline_reasons (case_number);

CREATE TRIGGER cases_purge_decline_reasons
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	DELETE FROM decline_reasons WHERE case_number = NEW.number;
END;

-- Queues that take part in a case beside its owner, each with the person's consent.
CREATE TABLE shares (
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- The queue that takes part.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- The account that wrote the consent down. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it was written down.
	at		INTEGER NOT NULL,
	-- The day on which the person consented.
	agreed_day	INTEGER NOT NULL,
	-- The number of the sealed record that says what may be shared.
	record		INTEGER NOT NULL,
	-- When the consent was withdrawn; NULL while it lasts.
	withdrawn_at	INTEGER,
	-- The account that wrote that down.
	withdrawn_by	INTEGER,
	CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX shares_now ON shares (case_number, queue) WHERE withdrawn_at IS NULL;
CREATE INDEX shares_queue ON shares (queue) WHERE withdrawn_at IS NULL;

-- Access ends together with the consent.
CREATE TRIGGER shares_end
AFTER UPDATE OF withdrawn_at ON shares WHEN NEW.withdrawn_at IS NOT NULL
BEGIN
	DELETE FROM case_keys WHERE case_number = NEW.case_number AND queue = NEW.queue
	    AND queue <> (SELECT queue FROM cases WHERE number = NEW.case_number);
END;

CREATE TRIGGER shares_stay
BEFORE DELETE ON shares
BEGIN
	SELECT RAISE(ABORT, 'a share is never deleted');
END;

-- Accounts that know the person privately and therefore must not read the case.
CREATE TABLE conflicts_of_interest (
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	PRIMARY KEY (case_number, account)
) STRICT, WITHOUT ROWID;

-- An account with a conflict of interest can no longer ask to close the case.
CREATE TRIGGER conflicts_of_interest_closing
AFTER INSERT ON conflicts_of_interest
BEGIN
	DELETE FROM closings WHERE case_number = NEW.case_number AND account = NEW.account;
END;

-- people ----------------------------------------------------------------------

-- Staff.
CREATE TABLE accounts (
	number		INTEGER PRIMARY KEY,
	-- The name that is typed at sign-in, in upper or lower case.
	user		TEXT NOT NULL UNIQUE COLLATE NOCASE
			    CHECK (length(CAST(user AS BLOB)) BETWEEN 1 AND 63),
	-- The name that colleagues see.
	name		TEXT NOT NULL CHECK (length(CAST(name AS BLOB)) < 128),
	-- The rights of the account.
	role		TEXT NOT NULL CHECK (role = 'coordinator' OR role = 'lead'
			    OR role = 'administrator'),
	-- 0: the account cannot sign in.
	active		INTEGER NOT NULL CHECK (active IN (0, 1)),
	-- 1: a demonstration made it, and its passphrase is known to everybody.
	demonstration	INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
	-- The public half of its key pair.
	public		BLOB NOT NULL CHECK (length(public) = 32),
	-- Sealed under the passphrase: the secret half.
	locked		BLOB NOT NULL CHECK (length(locked) = 97),
	created_at	INTEGER NOT NULL
) STRICT;

-- One-time links that invite or restore a colleague. A link that was used, taken
-- back or has expired is deleted.
CREATE TABLE invitations (
	number		INTEGER PRIMARY KEY,
	-- Derived from the link. The link cannot be derived from it.
	identity	BLOB NOT NULL UNIQUE CHECK (length(identity) = 32),
	-- The public half of the key pair that is derived from the link. Everything that
	-- the link gives is sealed to it.
	public		BLOB NOT NULL CHECK (length(public) = 32),
	-- The account whose passphrase is lost; NULL when the link invites a new colleague.
	account		INTEGER UNIQUE REFERENCES accounts ON DELETE CASCADE,
	-- The role of the account.
	role		TEXT NOT NULL CHECK (role = 'coordinator' OR role = 'lead'
			    OR role = 'administrator'),
	-- The account that made the link.
	inviter		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	created_at	INTEGER NOT NULL,
	-- From this moment the link gives nothing.
	expires_at	INTEGER NOT NULL CHECK (expires_at > created_at)
) STRICT;

-- The queues that a link opens.
CREATE TABLE invitation_keys (
	invitation	INTEGER NOT NULL REFERENCES invitations ON DELETE CASCADE,
	queue		TEXT NOT NULL,
	-- The generation of the queue's key.
	generation	INTEGER NOT NULL,
	-- Sealed to the link: the secret key of the queue.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	PRIMARY KEY (invitation, queue, generation),
	FOREIGN KEY (queue, generation) REFERENCES queue_keys
) STRICT, WITHOUT ROWID;

-- Colleagues who are away, or will be; at most one absence each. It is compared with
-- the current day, so that nothing has to run when it begins or ends.
CREATE TABLE absences (
	account		INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
	-- The account that stands in, with keys that it has already; NULL nobody.
	deputy		INTEGER REFERENCES accounts ON DELETE SET NULL,
	-- The first day away.
	from_day	INTEGER NOT NULL,
	-- The last day away; NULL while nobody knows it.
	to_day		INTEGER CHECK (to_day >= from_day),

	CONSTRAINT deputy_is_another CHECK (deputy <> account)
) STRICT;

CREATE INDEX absences_deputy ON absences (deputy) WHERE deputy IS NOT NULL;

-- auth ------------------------------------------------------------------------

-- Accounts that are signed in. Only the cookie holds the secret of a session.
CREATE TABLE sessions (
	-- Derived from the cookie. The cookie cannot be derived from it.
	identity	BLOB NOT NULL PRIMARY KEY CHECK (length(identity) = 32),
	-- The number by which its owner can end it.
	number		INTEGER NOT NULL,
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	-- Sealed under a key that is derived from the cookie: the account's secret key.
	box		BLOB NOT NULL CHECK (length(box) = 73),
	created_at	INTEGER NOT NULL,
	-- The last request.
	seen_at		INTEGER NOT NULL,
	-- 1: the passphrase was right, and the code of the second factor is still to come.
	half		INTEGER NOT NULL CHECK (half IN (0, 1)),
	-- Wrong passphrases and codes that were typed in this session.
	wrong		INTEGER NOT NULL CHECK (wrong >= 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_account ON sessions (account);

-- Second factors.
CREATE TABLE factors (
	account		INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
	-- Sealed under a key that is derived from the account's secret key: the secret
	-- shared with the app, and the recovery codes.
	box		BLOB NOT NULL CHECK (length(box) = 123),
	-- The latest step of thirty seconds whose code was accepted; none is accepted twice.
	used_step	INTEGER NOT NULL,
	-- When a first code proved that the app has the secret; NULL until then.
	confirmed_at	INTEGER,
	-- Wrong codes from untrusted devices since the last right one.
	wrong		INTEGER NOT NULL CHECK (wrong >= 0),
	-- When the last of them came.
	wrong_at	INTEGER NOT NULL
) STRICT;

-- Trusted devices: browsers in which an account has signed in. Failed sign-ins are
-- counted for each of them here, and for all others by flow/auth_throttle.c.
CREATE TABLE trusted_devices (
	-- Derived from the browser's cookie and the account, so that one cookie gives
	-- every account another digest.
	digest		BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	-- The device is trusted until this moment.
	until_at	INTEGER NOT NULL,
	-- Sign-ins that failed since the last one that succeeded.
	failures	INTEGER NOT NULL CHECK (failures >= 0),
	-- When the last of them failed.
	failed_at	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX trusted_devices_account ON trusted_devices (account, until_at);

-- Secret addresses at which a calendar reads an account's planned calls; at most one each.
CREATE TABLE calendars (
	account		INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
	-- Derived from the address. The address cannot be derived from it.
	identity	BLOB NOT NULL UNIQUE CHECK (length(identity) = 32),
	-- When the address was made.
	created_at	INTEGER NOT NULL
) STRICT;

-- Forms that have been taken, so that a press that comes twice is one act.
CREATE TABLE taken_forms (
	-- Of what the form sent, keyed with a random number that only its page has.
	digest		BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 16),
	-- A day later it is forgotten.
	taken_at	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX taken_forms_old ON taken_forms (taken_at);

-- What an account sent and the service could not take: the form's fields, until they are
-- sent again, and the page that said why, until its session ends.
CREATE TABLE drafts (
	number		INTEGER PRIMARY KEY,
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	-- The address to which the form posts; NULL of a page.
	address		TEXT,
	-- The number of the session that may see the page; NULL of a form.
	session		INTEGER,
	-- Sealed to the account's key: the key of the box.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	-- Sealed under that key: the fields, or the page.
	box		BLOB NOT NULL,
	-- A form is kept for a day after this, a page for an hour.
	kept_at		INTEGER NOT NULL,
	CHECK ((address IS NULL) = (session IS NOT NULL)),
	UNIQUE (account, address)
) STRICT;

CREATE INDEX drafts_old ON drafts (kept_at);

CREATE TRIGGER drafts_leave
AFTER DELETE ON sessions
BEGIN
	DELETE FROM drafts WHERE account = OLD.account AND session = OLD.number;
END;

-- keys ------------------------------------------------------------------------

-- A key pair for each queue, and a new generation each time it is rotated.
CREATE TABLE queue_keys (
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- 1, 2, 3 … within the queue.
	generation	INTEGER NOT NULL CHECK (generation > 0),
	-- The public half, to which submissions are sealed.
	public		BLOB NOT NULL CHECK (length(public) = 32),
	-- Sealed to the recovery key: the secret half.
	recovery_sealed	BLOB NOT NULL CHECK (length(recovery_sealed) = 81),
	created_at	INTEGER NOT NULL,
	PRIMARY KEY (queue, generation)
) STRICT, WITHOUT ROWID;

-- The accounts that can read a queue.
CREATE TABLE memberships (
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	queue		TEXT NOT NULL,
	-- The generation of the queue's key.
	generation	INTEGER NOT NULL,
	-- Sealed to the account's key: the secret key of the queue.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	PRIMARY KEY (account, queue, generation),
	FOREIGN KEY (queue, generation) REFERENCES queue_keys
) STRICT, WITHOUT ROWID;

-- codes -----------------------------------------------------------------------

-- QR codes, and the places where their brochures lie.
CREATE TABLE codes (
	-- The six characters that are printed.
	code		TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 6),
	-- The municipality whose form it opens.
	area		TEXT NOT NULL CHECK (area GLOB '[0-9][0-9][0-9][0-9]'),
	-- The kind of place, which the reports count.
	channel		TEXT NOT NULL CHECK (channel IN ('health', 'counsellor', 'psychiatry',
			    'family-centre', 'employment-service', 'insurance-agency', 'dental',
			    'dietician', 'addiction', 'budget', 'careers', 'school', 'poster',
			    'newspaper', 'social-media', 'press', 'other')),
	-- The place itself: 'Vårdcentralen'.
	place		TEXT NOT NULL CHECK (length(CAST(place AS BLOB)) < 256),
	created_at	INTEGER NOT NULL,
	-- NULL while in use. A retired code stays, because brochures lie about for years.
	retired_at	INTEGER,
	-- When staff last saw it at its place, and that it was the real one; NULL never.
	seen_at		INTEGER,
	-- The language in which its form opens; NULL the reader's own.
	language	TEXT CHECK (length(language) BETWEEN 2 AND 35),
	-- The first day on which the code counts; NULL without.
	first_day	INTEGER,
	-- The last day; NULL without.
	last_day	INTEGER,
	-- How often the row was changed, so that a process can tell that its copy is old.
	changes		INTEGER NOT NULL DEFAULT 0,
	-- When its QR code was first fetched as a file or for a brochure; NULL never.
	printed_at	INTEGER
) STRICT, WITHOUT ROWID;

CREATE TRIGGER codes_stay
BEFORE DELETE ON codes
WHEN OLD.printed_at IS NOT NULL
	OR EXISTS (SELECT 1 FROM visits WHERE code = OLD.code)
	OR EXISTS (SELECT 1 FROM cases WHERE code = OLD.code)
BEGIN
	SELECT RAISE(ABORT, 'a code that was printed or opened is retired, never deleted');
END;

-- Codes that were deleted, so that the number of changes to codes still grows.
CREATE TABLE removed_codes (
	code		TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 6),
	-- Changes of the row in codes, and two for its making and its deletion.
	changes		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER codes_removed
AFTER DELETE ON codes
BEGIN
	INSERT INTO removed_codes (code, changes) VALUES (OLD.code, OLD.changes + 2)
	    ON CONFLICT DO UPDATE SET changes = changes + excluded.changes;
END;

CREATE TRIGGER codes_unchanged
BEFORE UPDATE OF code, created_at ON codes
BEGIN
	SELECT RAISE(ABORT, 'a printed code never changes');
END;

-- How often a code was opened. Nothing about a visitor is stored except the kind.
CREATE TABLE visits (
	code		TEXT NOT NULL REFERENCES codes,
	-- The day of the visits.
	day		INTEGER NOT NULL,
	-- Robots that name themselves, and staff who are signed in, are counted apart.
	kind		TEXT NOT NULL CHECK (kind = 'person' OR kind = 'robot' OR kind = 'staff'),
	-- The number of visits.
	count		INTEGER NOT NULL,
	PRIMARY KEY (code, day, kind)
) STRICT, WITHOUT ROWID;

-- intake ----------------------------------------------------------------------

-- Areas whose intake a lead has opened or closed. An area without a row is as
-- service.conf says.
CREATE TABLE intakes (
	area		TEXT NOT NULL PRIMARY KEY CHECK (area GLOB '[0-9][0-9][0-9][0-9]'),
	-- 1: the form accepts submissions.
	open		INTEGER NOT NULL CHECK (open IN (0, 1)),
	-- When it was opened or closed; 0 when service.conf has it so from the beginning.
	-- For an hour after a closing, forms that were opened before it are accepted.
	changed_at	INTEGER NOT NULL,
	-- The day at whose beginning it changes to the opposite; NULL it stays.
	turns_day	INTEGER,
	-- The later day at whose beginning it changes back; NULL it stays.
	back_day	INTEGER CHECK (back_day > coalesce(turns_day, back_day)),
	-- How often the row was changed, so that a process can tell that its copy is old.
	changes		INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The text of the closed page, as a lead wrote it. Without a row the catalogue's
-- text is shown.
CREATE TABLE intake_words (
	area		TEXT NOT NULL,
	-- A tag of the catalogue: 'sv'.
	language	TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
	-- The text; NULL when the lead has returned to the catalogue's.
	words		TEXT CHECK (length(words) BETWEEN 1 AND 500),
	-- How often the row was changed, so that a process can tell that its copy is old.
	changes		INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (area, language)
) STRICT, WITHOUT ROWID;

-- Telephone numbers from which coordinators ring, and that a person who is rung sees, as
-- a lead has confirmed. The receipt promises the number.
CREATE TABLE shown_numbers (
	-- The queue whose coordinators ring: an id in service.conf.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- The number of that queue in service.conf, in E.164. It is the service's own. When
	-- the file has another number, this row no longer counts.
	phone		TEXT NOT NULL CHECK (length(phone) BETWEEN 1 AND 31),
	-- The day on which the lead saw it.
	seen_day	INTEGER NOT NULL,
	-- The lead. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	PRIMARY KEY (queue, phone)
) STRICT, WITHOUT ROWID;

-- brochures -------------------------------------------------------------------

-- Texts on brochures, as a lead wrote them. Without a row the catalogue's text is printed.
CREATE TABLE brochure_words (
	area		TEXT NOT NULL,
	-- A tag of the catalogue: 'sv'.
	language	TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
	-- Which text of the brochure: 'heading'.
	part		TEXT NOT NULL CHECK (length(part) BETWEEN 1 AND 31),
	-- The text.
	words		TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
	PRIMARY KEY (area, language, part)
) STRICT, WITHOUT ROWID;

-- outreach --------------------------------------------------------------------

-- Campaigns: efforts with a first and a last day, whose figures are compared with
-- the time before.
CREATE TABLE campaigns (
	number		INTEGER PRIMARY KEY,
	-- The name that a lead gave it.
	name		TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	-- The first day.
	from_day	INTEGER NOT NULL,
	-- The last day, which is included.
	to_day		INTEGER NOT NULL CHECK (to_day >= from_day),
	created_at	INTEGER NOT NULL
) STRICT;

-- The codes that belong to a campaign.
CREATE TABLE campaign_codes (
	campaign	INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
	code		TEXT NOT NULL REFERENCES codes ON DELETE CASCADE,
	PRIMARY KEY (campaign, code)
) STRICT, WITHOUT ROWID;

-- messages --------------------------------------------------------------------

-- News for staff. Intake and acts write a row in their own transaction; the timer turns
-- it into messages. No row says anything about the person.
CREATE TABLE alerts (
	-- Orders the alerts.
	id		INTEGER PRIMARY KEY,
	-- The queue whose members must be told.
	queue		TEXT NOT NULL,
	-- The case that it is about.
	case_number	INTEGER NOT NULL,
	-- An enum alert_kind of notify/.
	kind		INTEGER NOT NULL,
	-- When it arose.
	at		INTEGER NOT NULL
) STRICT;

-- The mail address and the wanted alerts of each colleague, who sets them.
CREATE TABLE notices (
	account		INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
	-- The colleague's e-mail address at work; '' when none was given.
	address		TEXT NOT NULL CHECK (length(CAST(address AS BLOB)) < 255),
	-- The kinds that are wanted: a mask of 1 << enum alert_kind.
	kinds		INTEGER NOT NULL CHECK (kinds >= 0),
	-- The day whose digest has been made.
	digest_day	INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Messages: e-mail to staff, text messages to persons. An act writes a row in its own
-- transaction; the outbox, a process of its own, sends it. The number and text of a
-- person are sealed to the outbox's key, and erased once the message is sent.
CREATE TABLE messages (
	-- The box is bound to this number.
	number		INTEGER PRIMARY KEY,
	-- How it is sent.
	way		TEXT NOT NULL CHECK (way = 'mail' OR way = 'text'),
	-- Of a mail: an enum alert_kind of notify/. Of a text: 0.
	kind		INTEGER NOT NULL,
	-- The queue whose opening hours it keeps.
	queue		TEXT NOT NULL,
	-- The case of the person who gets the text; NULL of a mail.
	case_number	INTEGER REFERENCES cases,
	-- The receiver of a mail, or the account that asked for a text. Not a foreign
	-- key: it outlives the account.
	account		INTEGER NOT NULL,
	-- How far it has come.
	state		TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending' OR state = 'sent'
			    OR state = 'failed' OR state = 'unknown' OR state = 'dropped'),
	-- Why it waits, failed or was dropped.
	reason		TEXT NOT NULL CHECK (reason IN ('none', 'no-mail', 'no-sms', 'unreachable',
			    'refused', 'lost', 'key', 'past', 'closed', 'unwanted', 'lead')),
	created_at	INTEGER NOT NULL,
	-- It is not tried before this moment.
	due_at		INTEGER NOT NULL,
	-- When it came into its state.
	changed_at	INTEGER NOT NULL,
	-- How often it was tried.
	tries		INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
	-- Sealed to the outbox's key: the key of the box.
	sealed		BLOB CHECK (length(sealed) = 81),
	-- Sealed: the telephone number and the text.
	box		BLOB CHECK (length(box) > 0),

	CONSTRAINT text_is_about_a_case CHECK ((way = 'text') = (case_number IS NOT NULL)),
	CONSTRAINT erased_once_sent CHECK ((box IS NULL) = (way = 'mail' OR state = 'sent'
	    OR state = 'dropped')),
	CONSTRAINT box_has_key CHECK ((box IS NULL) = (sealed IS NULL))
) STRICT;

-- The outbox asks once a second.
CREATE INDEX messages_queued ON messages (due_at) WHERE state = 'queued';
-- The lead must see these.
CREATE INDEX messages_unsent ON messages (number) WHERE state = 'failed' OR state = 'unknown';
-- The page of a case shows its texts.
CREATE INDEX messages_case ON messages (case_number) WHERE case_number IS NOT NULL;

-- A purge erases the sealed texts of unsent messages, too.
CREATE TRIGGER messages_purge
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	UPDATE messages SET state = 'dropped', reason = 'closed', sealed = NULL, box = NULL
	WHERE case_number = NEW.number AND box IS NOT NULL;
END;

-- The cases that a mail tells of. It is dropped when its news is true of none of them.
CREATE TABLE message_cases (
	message		INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
	case_number	INTEGER NOT NULL,
	PRIMARY KEY (message, case_number)
) STRICT, WITHOUT ROWID;

-- The broken due times of which staff have been told, so that each is told once.
CREATE TABLE overdue_told (
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- The due time that was broken.
	due_at		INTEGER NOT NULL,
	-- An enum alert_kind of notify/: to the queue, or to its leads.
	kind		INTEGER NOT NULL,
	PRIMARY KEY (case_number, due_at, kind)
) STRICT, WITHOUT ROWID;

-- Texts that a lead has written for a queue, to begin a note or a text message with.
-- They are about no person.
CREATE TABLE templates (
	number		INTEGER PRIMARY KEY,
	-- The queue whose cases they are for.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- A note, or a text message to the person.
	kind		TEXT NOT NULL CHECK (kind = 'note' OR kind = 'text'),
	-- The name by which it is chosen.
	title		TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 60),
	-- The text.
	words		TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 1000)
) STRICT;

CREATE INDEX templates_queue ON templates (queue, kind, title);

-- Who changed the templates of a queue, and when.
CREATE TABLE template_changes (
	-- Orders the changes.
	id		INTEGER PRIMARY KEY,
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- The lead. Not a foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	-- When it was changed.
	at		INTEGER NOT NULL,
	-- What was done.
	act		TEXT NOT NULL CHECK (act = 'add' OR act = 'change' OR act = 'remove'),
	-- The name of the template afterwards, or before it was deleted.
	title		TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 60)
) STRICT;

CREATE INDEX template_changes_queue ON template_changes (queue, id);

CREATE TRIGGER template_changes_unchanged
BEFORE UPDATE ON template_changes
BEGIN
	SELECT RAISE(ABORT, 'a change of a template is never rewritten');
END;

CREATE TRIGGER template_changes_stay
BEFORE DELETE ON template_changes
BEGIN
	SELECT RAISE(ABORT, 'a change of a template is never deleted');
END;

-- the program -----------------------------------------------------------------

-- Values of the whole service, such as the public half of the recovery key.
CREATE TABLE meta (
	key		TEXT NOT NULL PRIMARY KEY,
	value		BLOB NOT NULL
) STRICT, WITHOUT ROWID;
