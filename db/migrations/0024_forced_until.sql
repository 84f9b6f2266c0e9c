-- How long an operator's word on a breaker counts; null until somebody takes it back.
alter table breakers add column forced_until_ms bigint;
