-- Alerts: what stalls or fails, since when and why, who has taken it on, and who is told.

-- What the dispatcher remembers between two looks (core/alert/watch-alerts.ts), one row for all keys.
create table alert_watch (
  singleton boolean primary key default true check (singleton),
  at_ms bigint not null,
  body jsonb not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0);

create table alerts (
  id bigint generated always as identity primary key,
  key text not null,
  kind text not null,
  severity text not null check (severity in ('warning', 'critical')),
  object_kind text not null,
  object_id text not null,
  -- Evidence, cause, what was ruled out, what to do; as last seen.
  body jsonb not null,
  since_ms bigint not null,
  opened_at_ms bigint not null,
  seen_at_ms bigint not null,
  cleared_at_ms bigint,
  -- How often it came back within ten minutes of having cleared.
  reopened integer not null default 0,
  acknowledged_at_ms bigint,
  acknowledged_by text,
  acknowledged_note text,
  escalated_at_ms bigint,
  -- What a policy did about it, once: {action, atMs}.
  acted jsonb,
  check ((acknowledged_at_ms is null) = (acknowledged_by is null))
) with (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0);
create unique index alerts_open on alerts (key) where cleared_at_ms is null;
create index alerts_past on alerts (id) where cleared_at_ms is not null;
create index alerts_key on alerts (key, id);

-- What is known and wanted by nobody for a while: one alert by its key, a kind, an object, or a kind of an object.
create table alert_silences (
  id bigint generated always as identity primary key,
  key text,
  kind text,
  object_kind text,
  object_id text,
  reason text not null,
  created_by text not null,
  created_at_ms bigint not null default now_ms(),
  until_ms bigint not null,
  ended_by text,
  ended_at_ms bigint,
  check ((object_kind is null) = (object_id is null)),
  check (num_nonnulls(key, kind, object_id) >= 1)
);
create index alert_silences_live on alert_silences (until_ms) where ended_at_ms is null;

-- Running jobs that are to begin anew: cancelled on their workers, put in line again when they have ended.
create table job_restarts (
  job_id bigint primary key,
  actor text not null,
  reason text,
  asked_at_ms bigint not null default now_ms()
);

create table webhooks (
  id bigint generated always as identity primary key,
  name text not null unique,
  url text not null,
  -- What the signature is made with; never read by anything but the sender.
  secret text not null,
  kinds text[] not null default '{}',
  enabled boolean not null default true,
  version integer not null default 1,
  created_by text not null,
  created_at_ms bigint not null default now_ms()
);

create table webhook_deliveries (
  id bigint generated always as identity primary key,
  webhook_id bigint not null references webhooks on delete cascade,
  alert_id bigint,
  event text not null,
  body jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  sends integer not null default 0,
  created_at_ms bigint not null default now_ms(),
  next_at_ms bigint not null default now_ms(),
  ended_at_ms bigint,
  -- Of the last send: the HTTP status, what went wrong, and how long it took.
  status integer,
  problem text,
  took_ms integer
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_at_ms, id) where state = 'waiting';
create index webhook_deliveries_of on webhook_deliveries (webhook_id, id);
create index webhook_deliveries_ended on webhook_deliveries (ended_at_ms) where ended_at_ms is not null;

-- Workers that fell silent lately are looked for every two seconds.
create index workers_lost on workers (ended_at) where state = 'lost';
