-- What reports break customers down by, copied from their record: these fields and no others. An erased customer has
-- no row.
create table customer_record (
  merchant_id int not null,
  customer_id bigint not null,
  birth_year int,
  gender text,
  region text,
  city text,
  need_type text,
  consents text[] not null default '{}',
  primary key (merchant_id, customer_id)
) with (fillfactor = 80);
comment on column customer_record.consents is 'the channels on which the customer wants to hear';
select protect_by_merchant('customer_record');

-- What each tier buys most, as it was when the shop was calibrated last: orders are read then, and not when somebody asks.
create table tier_category (
  merchant_id int not null,
  tier text not null,
  category text not null,
  customers bigint not null,
  sales bigint not null,
  kept_at timestamptz not null,
  primary key (merchant_id, tier, category)
);
select protect_by_merchant('tier_category');

-- Null for what is no review and no survey, and for what was recorded before there was this column.
alter table interaction add column rating int;

-- Paths of a period: its interactions and its orders, wherever in time it lies.
create index interaction_at on interaction (merchant_id, at, customer_id, kind);
create index purchase_order_at on purchase_order (merchant_id, ordered_at, customer_id) where counted;

-- Losses of a period, and what those customers last said.
create index score_step_lost on score_step (merchant_id, since, customer_id)
  where dimension = 'stage' and key = 'lost';
create index interaction_said on interaction (merchant_id, customer_id, at)
  where kind in ('product_reviewed', 'complained');
