-- People who sign in to the console. Of what they hold (password, session, link) only a hash is kept.

create table users (
  id text primary key,
  login text not null unique check (login = lower(login)),
  display_name text not null,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  password_hash text not null,
  password_changed_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  disabled_at timestamptz,
  last_seen_at timestamptz
);

-- One row a browser that is signed in; gone when the session ends. The key is the SHA-256 of a 256-bit id.
create table sessions (
  hash bytea primary key,
  id text not null unique,
  user_id text not null references users (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  address text not null,
  agent text not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

-- One-time links: they make the first admin, let somebody in, or set a new password.
create table sign_in_links (
  id text primary key,
  hash bytea not null unique,
  kind text not null check (kind in ('first-admin', 'demo', 'invite', 'reset')),
  login text check (login = lower(login)),
  display_name text,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  user_id text references users (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  voided_at timestamptz,
  check ((kind = 'reset') = (user_id is not null)),
  check (kind <> 'invite' or login is not null)
);
create index sign_in_links_expiry on sign_in_links (expires_at);

-- For the throttle. The account is the SHA-256 of what was typed as the login name, which may be no account's, and may
-- by mistake be a password.
create table sign_in_failures (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  account bytea not null,
  address text not null
);
create index sign_in_failures_account on sign_in_failures (account, at);
create index sign_in_failures_address on sign_in_failures (address, at);
create index sign_in_failures_age on sign_in_failures (at);
