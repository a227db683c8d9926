-- Which transaction wrote each customer's score last: what a reader follows. Apart from the score, as the review is,
-- because it changes with every change and is indexed: the score's own rows stay within their page.
create table score_change (
  merchant_id int not null,
  customer_id bigint not null,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (merchant_id, customer_id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
comment on column score_change.changed_xid is
  'in the order in which transactions begin; complete below the oldest that is under way';
create index score_change_in_order on score_change (merchant_id, changed_xid, customer_id);
select protect_by_merchant('score_change');

insert into score_change (merchant_id, customer_id) select merchant_id, customer_id from score;

-- A recompute that was paused keeps its place, and its ranges, until it goes on or is cancelled.
alter table recompute drop constraint recompute_state;
alter table recompute add constraint recompute_state check (
  state in ('queued', 'running', 'paused', 'done', 'failed', 'cancelled'));
