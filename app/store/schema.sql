-- The whole database, version 1. Later versions are migrations/NNNN-name.sql,
-- each run once on top of this; a version that has been released is never
-- edited.
--
-- Words are stored as the words themselves (base/words.h), moments as seconds
-- since 1970-01-01 UTC, numbers as base/number.c makes them: in order of time
-- and telling nothing else. "Sealed" is what nobody without the queue's secret
-- key can read (seal/seal.h has the formats); everything else here is plain,
-- and is all that is plain.

-- A person who wants to be rung, from the form to the end of the law's period.
CREATE TABLE cases (
	-- In order of arrival.
	number		INTEGER PRIMARY KEY,
	-- Municipality code by SCB, "1781".
	area		TEXT NOT NULL CHECK (area GLOB '[0-9][0-9][0-9][0-9]'),
	-- The one queue that owns the case: an id in service.conf.
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	-- The QR code it came by. No foreign key: nobody's submission shall fail
	-- for the sake of a brochure.
	code		TEXT CHECK (length(code) = 6),
	-- Who filled in the form.
	who		TEXT NOT NULL CHECK (who = 'self' OR who = 'relative' OR who = 'professional'),
	-- The young person's, even when a parent writes.
	age		TEXT NOT NULL CHECK (age = '15-17' OR age = '18-19' OR age = '20-24'
			    OR age = '25-29' OR age = 'unsaid' OR age = 'under15' OR age = '30plus'),
	-- When it suits to be rung.
	part_of_day	TEXT NOT NULL CHECK (part_of_day = 'any' OR part_of_day = 'morning'
			    OR part_of_day = 'afternoon'),
	-- Whether an interpreter may be needed; the language itself is sealed.
	speak		TEXT NOT NULL CHECK (speak = 'sv' OR speak = 'other'),
	-- Where the professional works; nobody else has one.
	workplace	TEXT CHECK (workplace = 'health' OR workplace = 'family-centre'
			    OR workplace = 'employment-service' OR workplace = 'insurance-agency'
			    OR workplace = 'school' OR workplace = 'social-services'
			    OR workplace = 'other'),
	-- The first way in, for the reports' Figure 3.
	inflow		TEXT NOT NULL CHECK (inflow = 'self' OR inflow = 'relative' OR inflow = 'school'
			    OR inflow = 'partner' OR inflow = 'phone' OR inflow = 'kaa'
			    OR inflow = 'social-assistance' OR inflow = 'adult-unit'
			    OR inflow = 'insurance-agency' OR inflow = 'employment-service'),
	-- Where it is in referral/lifecycle.c.
	state		TEXT NOT NULL CHECK (state = 'waiting' OR state = 'claimed' OR state = 'reached'
			    OR state = 'following' OR state = 'closed' OR state = 'purged'),
	received_at	INTEGER NOT NULL,
	-- What the receipt said: somebody rings by then.
	promised_at	INTEGER NOT NULL,
	-- When somebody has to do something next.
	due_at		INTEGER CHECK (due_at > 0),
	-- The coordinator who has claimed it.
	holder		INTEGER REFERENCES accounts,
	closed_at	INTEGER CHECK (closed_at > 0),
	-- What it led to, as words with a space between: work and studies may both hold.
	outcomes	TEXT NOT NULL DEFAULT '',
	-- Attempts that did not reach.
	attempts	INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),

	-- A case is open or closed: an open one has a due time, always.
	CONSTRAINT open_is_due CHECK ((due_at IS NULL) = (state IN ('closed', 'purged'))),
	CONSTRAINT closed_has_time CHECK ((closed_at IS NULL) = (due_at IS NOT NULL)),
	-- It is somebody's from the claim until it is given back or closed.
	CONSTRAINT at_work_is_held CHECK ((holder IS NULL) = (state = 'waiting' OR closed_at IS NOT NULL))
) STRICT;

