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
