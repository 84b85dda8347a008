-- The door: a second factor, and browsers that a colleague has used before.

-- Failed sign-ins are counted by flow/gate.c and in browsers, below.
CREATE TABLE accounts_new (
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
	created_at	INTEGER NOT NULL
) STRICT;

INSERT INTO accounts_new
SELECT number, user, name, role, active, demonstration, public, locked, created_at FROM accounts;
DROP TABLE accounts;
ALTER TABLE accounts_new RENAME TO accounts;

-- Made anew, so that everybody signs in again by the new rules.
DROP TABLE sessions;

-- Who is signed in. The secret is in the cookie alone.
CREATE TABLE sessions (
	-- Derived from the cookie, which cannot be had back from it.
	identity	BLOB NOT NULL PRIMARY KEY CHECK (length(identity) = 32),
	-- By which its owner names it.
	number		INTEGER NOT NULL,
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	-- The account's secret key, under a key derived from the cookie.
	box		BLOB NOT NULL CHECK (length(box) = 73),
	created_at	INTEGER NOT NULL,
	seen_at		INTEGER NOT NULL,
	-- 1: the passphrase was right, the code is still to come.
	half		INTEGER NOT NULL CHECK (half IN (0, 1)),
	-- Passphrases and codes that were typed wrong in it.
	wrong		INTEGER NOT NULL CHECK (wrong >= 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_account ON sessions (account);

-- Second factors.
CREATE TABLE factors (
	account		INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
	-- The secret shared with the app, and the recovery codes, under a key
	-- derived from the account's secret key.
	box		BLOB NOT NULL CHECK (length(box) = 123),
	-- The latest step of thirty seconds whose code was taken; none is taken twice.
	used_step	INTEGER NOT NULL,
	-- When a first code proved that the app has the secret; NULL until then.
	confirmed_at	INTEGER,
	-- Wrong codes from strange browsers since the last right one, and when the last of them came.
	wrong		INTEGER NOT NULL CHECK (wrong >= 0),
	wrong_at	INTEGER NOT NULL
) STRICT;

-- Browsers in which a colleague has signed in. Their tries are counted here, a stranger's elsewhere.
CREATE TABLE browsers (
	-- Derived from the browser's cookie and the account: the same cookie gives
	-- each account a digest of its own.
	digest		BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
	account		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	-- Until when it is known.
	until_at	INTEGER NOT NULL,
	-- Sign-ins that failed since the last that did not, and when the last of them did.
	failures	INTEGER NOT NULL CHECK (failures >= 0),
	failed_at	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX browsers_account ON browsers (account, until_at);
