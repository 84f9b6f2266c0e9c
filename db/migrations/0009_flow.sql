-- The flow of queues, steered: limits of rate, pauses that end by themselves, drains; workers that are drained.

-- paused_until: when a pause ends by itself. draining_since: new submits are refused since then, and the queue pauses
-- itself when what was in it is done.
alter table queues
  add column paused_until timestamptz,
  add column draining_since timestamptz,
  add check (paused_until is null or paused);

-- The token bucket of each queue with a rate limit, locked through its queue's row. In parts of a token, per_ms of
-- them each, so that all of its arithmetic is in whole numbers; see core/flow/token-bucket.ts.
create table queue_buckets (
  queue_id integer primary key references queues on delete cascade,
  count integer not null check (count >= 1),
  per_ms integer not null check (per_ms >= 1),
  level bigint not null check (level >= 0),
  at_ms bigint not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);

-- Why and by whom a worker is being drained; how far its clock is from the database's (positive: behind); how many
-- jobs were taken back from it.
alter table workers
  add column drain_reason text,
  add column drained_by text,
  add column clock_offset_ms real,
  add column taken_back integer not null default 0;
