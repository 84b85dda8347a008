-- A planned contact that has been made stays, so that a mis-press can give it back.

-- The step of the trail that made the contact; NULL while it is ahead.
ALTER TABLE plans ADD COLUMN step INTEGER;
