-- Colleagues who are away, and who stands in for them.

-- An earlier state of version 4 had a table of that name that nothing wrote to.
DROP TABLE IF EXISTS absences;

-- At most one a colleague, also when it is still to come. It is read against the
-- day that it is: nothing has to happen for it to begin or end.
CREATE TABLE absences (
	account		INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
	-- Who stands in, with keys that are the deputy's own already; NULL nobody.
	deputy		INTEGER REFERENCES accounts ON DELETE SET NULL,
	-- Local days since 1970-01-01, both included; the last is NULL while nobody knows it.
	from_day	INTEGER NOT NULL,
	to_day		INTEGER CHECK (to_day >= from_day),

	CONSTRAINT deputy_is_another CHECK (deputy <> account)
) STRICT;

CREATE INDEX absences_deputy ON absences (deputy) WHERE deputy IS NOT NULL;

-- For whom the account did it: the holder who was away; NULL for itself.
-- No foreign key: it outlives the account.
ALTER TABLE events ADD COLUMN instead_of INTEGER;
