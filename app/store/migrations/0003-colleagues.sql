-- Colleagues invited and restored by a one-time link.

-- A link that nobody has used yet. Used, taken back or too old, it is gone.
CREATE TABLE invitations (
	number		INTEGER PRIMARY KEY,
	-- Derived from the link, which cannot be had back from it.
	identity	BLOB NOT NULL UNIQUE CHECK (length(identity) = 32),
	-- Of the key pair that comes of the link: what the invited is given is sealed to it.
	public		BLOB NOT NULL CHECK (length(public) = 32),
	-- Whose passphrase is lost; NULL invites somebody new.
	account		INTEGER UNIQUE REFERENCES accounts ON DELETE CASCADE,
	-- What the account is, or will be.
	role		TEXT NOT NULL CHECK (role = 'coordinator' OR role = 'lead'
			    OR role = 'administrator'),
	-- Who made the link.
	inviter		INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
	created_at	INTEGER NOT NULL,
	-- From then on it is worth nothing.
	expires_at	INTEGER NOT NULL CHECK (expires_at > created_at)
) STRICT;

-- The queues that a link opens: their secret keys, sealed to it.
CREATE TABLE invitation_keys (
	invitation	INTEGER NOT NULL REFERENCES invitations ON DELETE CASCADE,
	queue		TEXT NOT NULL,
	-- Of the queue's key.
	generation	INTEGER NOT NULL,
	-- Sealed.
	sealed		BLOB NOT NULL CHECK (length(sealed) = 81),
	PRIMARY KEY (invitation, queue, generation),
	FOREIGN KEY (queue, generation) REFERENCES queue_keys
) STRICT, WITHOUT ROWID;
