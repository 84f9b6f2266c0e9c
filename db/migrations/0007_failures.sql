-- Failure groups: failures with one fingerprint, how often by time, definition and version, and what an operator said of
-- them. Docs: docs/adr/0015-failure-groups.md.

-- What was written to attempts and is not counted yet. Filled by the database itself, in the transaction that settles,
-- because workers of any version settle; emptied by the dispatcher that counts, so each failure counts exactly once,
-- whatever its clock said and however late it came.
create table failure_feed (
  job_id bigint not null,
  number integer not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, vacuum_truncate = off);

create function feed_failures() returns trigger language plpgsql as $$
begin
  insert into signalbox.failure_feed (job_id, number)
  select job_id, number from fresh where fingerprint is not null;
  return null;
end $$;
create trigger attempts_feed after insert on attempts referencing new table as fresh
  for each statement execute function feed_failures();

insert into failure_feed (job_id, number) select job_id, number from attempts where fingerprint is not null;

create table failure_groups (
  fingerprint text primary key,
  class text not null,
  origin text not null,
  name text not null,
  code text,
  message text not null,
  dependency text,
  rule_id text,
  rule_name text,
  -- The redacted report of one failure, renewed now and then, so that a group can be read when its attempts are gone.
  sample json,
  sample_job_id bigint not null,
  sample_attempt integer not null,
  sample_at_ms bigint not null,
  attempts bigint not null,
  deaths bigint not null,
  first_seen_ms bigint not null,
  last_seen_ms bigint not null,
  first_lane integer not null,
  first_version integer not null,
  last_lane integer not null,
  last_version integer not null,
  lanes integer[] not null,
  state text not null default 'open' check (state in ('open', 'resolved', 'ignored')),
  state_at_ms bigint,
  state_actor text,
  state_reason text,
  attempts_at_state bigint,
  resolved_definition text,
  resolved_version integer check (resolved_version >= 1),
  ignored_until_ms bigint,
  ignored_more bigint check (ignored_more >= 1),
  ignored_per_minute integer check (ignored_per_minute >= 1),
  check ((resolved_definition is null) = (resolved_version is null)),
  check (state = 'resolved' or resolved_version is null),
  check (state <> 'ignored' or num_nonnulls(ignored_until_ms, ignored_more, ignored_per_minute) = 1)
) with (fillfactor = 70, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.05);
create index failure_groups_seen on failure_groups (last_seen_ms, fingerprint);
create index failure_groups_ignored on failure_groups (ignored_until_ms) where ignored_until_ms is not null;

-- Failures by minute, ten minutes and hour at once: a window reads the grain that fits it, and no rollup can lag.
create table failure_counts (
  grain_ms integer not null check (grain_ms in (60000, 600000, 3600000)),
  at_ms bigint not null,
  fingerprint text not null,
  lane integer not null,
  version integer not null,
  attempts integer not null,
  deaths integer not null,
  primary key (grain_ms, at_ms, fingerprint, lane, version)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index failure_counts_group on failure_counts (fingerprint, grain_ms, at_ms);

-- The dead letter reads the dead of one group newest first; the index it replaces gave them in no order.
create index dead_triage on dead (fingerprint, id) where discarded_at is null;
drop index dead_fingerprint;
