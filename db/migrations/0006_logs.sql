-- What handlers say through ctx.log, kept by attempt: bounded when it is written, redacted before, dropped with its
-- job's partition.
create table attempt_logs (
  job_id bigint not null,
  attempt integer not null,
  seq integer not null check (seq >= 1),
  at_ms bigint not null,
  level text not null check (level in ('info', 'warn', 'error')),
  message text not null,
  facts json,
  primary key (job_id, attempt, seq)
) partition by range (job_id);
create table attempt_logs_default partition of attempt_logs default;

-- What is redacted beside the built-in set; every edit is a new version.
create table redaction_versions (
  version integer primary key check (version >= 1),
  settings jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null
);

-- Every table that is partitioned by a job's id gets its days, so that a new one need not be named here.
create or replace function ensure_partitions(first_day date, days integer) returns integer language plpgsql as $$
declare
  parent text;
  day date;
  made integer := 0;
begin
  for parent in
    select c.relname from pg_partitioned_table p
      join pg_class c on c.oid = p.partrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
    where c.relnamespace = 'signalbox'::regnamespace and p.partstrat = 'r' and p.partnatts = 1 and p.partdefid <> 0
      and a.attname in ('id', 'job_id') and a.atttypid = 'bigint'::regtype
    order by c.oid
  loop
    for i in 0 .. days - 1 loop
      day := first_day + i;
      if to_regclass(format('signalbox.%I', parent || to_char(day, '_YYYYMMDD'))) is null then
        begin
          execute format(
            'create table signalbox.%I partition of signalbox.%I for values from (%s) to (%s)',
            parent || to_char(day, '_YYYYMMDD'), parent,
            signalbox.first_id_at((extract(epoch from day::timestamp) * 1000)::bigint),
            signalbox.first_id_at((extract(epoch from (day + 1)::timestamp) * 1000)::bigint));
          made := made + 1;
        exception when check_violation or duplicate_table then
          -- Rows of that day stand in the default partition already (nobody made partitions for days) and are served
          -- from there; or another process was quicker.
          null;
        end;
      end if;
    end loop;
  end loop;
  return made;
end $$;
