-- Coarser sums, so that the charts of a day and the failures of a week are read in a few thousand rows.

-- Counters by ten minutes, rolled up from the minutes by the dispatcher.
create table metrics_10m (like metrics_1m);
alter table metrics_10m add primary key (at_ms, lane, class);
create index metrics_10m_lane on metrics_10m (lane, at_ms);
-- The charts show a day; older minutes stay as they are.
insert into rollups (name, done_until_ms) values ('metrics_10m', (now_ms() - 172800000) / 600000 * 600000);

-- Failures by group alone, counted in the transaction that counts them by lane and version: most questions ask for no more.
create table failure_totals (
  grain_ms integer not null check (grain_ms in (60000, 600000, 3600000)),
  at_ms bigint not null,
  fingerprint text not null,
  attempts integer not null,
  deaths integer not null,
  primary key (grain_ms, at_ms, fingerprint)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index failure_totals_group on failure_totals (fingerprint, grain_ms, at_ms);

insert into failure_totals (grain_ms, at_ms, fingerprint, attempts, deaths)
  select grain_ms, at_ms, fingerprint, sum(attempts), sum(deaths) from failure_counts group by 1, 2, 3;
