-- Whoever holds a stream of a session open hears at once that it has ended, and need not ask again and again.
create function tell_session_end() returns trigger language plpgsql as $$
begin
  perform pg_notify('signalbox_sessions', '');
  return null;
end $$;
create trigger sessions_end after delete on sessions for each statement execute function tell_session_end();
