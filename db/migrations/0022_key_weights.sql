-- Shares of concurrency keys in a fair queue: {"<key>": weight}; a key that is not there has weight 1.
alter table queues add column key_weights jsonb not null default '{}';

-- Jobs of one concurrency key, newest first: the explorer, bulk operations, and the keys of a queue lead there. Jobs
-- without a key have no entry.
create index jobs_concurrency on jobs (concurrency_key, id) where concurrency_key is not null;
