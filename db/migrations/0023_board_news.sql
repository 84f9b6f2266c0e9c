-- Consoles read the Board once a second while something moves and less often while nothing does. What changes it without
-- a job moving, they are told: acts of people, and alerts.
create function tell_board_news() returns trigger language plpgsql as $$
begin
  perform pg_notify('signalbox_board', '');
  return null;
end $$;
create trigger audit_pending_news after insert on audit_pending for each statement execute function tell_board_news();
create trigger alerts_opened after insert on alerts for each statement execute function tell_board_news();
create trigger alerts_changed after update on alerts for each row
  when ((old.cleared_at_ms, old.acknowledged_at_ms, old.severity) is distinct from (new.cleared_at_ms, new.acknowledged_at_ms, new.severity))
  execute function tell_board_news();
