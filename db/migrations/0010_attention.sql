-- What needs a person now, as the dispatcher last assessed it: one row, so that any number of consoles read it with the
-- Board at no cost of their own.
create table attention (
  singleton boolean primary key default true check (singleton),
  at_ms bigint not null,
  body jsonb not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0);

-- The usual run time of a definition is read from the minutes of its lanes.
create index metrics_1m_lane on metrics_1m (lane, at_ms);