-- The call-back queue in its own order. Closed cases are not in it, so a list
-- costs the same after ten years.
CREATE INDEX cases_open ON cases (queue, due_at) WHERE due_at IS NOT NULL;
-- "Mine": few rows, and none at intake.
CREATE INDEX cases_held ON cases (holder, due_at) WHERE holder IS NOT NULL;

CREATE TRIGGER cases_first_way_in
BEFORE UPDATE OF number, area, code, who, age, part_of_day, speak, workplace, inflow,
    received_at ON cases
BEGIN
	SELECT RAISE(ABORT, 'the first way in is never rewritten');
END;

CREATE TRIGGER cases_promise
BEFORE UPDATE OF promised_at ON cases
BEGIN
	SELECT RAISE(ABORT, 'a promise that was given never changes');
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

-- Purging is a state, and this is what it means.
CREATE TRIGGER cases_purge
AFTER UPDATE OF state ON cases WHEN NEW.state = 'purged'
BEGIN
	DELETE FROM case_keys WHERE case_number = NEW.number;
	DELETE FROM records WHERE case_number = NEW.number;
END;

-- The data key of a case, sealed to each queue that may read it.
CREATE TABLE case_keys (
	case_number	INTEGER NOT NULL REFERENCES cases,
	queue		TEXT NOT NULL,
	-- Of the queue's key.
	generation	INTEGER NOT NULL,
	-- Sealed.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	PRIMARY KEY (case_number, queue, generation)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER case_keys_stay
BEFORE DELETE ON case_keys
WHEN (SELECT state FROM cases WHERE number = OLD.case_number) <> 'purged'
BEGIN
	SELECT RAISE(ABORT, 'without its key a case is lost');
END;

-- What was written about a case: the submission, then notes.
CREATE TABLE records (
	-- The sealed text is bound to it.
	number		INTEGER PRIMARY KEY,
	case_number	INTEGER NOT NULL REFERENCES cases,
	-- 1 submission, 2 note, 3 attempt. A number, since the sealed text is bound to it.
	kind		INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
	-- Who wrote it; 0 the person. No foreign key: it outlives the account.
	account		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	-- Sealed.
	box		BLOB NOT NULL CHECK (length(box) > 0)
) STRICT;

CREATE INDEX records_case ON records (case_number);

CREATE TRIGGER records_stay
BEFORE DELETE ON records
WHEN (SELECT state FROM cases WHERE number = OLD.case_number) <> 'purged'
BEGIN
	SELECT RAISE(ABORT, 'records go when their case is purged, not before');
END;

CREATE TRIGGER records_unchanged
BEFORE UPDATE ON records
BEGIN
	SELECT RAISE(ABORT, 'a record is never rewritten');
END;

-- Everything that happened to a case, in order: the audit trail.
CREATE TABLE events (
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
			    OR act = 'close' OR act = 'purge'),
	from_state	TEXT NOT NULL CHECK (from_state = 'waiting' OR from_state = 'claimed'
			    OR from_state = 'reached' OR from_state = 'following'
			    OR from_state = 'closed' OR from_state = 'purged'),
	to_state	TEXT NOT NULL CHECK (to_state = 'waiting' OR to_state = 'claimed'
			    OR to_state = 'reached' OR to_state = 'following'
			    OR to_state = 'closed' OR to_state = 'purged'),
	-- When somebody has to do something next, after this; NULL when closed.
	due_at		INTEGER,
	PRIMARY KEY (case_number, step)
) STRICT, WITHOUT ROWID;

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

-- The outbox: what staff are to be told, without a word about whom.
CREATE TABLE alerts (
	id		INTEGER PRIMARY KEY,
	queue		TEXT NOT NULL,
	case_number	INTEGER NOT NULL,
	-- Of notify/.
	kind		INTEGER NOT NULL,
	at		INTEGER NOT NULL
) STRICT;

