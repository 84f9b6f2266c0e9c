-- Jobs asked to give up their slot at their next checkpoint, for urgent work that found none free.
create table preempt_requests (
  job_id bigint primary key,
  worker_id bigint not null,
  lease_id bigint not null,
  requested_at_ms bigint not null
);
create index preempt_requests_worker on preempt_requests (worker_id);
