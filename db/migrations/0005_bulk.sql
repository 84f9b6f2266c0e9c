-- Bulk operations: one act on a frozen set of jobs, done in batches at a set pace by the dispatcher.

-- Where a cancelled job was taken from, so that it can go back there within the recall window: its state, due time and
-- hold. Null for a job that was running: what its worker did cannot be taken back.
alter table cancelled add column place jsonb;

-- Taking back: a cancelled job returns to the place it had.
insert into transitions values
  ('cancelled', 'pending'),
  ('cancelled', 'scheduled'),
  ('cancelled', 'retryable');

create table bulk_operations (
  id bigint primary key,
  action text not null check (action in ('retry', 'cancel', 'reprioritise', 'move', 'discard', 'restore')),
  -- The queue of a move, the class of a reprioritise.
  params jsonb not null default '{}',
  -- What the set was made of: a filter of jobs, or null for a list of ids or the jobs of another operation.
  filter jsonb,
  -- The operation whose jobs are taken back.
  takes_back bigint references bulk_operations,
  reason text,
  actor text not null,
  state text not null check (state in ('freezing', 'running', 'paused', 'completed', 'halted', 'aborted')),
  -- While the set is being made: the cursor of the next page of the filter. Null once it is whole.
  freeze_cursor text,
  -- The count an operator typed for a destructive act; the set may not grow far beyond it.
  confirmed integer,
  matched integer not null default 0,
  -- Items dealt with, in their order: taken = done + failed + skipped.
  taken integer not null default 0,
  done integer not null default 0,
  failed integer not null default 0,
  skipped integer not null default 0,
  -- Pace and halting; see core/bulk/bulk-guard.ts and decide-release.ts.
  guard jsonb not null,
  -- Where the present canary begins (it begins anew with each resume), and how the ramp stands.
  guard_from integer not null default 0,
  canary_passed boolean not null default false,
  ramped integer not null default 0,
  ramp_ms integer not null default 0,
  ticked_at_ms bigint,
  -- The latest verdict on the jobs watched, and why it stopped by itself or by hand.
  verdict jsonb,
  halt jsonb,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  check (taken = done + failed + skipped and taken <= matched)
) with (fillfactor = 50);
create index bulk_operations_live on bulk_operations (id) where state in ('freezing', 'running');
create index bulk_operations_open on bulk_operations (id) where finished_at is null;

-- The frozen set, in the order in which it is done (newest job first). An outcome is written once.
create table bulk_items (
  operation_id bigint not null,
  ordinal integer not null,
  job_id bigint not null,
  outcome text check (outcome in ('done', 'failed', 'skipped')),
  detail text,
  -- Attempts the job had when it was its turn: later ones tell how it fared since.
  attempt integer,
  at_ms bigint,
  primary key (operation_id, ordinal)
) with (fillfactor = 70);
create index bulk_items_outcome on bulk_items (operation_id, outcome, ordinal) where outcome is not null;
