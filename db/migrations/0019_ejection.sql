-- Workers that failed far more than their peers: out (no jobs), probed (one job at a time), or returned and watched.
create table worker_ejections (
  worker_id bigint primary key,
  phase text not null check (phase in ('ejected', 'probing', 'returned')),
  since_ms bigint not null,
  until_ms bigint,
  times integer not null check (times >= 1),
  definition text not null
);
