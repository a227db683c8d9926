-- What a customer did besides ordering and which categories they bought, by day: kept by differences, as purchases are,
-- so that scoring still reads one row.
alter table history
  add column promotion_amounts bigint[] not null default '{}',
  add column acts int[] not null default '{}',
  add column bought int[] not null default '{}',
  add column categories text[] not null default '{}';
comment on column history.promotion_amounts is 'what was kept of the day''s big-promotion orders';
comment on column history.acts is 'five numbers a day: the day, visits, other acts, ratings, the sum of the ratings';
comment on column history.bought is 'two numbers for each category and day: the day, and the lines kept';
update history h set promotion_amounts = a.amounts
from (
  select merchant_id, customer_id, array_agg(coalesce(amount, 0) order by day) as amounts
  from (
    select h.merchant_id, h.customer_id, d.day, sum(o.amount) filter (where o.big_promotion) as amount
    from history h cross join unnest(h.days) as d (day)
    left join purchase_order o
      on o.merchant_id = h.merchant_id and o.customer_id = h.customer_id and o.day = d.day and o.counted
    group by h.merchant_id, h.customer_id, d.day) by_day
  group by merchant_id, customer_id) a
where h.merchant_id = a.merchant_id and h.customer_id = a.customer_id;
alter table history drop constraint history_days_align, add constraint history_days_align check (
  cardinality(days) = cardinality(orders) and cardinality(days) = cardinality(amounts)
  and cardinality(days) = cardinality(promotions) and cardinality(days) = cardinality(promotion_amounts)
  and cardinality(acts) % 5 = 0 and cardinality(bought) = 2 * cardinality(categories));

-- What customers made of campaigns: opened, clicked, redeemed.
create table engagement (
  merchant_id int not null,
  customer_id bigint not null,
  engagement_id text not null,
  kind text not null,
  campaign_id bigint not null,
  at timestamptz not null,
  primary key (merchant_id, customer_id, engagement_id)
);
select protect_by_merchant('engagement');

-- Days and acts of what was recorded before are made by the recompute that each shop is given here.
insert into recompute (merchant_id, reason, rebuild, state, requested_at)
select merchant_id, 'settings', true, 'queued', now() from shop where version > 0
on conflict (merchant_id) where state = 'queued' do update set rebuild = true, products = null;

alter table calibration add column limits jsonb not null default '{}';
comment on column calibration.limits is 'thresholds of bins, by the name of their dimension';

alter table score add column classes text not null default '';
comment on column score.classes is 'name=class of each, in the order of the rules';
