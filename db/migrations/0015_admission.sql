-- Backpressure: how pressed the classes are, and what was refused or signalled at submit for it.

-- One row for the levels as the dispatcher last reckoned them (core/pressure/pressure-snapshot.ts) and one for what
-- the storage guard found: every process reads them each second, so that a submit and a claim ask only their memory.
create table pressure (
  part text primary key check (part in ('levels', 'storage')),
  at_ms bigint not null,
  body jsonb not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);

-- Submits under pressure by ten seconds, queue and cause; kept for a day.
create table admission_counts (
  at_ms bigint not null,
  queue_id integer not null references queues on delete cascade,
  cause text not null check (cause in ('storage', 'predicted-wait', 'depth', 'oldest')),
  refused bigint not null default 0,
  signalled bigint not null default 0,
  primary key (at_ms, queue_id, cause)
) with (fillfactor = 70);
create index admission_counts_queue on admission_counts (queue_id, at_ms);
