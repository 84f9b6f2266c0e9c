-- The audit trail as a chain: gap-free numbers, each entry's hash over the one before it. See docs/adr/0011-audit-chain.md.

alter table settings add column version integer not null default 1;

-- Where the chain ends, the row that everybody who lengthens it takes in turn. `chain` names this chain in anchors.
create table audit_head (
  singleton boolean primary key default true check (singleton),
  chain uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  at timestamptz not null default '-infinity'
);
insert into audit_head default values;

-- Entries on their way: chained when their transaction commits, so that the head is the last thing it locks.
create table audit_pending (
  id bigint generated always as identity primary key,
  actor text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  reason text,
  before jsonb,
  after jsonb
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

alter table audit_entries
  add column seq bigint,
  add column prev bytea,
  add column hash bytea;

-- A field as its length in bytes of UTF-8 and its text, a missing one as a dash: no two rows have one text.
create function audit_field(value text) returns text language sql immutable parallel safe as
  $$ select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-') || ',' $$;

create function audit_hash(entry audit_entries) returns bytea language sql stable parallel safe as $$
  select sha256(entry.prev || convert_to(
    signalbox.audit_field(entry.seq::text)
    || signalbox.audit_field((extract(epoch from entry.at) * 1000000)::bigint::text)
    || signalbox.audit_field(entry.actor) || signalbox.audit_field(entry.action)
    || signalbox.audit_field(entry.object_kind) || signalbox.audit_field(entry.object_id)
    || signalbox.audit_field(entry.reason)
    || signalbox.audit_field(entry.before::text) || signalbox.audit_field(entry.after::text), 'UTF8'))
$$;

-- What there is already, in the order of its time.
do $$
declare
  head signalbox.audit_head;
  entry signalbox.audit_entries;
begin
  select * into head from signalbox.audit_head;
  for entry in select * from signalbox.audit_entries order by at, id loop
    entry.seq := head.seq + 1;
    entry.prev := head.hash;
    entry.hash := signalbox.audit_hash(entry);
    update signalbox.audit_entries set seq = entry.seq, prev = entry.prev, hash = entry.hash where id = entry.id;
    head.seq := entry.seq;
    head.hash := entry.hash;
    head.at := entry.at;
  end loop;
  update signalbox.audit_head set seq = head.seq, hash = head.hash, at = head.at;
end $$;

alter table audit_entries
  alter column seq set not null,
  alter column prev set not null,
  alter column hash set not null,
  add constraint audit_entries_seq unique (seq);
create index audit_entries_at on audit_entries (at, seq);
create index audit_entries_actor on audit_entries (actor, seq);
create index audit_entries_action on audit_entries (action, seq);
create index audit_entries_object_seq on audit_entries (object_kind, object_id, seq);
create index audit_entries_kind on audit_entries (object_kind, seq);
create index audit_entries_marks on audit_entries (at) where object_kind <> 'job';
drop index audit_entries_object;

-- Whoever inserts, the number, the time and the hashes are the chain's own.
create function chain_audit_entry() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$
declare
  head signalbox.audit_head;
begin
  select * into strict head from signalbox.audit_head for update;
  new.seq := head.seq + 1;
  new.at := greatest(clock_timestamp(), head.at);
  new.prev := head.hash;
  new.hash := signalbox.audit_hash(new);
  update signalbox.audit_head set seq = new.seq, hash = new.hash, at = new.at;
  return new;
end $$;
create trigger chain_audit_entry before insert on audit_entries for each row execute function chain_audit_entry();

create function enter_audit_entry() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$
begin
  delete from signalbox.audit_pending where id = new.id;
  if found then
    insert into signalbox.audit_entries (actor, action, object_kind, object_id, reason, before, after)
    values (new.actor, new.action, new.object_kind, new.object_id, new.reason, new.before, new.after);
  end if;
  return null;
end $$;
create constraint trigger enter_audit_entry after insert on audit_pending
  deferrable initially deferred for each row execute function enter_audit_entry();

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  -- The head moves with the chain: its update comes from within the trigger above.
  if tg_table_name = 'audit_head' and tg_op = 'UPDATE' and pg_trigger_depth() > 1 then
    return null;
  end if;
  raise exception 'the audit trail is only ever added to: % of % refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege',
      hint = 'A correction is a new entry. See docs/guide/audit.md.';
end $$;
create trigger refuse_audit_change before update or delete or truncate on audit_entries
  for each statement execute function refuse_audit_change();
create trigger refuse_audit_change before insert or update or delete or truncate on audit_head
  for each statement execute function refuse_audit_change();
-- A pending entry could otherwise be taken back before it is entered.
create function refuse_pending_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return null;
  end if;
  raise exception 'the audit trail is only ever added to: % of % refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege',
      hint = 'A correction is a new entry. See docs/guide/audit.md.';
end $$;
create trigger refuse_pending_change before update or delete or truncate on audit_pending
  for each statement execute function refuse_pending_change();

-- How far a dispatcher has checked the chain, for the console; proof is `signalbox audit verify`.
create table audit_checks (
  singleton boolean primary key default true check (singleton),
  seq bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  at timestamptz not null default '-infinity',
  checked_at timestamptz,
  lap_seq bigint not null default 0,
  lap_hash bytea not null default decode(repeat('00', 32), 'hex'),
  lap_at timestamptz not null default '-infinity',
  lap_ended_at timestamptz,
  fault jsonb,
  anchored_seq bigint not null default 0,
  anchored_at timestamptz
);
insert into audit_checks default values;

-- Days whose jobs are past their keeping and are still there, and why.
create table kept_days (
  day date primary key,
  why text not null check (why in ('receipts', 'open-jobs', 'busy')),
  open_jobs integer,
  at timestamptz not null default clock_timestamp()
);
