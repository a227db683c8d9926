-- The merchant's settings, copied from the topic. Version 0 stands for a merchant whose event has not come yet:
-- nothing is scored until then, since nobody knows when its days begin.
create table shop (
  merchant_id int primary key,
  version bigint not null default 0,
  time_zone text not null default 'UTC',
  currency text not null default 'CNY',
  locale text not null default 'zh-CN',
  non_product_codes text[] not null default '{}',
  model_version int not null default 0,
  calibration_no int not null default 0
);
select protect_by_merchant('shop');

-- One row a customer: the purchase days, and what was bought and kept on each. Its row lock is the customer's lock:
-- whoever scores or changes facts holds it. No other index than by the merchant's own id, which never changes, so
-- that updates stay within the page.
create table history (
  merchant_id int not null,
  customer_id bigint not null,
  customer_version bigint not null default 0,
  external_id text,
  created_at timestamptz,
  erased boolean not null default false,
  days int[] not null default '{}',
  orders int[] not null default '{}',
  amounts bigint[] not null default '{}',
  promotions int[] not null default '{}',
  unscored_live boolean not null default false,
  primary key (merchant_id, customer_id),
  constraint history_days_align check (
    cardinality(days) = cardinality(orders) and cardinality(days) = cardinality(amounts)
    and cardinality(days) = cardinality(promotions))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
comment on column history.days is 'purchase days in order, counted from 1970-01-01 in the merchant''s zone';
comment on column history.promotions is 'how many of the day''s orders were made in a big promotion';
comment on column history.unscored_live is 'a live order came while the merchant was unknown';
create index history_external_id on history (merchant_id, external_id) where external_id is not null;
select protect_by_merchant('history');

-- The orders themselves, for corrections and for proof: what each adds to its customer's history.
create table purchase_order (
  merchant_id int not null,
  customer_id bigint not null,
  order_id bigint not null,
  version bigint not null,
  status text not null,
  ordered_at timestamptz not null,
  big_promotion boolean not null,
  counted boolean not null,
  day int not null,
  amount bigint not null,
  primary key (merchant_id, customer_id, order_id)
) with (fillfactor = 90);
-- An order may come again under another customer; its version decides, so it must be found by its own id.
create unique index purchase_order_once on purchase_order (merchant_id, order_id);
select protect_by_merchant('purchase_order');

create table order_line (
  merchant_id int not null,
  customer_id bigint not null,
  order_id bigint not null,
  line_no int not null,
  product_code text,
  product_name text,
  category text,
  kept_quantity bigint not null,
  kept_amount bigint not null,
  primary key (merchant_id, customer_id, order_id, line_no)
);
create index order_line_product on order_line (merchant_id, product_code, customer_id);
select protect_by_merchant('order_line');

-- How many customers ever bought, and how many orders count, kept in several rows so that batches seldom wait for each other.
create table shop_size (
  merchant_id int not null,
  shard int not null,
  buyers bigint not null,
  orders bigint not null,
  primary key (merchant_id, shard)
) with (fillfactor = 20);
select protect_by_merchant('shop_size');

create table interaction (
  merchant_id int not null,
  customer_id bigint not null,
  interaction_id bigint not null,
  kind text not null,
  at timestamptz not null,
  primary key (merchant_id, customer_id, interaction_id)
);
select protect_by_merchant('interaction');
