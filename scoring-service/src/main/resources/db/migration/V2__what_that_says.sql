create table model (
  merchant_id int not null,
  version int not null,
  name text not null,
  state text not null,
  definition jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  activated_at timestamptz,
  edition int not null default 0,
  primary key (merchant_id, version),
  constraint model_state check (state in ('draft', 'active', 'retired'))
);
create unique index model_one_active on model (merchant_id) where state = 'active';
select protect_by_merchant('model');

-- What a model version learned from the shop, each time it learned something else.
create table calibration (
  merchant_id int not null,
  calibration_no int not null,
  model_version int not null,
  at timestamptz not null,
  buyers bigint not null,
  recency_days double precision,
  frequency double precision,
  monetary double precision,
  pooled_cycle_days double precision,
  customers_cycle_days double precision,
  intervals bigint not null,
  repeat_buyers bigint not null,
  primary key (merchant_id, calibration_no)
);
select protect_by_merchant('calibration');

-- When each shop learned last: its row is locked while it learns, so that one replica does.
create table calibration_state (
  merchant_id int primary key,
  calibrated_at timestamptz,
  due_at timestamptz,
  buyers bigint not null default 0,
  orders bigint not null default 0
);
select protect_by_merchant('calibration_state');

create table product (
  merchant_id int not null,
  code text not null,
  version bigint not null,
  name text,
  category text,
  lasts_days double precision,
  primary key (merchant_id, code)
);
select protect_by_merchant('product');

create table learned_cycle (
  merchant_id int not null,
  kind text not null,
  key text not null,
  days double precision not null,
  customers bigint not null,
  primary key (merchant_id, kind, key),
  constraint learned_cycle_kind check (kind in ('product', 'category'))
);
select protect_by_merchant('learned_cycle');

-- One row for each customer and product that will be needed again.
create table forecast (
  merchant_id int not null,
  customer_id bigint not null,
  product_code text not null,
  product_name text,
  cause_order_id bigint not null,
  bought_at timestamptz not null,
  runs_out_at timestamptz not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  basis text not null,
  cycle_days double precision not null,
  primary key (merchant_id, customer_id, product_code)
) with (fillfactor = 80);
select protect_by_merchant('forecast');

-- The scorecard as last published. What people filter by is indexed; a new amount alone touches no index.
create table score (
  merchant_id int not null,
  customer_id bigint not null,
  version bigint not null,
  model_version int not null,
  scored_at timestamptz not null,
  frequency bigint not null,
  monetary bigint not null,
  last_order_day date,
  tier text not null,
  tier_rank int not null,
  falls_at timestamptz,
  rfm_group text,
  stage text not null,
  open_windows text not null,
  tier_seq bigint not null,
  group_seq bigint not null,
  stage_seq bigint not null,
  told_at timestamptz,
  primary key (merchant_id, customer_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
comment on column score.told_at is 'when a change was last published that may start campaigns';
comment on column score.open_windows is 'product and order of each open repurchase window';
create index score_tier on score (merchant_id, tier, customer_id);
create index score_group on score (merchant_id, rfm_group, customer_id);
create index score_stage on score (merchant_id, stage, customer_id);
select protect_by_merchant('score');

-- When each customer's scorecard could change by time alone. Apart from the score, because it changes with nearly
-- every order and is indexed: this row is the narrow one to rewrite.
create table review (
  merchant_id int not null,
  customer_id bigint not null,
  due_at timestamptz not null,
  primary key (merchant_id, customer_id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index review_due on review (due_at);
select protect_by_merchant('review');

-- Every tier change, group and stage entered, numbered for each customer from 1 without gaps.
create table score_step (
  merchant_id int not null,
  customer_id bigint not null,
  dimension text not null,
  seq bigint not null,
  key text not null,
  rank int not null,
  previous text,
  previous_rank int not null,
  since timestamptz not null,
  reason_zh text not null,
  reason_en text not null,
  model_version int not null,
  backfill boolean not null,
  primary key (merchant_id, customer_id, dimension, seq),
  constraint score_step_dimension check (dimension in ('tier', 'group', 'stage'))
);
select protect_by_merchant('score_step');
