-- What holds work back from what is broken: dependencies with their breakers, rates and retry budgets, and the feed of
-- everything the system did by itself.

-- A service that definitions name. version guards its settings against two editors at once.
create table dependencies (
  id integer generated always as identity primary key,
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  settings jsonb not null default '{}',
  version integer not null default 1 check (version >= 1),
  created_at timestamptz not null default clock_timestamp()
);
insert into dependencies (name)
select distinct named from definition_versions v, jsonb_array_elements_text(v.body -> 'dependencies') as named
where jsonb_typeof(v.body -> 'dependencies') = 'array'
order by named;

-- The gate of each dependency that is not simply open, and what the policy remembers of it (body). Without a row it is
-- closed and unlimited. forced: an operator's word, above the policy's.
create table breakers (
  dependency_id integer primary key references dependencies on delete cascade,
  state text not null check (state in ('closed', 'open', 'half-open', 'recovering')),
  forced text check (forced in ('open', 'closed')),
  forced_by text,
  forced_reason text,
  since_ms bigint not null,
  until_ms bigint,
  rate_per_second real check (rate_per_second > 0),
  multiplier real not null default 1 check (multiplier >= 1),
  slow_ms real,
  body jsonb not null default '{}',
  check ((forced is null) = (forced_by is null))
) with (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);

-- Tokens of dependencies whose starts are limited (a rate, a ramp, probes), in parts of a token; see
-- core/flow/token-bucket.ts. Locked through the dependency's row.
create table dependency_buckets (
  dependency_id integer primary key references dependencies on delete cascade,
  count integer not null check (count >= 1),
  per_ms integer not null check (per_ms >= 1),
  level bigint not null check (level >= 0),
  at_ms bigint not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);

-- What attempts came to, by dependency, as each process counted it in a tenth of a second; kept for ten minutes.
create table dependency_outcomes (
  id bigint generated always as identity primary key,
  at_ms bigint not null,
  source bigint not null,
  dependency_id integer not null,
  succeeded integer not null,
  failed integer not null,
  refused integer not null,
  slow integer not null,
  overdue integer not null,
  first_starts integer not null,
  retry_starts integer not null,
  duration_ms_sum float8 not null,
  in_flight integer not null,
  durations integer[]
) with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_cost_delay = 0);
create index dependency_outcomes_time on dependency_outcomes (at_ms);

-- The same by the minute, for the pages; durations as in metrics_1m.
create table dependency_minutes (
  dependency_id integer not null references dependencies on delete cascade,
  at_ms bigint not null,
  succeeded bigint not null,
  failed bigint not null,
  refused bigint not null,
  slow bigint not null,
  first_starts bigint not null,
  retry_starts bigint not null,
  durations integer[],
  primary key (dependency_id, at_ms)
);

-- Retries that may still be promoted, by dependency or definition: a state of core/breaker/retry-budget.ts.
create table retry_budgets (
  kind text not null check (kind in ('dependency', 'definition')),
  reference integer not null,
  body jsonb not null,
  at_ms bigint not null,
  primary key (kind, reference)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0);

-- Everything the system did by itself: why, with figures, and how to take it back.
create table automation_events (
  id bigint generated always as identity primary key,
  at_ms bigint not null default now_ms(),
  kind text not null,
  object_kind text not null,
  object_id text not null,
  cause text not null,
  figures jsonb not null default '{}',
  undo jsonb,
  undone_by text,
  undone_at timestamptz
);
create index automation_events_object on automation_events (object_kind, object_id, id);
create index automation_events_time on automation_events (at_ms);

-- How often the retry budget has put a retry off since its failure; its due time is then the budget's, not the backoff's.
alter table scheduled add column deferrals smallint not null default 0;
