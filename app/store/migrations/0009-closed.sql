-- Closed cases in the order in which they closed, for those who look for one.

CREATE INDEX cases_closed ON cases (closed_at, queue) WHERE state = 'closed';
