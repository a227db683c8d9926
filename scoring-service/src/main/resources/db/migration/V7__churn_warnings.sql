-- Who is about to be lost. The fit that this is judged by stands with the merchant's settings, like the model: whoever
-- scores holds that row, so that a new fit and the recompute that it asks for find all scores of the one before.
alter table shop add column fit_id bigint not null default 0;
comment on column shop.fit_id is 'the fit of the lifetime models that scoring goes by; 0 for none yet';
update shop set fit_id = used.fit_id
from (
  select merchant_id, max(fit_id) as fit_id from lifetime_fit where state = 'done' and as_of is null
  group by merchant_id) used
where used.merchant_id = shop.merchant_id;

alter table score add column churn text;
alter table score add column churn_since timestamptz;
alter table score add column churn_seq bigint not null default 0;
alter table score add constraint score_churn_dated check ((churn is null) = (churn_since is null));
comment on column score.churn is 'the signs that hold, joined by +; null where there is nothing to warn of';
create index score_churn on score (merchant_id, customer_id) where churn is not null;

alter table score_step drop constraint score_step_dimension;
alter table score_step add constraint score_step_dimension check (dimension in ('tier', 'group', 'stage', 'churn'));

-- Everybody is scored anew: for the warnings, and for the stage of those who were won back.
insert into recompute (merchant_id, reason, rebuild, state, requested_at)
select merchant_id, 'model', false, 'queued', now() from shop where version > 0
on conflict (merchant_id) where state = 'queued' do nothing;
