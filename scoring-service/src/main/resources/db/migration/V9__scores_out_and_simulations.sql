-- A recompute that was paused keeps its place, and its ranges, until it goes on or is cancelled.
alter table recompute drop constraint recompute_state;
alter table recompute add constraint recompute_state check (
  state in ('queued', 'running', 'paused', 'done', 'failed', 'cancelled'));
