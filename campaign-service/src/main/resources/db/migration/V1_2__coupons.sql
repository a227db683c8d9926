create sequence coupon_id_seq increment 1;

create table coupon (
  merchant_id int not null,
  id bigint not null unique default nextval('coupon_id_seq'),
  revision int not null default 0,
  name text not null,
  kind text not null constraint coupon_kind_known
    check (kind in ('percent', 'amount', 'threshold', 'free-shipping', 'gift')),
  percent_off numeric(5, 2) constraint coupon_percent_sensible check (percent_off > 0 and percent_off <= 100),
  amount_off bigint constraint coupon_amount_positive check (amount_off > 0),
  minimum_spend bigint constraint coupon_minimum_not_negative check (minimum_spend >= 0),
  gift text,
  valid_until timestamptz,
  valid_for text,
  stock bigint constraint coupon_stock_not_negative check (stock >= 0),
  per_customer int constraint coupon_per_customer_positive check (per_customer > 0),
  issued bigint not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (merchant_id, id),
  constraint coupon_issued_within_stock check (stock is null or issued <= stock)
);

create table coupon_code (
  merchant_id int not null,
  customer_id bigint not null,
  id bigint generated always as identity,
  coupon_id bigint not null,
  code text not null,
  campaign_id bigint,
  enrolment_id bigint,
  state text not null default 'issued' constraint coupon_code_state_known
    check (state in ('issued', 'redeemed', 'voided')),
  issued_at timestamptz not null,
  valid_until timestamptz,
  redeemed_at timestamptz,
  order_id text,
  primary key (merchant_id, customer_id, id),
  foreign key (merchant_id, coupon_id) references coupon (merchant_id, id),
  constraint coupon_code_unique unique (merchant_id, code),
  constraint coupon_code_redeemed_by_an_order check ((state = 'redeemed') = (order_id is not null))
);

comment on column coupon_code.order_id is 'the merchant''s own id of the order that used it';

create index coupon_code_of_coupon on coupon_code (merchant_id, coupon_id, customer_id);

select protect_by_merchant('coupon');
select protect_by_merchant('coupon_code');
