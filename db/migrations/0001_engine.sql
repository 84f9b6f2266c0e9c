-- The engine's tables. State is where the row lives: a job is one immutable row in jobs, and one placement
-- in pending, scheduled, ready, held, a lease, completed, cancelled or dead.

create function id_ms(id bigint) returns bigint language sql immutable parallel safe
  as 'select (id >> 22) + 1704067200000';
comment on function id_ms is 'Milliseconds since 1970 at which a job id was made (ids count from 2024-01-01).';

create function first_id_at(ms bigint) returns bigint language sql immutable parallel safe
  as 'select greatest(ms - 1704067200000, 0) << 22';

create function now_ms() returns bigint language sql volatile parallel safe
  as 'select (extract(epoch from clock_timestamp()) * 1000)::bigint';

-- A process that makes ids takes a slot; two living processes share one only after 1,024 more have started.
create sequence id_slots minvalue 0 maxvalue 1023 start 0 cycle;
create sequence worker_ids;

create table settings (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default clock_timestamp(),
  updated_by text not null
);

-- One row: moves with every edit of a definition, queue, policy, rule or setting, so that caches know.
create table catalog (
  singleton boolean primary key default true check (singleton),
  version bigint not null default 1
);
insert into catalog default values;

create table queues (
  id integer generated always as identity primary key,
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  pool text not null default 'default',
  paused boolean not null default false,
  max_running integer check (max_running >= 0),
  max_running_per_key integer check (max_running_per_key >= 1),
  rate_limit_count integer check (rate_limit_count >= 1),
  rate_limit_per_ms integer check (rate_limit_per_ms >= 1),
  thresholds jsonb,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  check ((rate_limit_count is null) = (rate_limit_per_ms is null))
);

create table definitions (
  id integer generated always as identity primary key,
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  version integer not null,
  paused boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);

create table definition_versions (
  definition_id integer not null references definitions,
  version integer not null check (version >= 1),
  queue_id integer not null references queues,
  class smallint not null check (class between 0 and 4),
  body jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  primary key (definition_id, version)
);

create table retry_policies (
  name text not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  version integer not null check (version >= 1),
  body jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  primary key (name, version)
);

create table rule_versions (
  version integer primary key,
  rules jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null
);

-- A lane is what a worker can be given whole: the jobs of one definition in one queue. The claim walks lanes, so
-- a paused queue or an unserved definition costs nothing at the head of anybody's backlog.
create table lanes (
  id integer generated always as identity primary key,
  queue_id integer not null references queues,
  definition_id integer not null references definitions,
  unique (queue_id, definition_id)
);

create table jobs (
  id bigint not null,
  lane integer not null,
  class smallint not null,
  definition_version integer not null,
  payload json not null,
  run_at_ms bigint,
  idempotency_key text,
  correlation_id text,
  traceparent text,
  tags text[],
  submitted_by text,
  primary key (id)
) partition by range (id);
create index jobs_lane on jobs (lane, id);
create index jobs_correlation on jobs (correlation_id, id) where correlation_id is not null;
create index jobs_idempotency on jobs (idempotency_key, id) where idempotency_key is not null;
create index jobs_tags on jobs using gin (tags) where tags is not null;

-- What an operator changed of a job since it was submitted; the jobs row itself never changes.
create table amendments (
  job_id bigint not null,
  revision integer not null,
  lane integer,
  class smallint,
  payload json,
  failures_from integer not null default 0,
  actor text not null,
  reason text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (job_id, revision)
);

create table ready (
  run_at_ms bigint not null,
  id bigint not null,
  lane integer not null,
  attempt integer not null,
  class smallint not null,
  failures smallint not null,
  losses smallint not null,
  amended boolean not null default false
) with (
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 10, vacuum_truncate = off
);
create index ready_order on ready (lane, class, run_at_ms, id);

create table scheduled (
  id bigint primary key,
  run_at_ms bigint not null,
  lane integer not null,
  attempt integer not null,
  class smallint not null,
  failures smallint not null,
  losses smallint not null,
  amended boolean not null default false,
  retry boolean not null
) with (
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
  vacuum_truncate = off
);
create index scheduled_order on scheduled (run_at_ms, id);
create index scheduled_retry on scheduled (id) where retry;

create table held (
  id bigint primary key,
  reason text not null,
  reference text,
  held_at_ms bigint not null,
  until_ms bigint,
  run_at_ms bigint not null,
  lane integer not null,
  attempt integer not null,
  class smallint not null,
  failures smallint not null,
  losses smallint not null,
  amended boolean not null default false
);
create index held_reference on held (reason, reference, run_at_ms, id);

