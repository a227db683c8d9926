-- Readers of the changes are told of who was erased, too: the row stays as a mark for a time.
alter table score_change add column erased_at timestamptz;
comment on column score_change.erased_at is 'null while the customer is with the shop; the row goes 90 days after';
create index score_change_erased on score_change (erased_at) where erased_at is not null;

-- The last change of those whose mark is gone: who has not read so far, has to begin anew.
create table score_change_dropped (
  merchant_id int primary key,
  changed_xid xid8 not null
);
select protect_by_merchant('score_change_dropped');

-- Of those who were erased before nothing stays that somebody wrote about them, and readers hear of them now.
delete from tier_pin p using history h
where h.merchant_id = p.merchant_id and h.customer_id = p.customer_id and h.erased;
update score_step t set reason_zh = '客户已删除', reason_en = 'the customer was erased'
from history h
where h.merchant_id = t.merchant_id and h.customer_id = t.customer_id and h.erased;
update score_change c set changed_xid = default, erased_at = now()
from history h
where h.merchant_id = c.merchant_id and h.customer_id = c.customer_id and h.erased;

-- A recompute that changes everybody writes each row of a page once: with half of the page free they all stay there, and
-- no index is touched. Pages that are there already get their room as their rows move.
alter table score set (fillfactor = 50);
