-- Outreach: codes that a lead keeps in the browser, visits told apart, the
-- intake's door, the words on brochures, campaigns.

-- The language in which its form opens; NULL the reader's own.
ALTER TABLE codes ADD COLUMN language TEXT CHECK (length(language) BETWEEN 2 AND 35);
-- Local days since 1970-01-01, both included; NULL without.
ALTER TABLE codes ADD COLUMN first_day INTEGER;
ALTER TABLE codes ADD COLUMN last_day INTEGER;
-- How often it was changed, so that who keeps a copy of the codes can tell.
ALTER TABLE codes ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;

-- A printed address is never reused, and never another.
CREATE TRIGGER codes_stay
BEFORE DELETE ON codes
BEGIN
	SELECT RAISE(ABORT, 'a code may be printed: it is retired, never deleted');
END;

CREATE TRIGGER codes_unchanged
BEFORE UPDATE OF code, created_at ON codes
BEGIN
	SELECT RAISE(ABORT, 'a printed code never changes');
END;

-- Nothing about a visitor but of which kind there was one.
CREATE TABLE visits_by_kind (
	code		TEXT NOT NULL REFERENCES codes,
	-- Local days since 1970-01-01.
	day		INTEGER NOT NULL,
	-- Robots that say so, and staff who are signed in, are counted apart.
	kind		TEXT NOT NULL CHECK (kind = 'person' OR kind = 'robot' OR kind = 'staff'),
	count		INTEGER NOT NULL,
	PRIMARY KEY (code, day, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO visits_by_kind (code, day, kind, count)
SELECT code, day, 'person', count FROM visits;
DROP TABLE visits;
ALTER TABLE visits_by_kind RENAME TO visits;

-- Where a lead has opened or closed an area's intake; without a row it is as
-- service.conf says.
CREATE TABLE intakes (
	area		TEXT NOT NULL PRIMARY KEY CHECK (area GLOB '[0-9][0-9][0-9][0-9]'),
	open		INTEGER NOT NULL CHECK (open IN (0, 1)),
	-- Since when it is as it is; 0 from the beginning, as service.conf has it.
	-- Until an hour after a closing, forms that were open before it are taken.
	changed_at	INTEGER NOT NULL,
	-- The local day at whose beginning it turns into the other; NULL it stays.
	turns_day	INTEGER,
	-- The later one at whose beginning it turns back; NULL it stays then.
	back_day	INTEGER CHECK (back_day > coalesce(turns_day, back_day)),
	-- How often it was changed, so that who keeps a copy can tell.
	changes		INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What the closed page says, in a lead's words; without a row the catalogue's.
CREATE TABLE intake_words (
	area		TEXT NOT NULL,
	-- A tag of the catalogue, "sv".
	language	TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
	-- NULL: the catalogue's again.
	words		TEXT CHECK (length(words) BETWEEN 1 AND 500),
	changes		INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (area, language)
) STRICT, WITHOUT ROWID;

-- A text on a brochure, in a lead's words; without a row the catalogue's.
CREATE TABLE brochure_words (
	area		TEXT NOT NULL,
	language	TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
	-- Which of a brochure's texts.
	part		TEXT NOT NULL CHECK (length(part) BETWEEN 1 AND 31),
	words		TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
	PRIMARY KEY (area, language, part)
) STRICT, WITHOUT ROWID;

-- A push with a beginning and an end, whose figures stand beside the time before.
CREATE TABLE campaigns (
	number		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	-- Local days since 1970-01-01, both included.
	from_day	INTEGER NOT NULL,
	to_day		INTEGER NOT NULL CHECK (to_day >= from_day),
	created_at	INTEGER NOT NULL
) STRICT;

CREATE TABLE campaign_codes (
	campaign	INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
	code		TEXT NOT NULL REFERENCES codes,
	PRIMARY KEY (campaign, code)
) STRICT, WITHOUT ROWID;

-- The trail learns that a link of two cases was taken apart. What has happened
-- stays as it was.
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
			    OR act = 'find' OR act = 'link' OR act = 'unlink'),
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
	-- For whom the account did it: the holder who was away; NULL for itself.
	instead_of	INTEGER,
	PRIMARY KEY (case_number, step)
) STRICT, WITHOUT ROWID;

INSERT INTO events_new (case_number, step, account, at, act, from_state, to_state, due_at, holder,
    of_step, instead_of)
SELECT case_number, step, account, at, act, from_state, to_state, due_at, holder, of_step, instead_of
FROM events;
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