create table pending (
  id bigint primary key,
  lane integer not null,
  class smallint not null,
  waits_for integer not null check (waits_for >= 0),
  run_at_ms bigint
);

create table workers (
  id bigint primary key,
  pool text not null,
  definitions text[] not null,
  concurrency integer not null check (concurrency >= 1),
  transport text not null check (transport in ('postgres', 'http', 'target')),
  host text not null,
  pid integer,
  version text,
  heartbeat_ms integer not null,
  state text not null default 'active' check (state in ('active', 'draining', 'stopped', 'lost')),
  running integer not null default 0,
  loop_lag_ms real,
  saturation real,
  started_at timestamptz not null default clock_timestamp(),
  heartbeat_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
) with (fillfactor = 70);
create index workers_alive on workers (heartbeat_at) where ended_at is null;

-- One lease a claim batch (one a job for HTTP workers and capped queues). An attempt belongs to the holder of the
-- lease row it stands in; fenced lists the jobs settled otherwise than by completion, or taken away.
create table leases (
  id bigint primary key,
  worker_id bigint not null,
  claimed_at_ms bigint not null,
  until_ms bigint not null,
  deadline_ms bigint,
  queue_id integer,
  ids bigint[] not null,
  attempts integer[] not null,
  fenced bigint[] not null default '{}',
  progress json
) with (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
alter table leases alter column ids set storage external, alter column attempts set storage external;
create index leases_worker on leases (worker_id);
create index leases_queue on leases (queue_id) where queue_id is not null;

create table cancel_requests (
  job_id bigint primary key,
  worker_id bigint not null,
  lease_id bigint not null,
  reason text,
  actor text not null,
  requested_at_ms bigint not null
);
create index cancel_requests_worker on cancel_requests (worker_id);

-- Whole-job limits (totalMs): only jobs whose definition names one have a row.
create table deadlines (
  job_id bigint primary key,
  deadline_ms bigint not null
);
create index deadlines_order on deadlines (deadline_ms);

create table completed (
  id bigint not null,
  started_at_ms bigint not null,
  finished_at_ms bigint not null,
  worker_id bigint not null,
  attempt integer not null,
  output json,
  primary key (id)
) partition by range (id);
create index completed_finished on completed using brin (finished_at_ms) with (pages_per_range = 16, autosummarize = on);

create table cancelled (
  id bigint primary key,
  finished_at_ms bigint not null,
  lane integer not null,
  class smallint not null,
  attempt integer not null,
  failures smallint not null,
  losses smallint not null,
  amended boolean not null default false,
  actor text not null,
  reason text
);
create index cancelled_order on cancelled (finished_at_ms);

create table dead (
  id bigint primary key,
  finished_at_ms bigint not null,
  lane integer not null,
  class smallint not null,
  attempt integer not null,
  failures smallint not null,
  losses smallint not null,
  amended boolean not null default false,
  failure_class text not null,
  reason text not null,
  fingerprint text,
  discarded_at timestamptz,
  discarded_by text
);
create index dead_order on dead (finished_at_ms);
create index dead_fingerprint on dead (fingerprint) where discarded_at is null;

-- One row an attempt that ended otherwise than by completion (a completed attempt is its completed row).
create table attempts (
  job_id bigint not null,
  number integer not null,
  outcome text not null check (outcome in ('failed', 'timed-out', 'lost', 'cancelled', 'released', 'preempted')),
  worker_id bigint not null,
  lane integer not null,
  started_at_ms bigint not null,
  finished_at_ms bigint not null,
  error json,
  failure_class text,
  origin text,
  rule_id text,
  rule_name text,
  fingerprint text,
  decision json,
  primary key (job_id, number)
) partition by range (job_id);
create index attempts_finished on attempts using brin (finished_at_ms) with (pages_per_range = 16, autosummarize = on);
create index attempts_fingerprint on attempts (fingerprint, job_id) where fingerprint is not null;

create table checkpoints (
  job_id bigint primary key,
  attempt integer not null,
  data json not null,
  schema_version integer,
  artifacts json,
  saved_at timestamptz not null default clock_timestamp()
);

-- The legal transitions of core/job/job-state.ts, mirrored: an event that is none of them is refused.
create table transitions (
  from_state text not null,
  to_state text not null,
  primary key (from_state, to_state)
);
insert into transitions values
  ('pending', 'scheduled'),
  ('pending', 'available'),
  ('pending', 'held'),
  ('pending', 'cancelled'),
  ('pending', 'dead'),
  ('scheduled', 'available'),
  ('scheduled', 'held'),
  ('scheduled', 'cancelled'),
  ('scheduled', 'dead'),
  ('retryable', 'available'),
  ('retryable', 'held'),
  ('retryable', 'cancelled'),
  ('retryable', 'dead'),
  ('available', 'running'),
  ('available', 'held'),
  ('available', 'cancelled'),
  ('available', 'dead'),
  ('held', 'pending'),
  ('held', 'scheduled'),
  ('held', 'retryable'),
  ('held', 'available'),
  ('held', 'cancelled'),
  ('held', 'dead'),
  ('running', 'completed'),
  ('running', 'retryable'),
  ('running', 'available'),
  ('running', 'held'),
  ('running', 'cancelled'),
  ('running', 'dead'),
  ('dead', 'available'),
  ('dead', 'held'),
  ('cancelled', 'available'),
  ('cancelled', 'held'),
  -- remarks leave the state as it is
  ('pending', 'pending'),
  ('scheduled', 'scheduled'),
  ('retryable', 'retryable'),
  ('available', 'available'),
  ('held', 'held'),
  ('running', 'running'),
  ('completed', 'completed'),
  ('cancelled', 'cancelled'),
  ('dead', 'dead');

-- What cannot be told from the jobs, attempts and completed rows: acts of people and of the system.
create table job_events (
  job_id bigint not null,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  from_state text,
  to_state text,
  actor text not null,
  because text[] not null default '{}',
  data json
) partition by range (job_id);
create index job_events_job on job_events (job_id, at);
alter table job_events add foreign key (from_state, to_state) references transitions;

create table receipts (
  definition_id integer not null,
  key text not null,
  job_id bigint not null,
  expires_at timestamptz not null,
  primary key (definition_id, key)
);
create index receipts_expiry on receipts (expires_at);

create table tokens (
  id text primary key,
  name text not null,
  scope text not null check (scope in ('producer', 'worker', 'operator')),
  hash bytea not null unique,
  prefix text not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  reason text,
  before jsonb,
  after jsonb
);
create index audit_entries_object on audit_entries (object_kind, object_id, id);

-- Singleton duties of the dispatchers: whoever holds the row may act, and says so by its epoch in every write.
create table duties (
  name text primary key,
  owner bigint not null,
  epoch bigint not null,
  until timestamptz not null
);

-- Counters, one row a second, process, lane and class; rolled up to 10 s and 1 min by the dispatcher.
create table metrics_1s (
  at_ms bigint not null,
  source bigint not null,
  lane integer not null,
  class smallint not null,
  submitted integer not null,
  started integer not null,
  completed integer not null,
  retried integer not null,
  died integer not null,
  cancelled integer not null,
  failures jsonb,
  wait_ms integer[],
  run_ms integer[]
) with (autovacuum_vacuum_scale_factor = 0.05);
create index metrics_1s_at on metrics_1s (at_ms);

create table metrics_10s (like metrics_1s);
alter table metrics_10s drop column source;
alter table metrics_10s add primary key (at_ms, lane, class);
create table metrics_1m (like metrics_10s);
alter table metrics_1m add primary key (at_ms, lane, class);

-- Depth as the dispatcher counted it: by lane, class and state, every few seconds; for the charts.
create table depth_samples (
  at_ms bigint not null,
  lane integer not null,
  class smallint not null,
  available integer not null,
  scheduled integer not null,
  retryable integer not null,
  held integer not null,
  running integer not null,
  oldest_run_at_ms bigint,
  primary key (at_ms, lane, class)
);

create table rollups (
  name text primary key,
  done_until_ms bigint not null
);

-- Partitions by day of the id, made ahead by the dispatcher; the default partition catches a wrong clock.
create table jobs_default partition of jobs default;
create table completed_default partition of completed default;
create table attempts_default partition of attempts default;
create table job_events_default partition of job_events default;

create function ensure_partitions(first_day date, days integer) returns integer language plpgsql as $$
declare
  parent text;
  day date;
  made integer := 0;
begin
  foreach parent in array array['jobs', 'completed', 'attempts', 'job_events'] loop
    for i in 0 .. days - 1 loop
      day := first_day + i;
      if to_regclass(format('signalbox.%I', parent || to_char(day, '_YYYYMMDD'))) is null then
        begin
          execute format(
            'create table signalbox.%I partition of signalbox.%I for values from (%s) to (%s)',
            parent || to_char(day, '_YYYYMMDD'), parent,
            signalbox.first_id_at((extract(epoch from day::timestamp) * 1000)::bigint),
            signalbox.first_id_at((extract(epoch from (day + 1)::timestamp) * 1000)::bigint));
          made := made + 1;
        exception when check_violation or duplicate_table then
          -- Rows of that day stand in the default partition already (nobody made partitions for days) and are served
          -- from there; or another process was quicker.
          null;
        end;
      end if;
    end loop;
  end loop;
  return made;
end $$;