-- Submissions of the last day, so that a double tap makes one case.
CREATE TABLE marks (
	-- A keyed digest; its key is in memory alone, so on disk it is a random number.
	mark		BLOB NOT NULL PRIMARY KEY CHECK (length(mark) = 16),
	-- The case that the first of them made.
	case_number	INTEGER NOT NULL,
	at		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A key pair for each queue; a new generation when it is changed.
CREATE TABLE queue_keys (
	queue		TEXT NOT NULL CHECK (length(queue) BETWEEN 1 AND 63),
	generation	INTEGER NOT NULL CHECK (generation > 0),
	public		BLOB NOT NULL CHECK (length(public) = 32),
	-- The secret half, sealed to the recovery key.
	recovery_sealed	BLOB NOT NULL CHECK (length(recovery_sealed) = 81),
	created_at	INTEGER NOT NULL,
	PRIMARY KEY (queue, generation)
) STRICT, WITHOUT ROWID;

-- Who can read a queue: its secret key, sealed to the account's.
CREATE TABLE memberships (
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	queue		TEXT NOT NULL,
	generation	INTEGER NOT NULL,
	-- Sealed.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	PRIMARY KEY (account, queue, generation),
	FOREIGN KEY (queue, generation) REFERENCES queue_keys
) STRICT, WITHOUT ROWID;

-- Staff.
CREATE TABLE accounts (
	number		INTEGER PRIMARY KEY,
	-- What is typed at sign-in, in any letter case.
	user		TEXT NOT NULL UNIQUE COLLATE NOCASE
			    CHECK (length(CAST(user AS BLOB)) BETWEEN 1 AND 63),
	-- What colleagues see.
	name		TEXT NOT NULL CHECK (length(CAST(name AS BLOB)) < 128),
	role		TEXT NOT NULL CHECK (role = 'coordinator' OR role = 'lead'
			    OR role = 'administrator'),
	-- 0 cannot sign in.
	active		INTEGER NOT NULL CHECK (active IN (0, 1)),
	-- 1 was made by a demonstration, whose passphrase everybody knows.
	demonstration	INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
	public		BLOB NOT NULL CHECK (length(public) = 32),
	-- The secret half, under the passphrase.
	locked		BLOB NOT NULL CHECK (length(locked) = 97),
	created_at	INTEGER NOT NULL,
	-- Sign-ins that failed since the last that did not, and when the last of them did.
	failures	INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
	failed_at	INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Who is signed in. The secret is in the cookie alone.
CREATE TABLE sessions (
	-- Derived from the cookie, which cannot be had back from it.
	identity	BLOB NOT NULL PRIMARY KEY CHECK (length(identity) = 32),
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	-- The account's secret key, under a key derived from the cookie.
	box		BLOB NOT NULL CHECK (length(box) = 73),
	created_at	INTEGER NOT NULL,
	seen_at		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- QR codes and where their brochures lie.
CREATE TABLE codes (
	code		TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 6),
	area		TEXT NOT NULL CHECK (area GLOB '[0-9][0-9][0-9][0-9]'),
	channel		TEXT NOT NULL CHECK (channel IN ('health', 'counsellor', 'psychiatry',
			    'family-centre', 'employment-service', 'insurance-agency', 'dental',
			    'dietician', 'addiction', 'budget', 'careers', 'school', 'poster',
			    'newspaper', 'social-media', 'press', 'other')),
	-- "Vårdcentralen"
	place		TEXT NOT NULL CHECK (length(CAST(place AS BLOB)) < 256),
	created_at	INTEGER NOT NULL,
	-- NULL while in use. Once retired it stays so: brochures lie about for years.
	retired_at	INTEGER
) STRICT, WITHOUT ROWID;

-- Nothing about a visitor but that there was one.
CREATE TABLE visits (
	code		TEXT NOT NULL REFERENCES codes,
	-- Local days since 1970-01-01.
	day		INTEGER NOT NULL,
	count		INTEGER NOT NULL,
	PRIMARY KEY (code, day)
) STRICT, WITHOUT ROWID;

-- What init decided once, such as the public half of the recovery key.
CREATE TABLE meta (
	key		TEXT NOT NULL PRIMARY KEY,
	value		BLOB NOT NULL
) STRICT, WITHOUT ROWID;
