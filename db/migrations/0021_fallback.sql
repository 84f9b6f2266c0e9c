-- Fallbacks of breakers: while a breaker holds the jobs of a definition, an alternate runs them or a kept result answers
-- them. See docs/adr/0029-fallback.md.

-- A job that is answered from the cache ends without having run.
insert into transitions values ('available', 'completed');

-- The version of the definition of its lane that a diverted job runs by; null: the one it was submitted with.
alter table amendments add column definition_version integer;

-- Which completed job answers a payload, only of definitions whose fallback is a cached result. The output stays with the
-- job: what retention drops answers nobody any more.
create table cached_results (
  definition_id integer not null references definitions on delete cascade,
  digest bytea not null,
  finished_at_ms bigint not null,
  job_id bigint not null,
  primary key (definition_id, digest)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
create index cached_results_age on cached_results (definition_id, finished_at_ms);

-- What the fallback of a definition did in the hold that lasts, or in the last one.
create table fallbacks (
  definition_id integer primary key references definitions on delete cascade,
  dependency text not null,
  since_ms bigint not null,
  ended_ms bigint,
  diverted integer not null default 0,
  answered integer not null default 0,
  -- Jobs that were looked at and that it cannot take.
  unfit integer not null default 0,
  -- Why it takes none now, as the rest of a sentence.
  bar text,
  -- Its entry on the automation feed; whoever takes that back ends it for this hold.
  event_id bigint,
  -- How far the lanes were looked through.
  body jsonb not null default '{}'
) with (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0);

-- Where diverted jobs came from and where they were put, so that those which still wait there can be brought back.
create table diversions (
  job_id bigint primary key,
  event_id bigint not null,
  from_lane integer not null,
  from_version integer not null,
  to_lane integer not null,
  class smallint not null,
  run_at_ms bigint not null,
  at_ms bigint not null default now_ms()
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
create index diversions_event on diversions (event_id, at_ms);
create index diversions_time on diversions (at_ms);

-- Jobs about which their policy asks a person, until somebody retries or discards them.
create index dead_escalated on dead (finished_at_ms) where discarded_at is null and reason like 'escalated: %';
