-- How many attempts a worker that adapts its concurrency runs at once now, and why; null for one that does not.
alter table workers
  add column slot_limit integer check (slot_limit > 0),
  add column limit_because text;
