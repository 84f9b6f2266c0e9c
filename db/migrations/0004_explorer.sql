-- The jobs explorer: views that people keep, and jobs found by the queue they were moved to.

create table saved_views (
  id integer generated always as identity primary key,
  owner text not null,
  name text not null check (length(name) between 1 and 60),
  query text not null check (length(query) <= 2000),
  columns text[] not null,
  shared boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (owner, name)
);
create index saved_views_shared on saved_views (name, id) where shared;

-- The view that a person's list begins with.
create table saved_view_pins (
  owner text primary key,
  view_id integer not null references saved_views on delete cascade
);
create index saved_view_pins_view on saved_view_pins (view_id);

-- A job that was moved stands in jobs under its first lane: a list by queue finds it here.
create index amendments_lane on amendments (lane, job_id) where lane is not null;
