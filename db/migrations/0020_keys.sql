-- Concurrency keys. A keyed job of a queue that limits its keys waits in `held` until a dispatcher admits it: nothing
-- that may not run stands in `ready`. See docs/adr/0020-concurrency-keys.md.
alter table jobs add column concurrency_key text;
alter table queues add column fair boolean not null default false;
-- With a lease a job: whose definition is counted against a cap.
alter table leases add column definition_id integer;
create index leases_definition on leases (definition_id) where definition_id is not null;

-- A queue that limits its keys, or once did: the lock under which its jobs are admitted, and where its stride stands.
create table key_lines (
  queue_id integer primary key references queues,
  -- Since when it limits them; what stood in line before is looked through until swept.
  since_ms bigint not null,
  swept boolean not null default false,
  -- Virtual time of fair admission, one a class.
  bases double precision[] not null default '{0,0,0,0,0}'
) with (fillfactor = 50);

-- A keyed job that is in line or running.
create table key_slots (
  job_id bigint primary key,
  queue_id integer not null,
  key text collate "C" not null,
  class smallint not null,
  -- Its place in line: when it was admitted in a fair queue, and when it was due in others.
  place_ms bigint not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
create index key_slots_key on key_slots (queue_id, key, job_id);

-- How far a key of a fair queue is ahead of the virtual time of its class; a key that is not has no row.
create table key_passes (
  queue_id integer not null,
  class smallint not null,
  key text collate "C" not null,
  pass double precision not null,
  primary key (queue_id, class, key)
) with (fillfactor = 70, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- Its rows may now live for moments, as those of ready do.
alter table held set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
  vacuum_truncate = off);
-- References are `<queue id> <key>`: in byte order those of one queue stand together, whatever the database's collation.
create index held_key on held (reference collate "C", class, run_at_ms, id) where reason = 'concurrency-key';
