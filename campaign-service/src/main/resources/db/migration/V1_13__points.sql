-- Points (积分), in a ledger of double entry: what a customer gets some account of the shop gives, and the other way round.
create table point_rule (
  merchant_id int primary key,
  revision int not null,
  rules jsonb not null,
  since timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null
);
comment on column point_rule.since is 'orders from then on earn points';
select protect_by_merchant('point_rule');

create table point_posting (
  merchant_id int not null,
  customer_id bigint not null,
  id bigint generated always as identity,
  kind text not null constraint point_posting_kind_known
    check (kind in ('earned', 'taken-back', 'granted', 'spent', 'given-back', 'expired')),
  reference text not null,
  reason text,
  at timestamptz not null,
  primary key (merchant_id, customer_id, id),
  constraint point_posting_once unique (merchant_id, reference)
);
comment on column point_posting.reference is 'what it is for: it is posted once';
select protect_by_merchant('point_posting');

create table point_entry (
  merchant_id int not null,
  customer_id bigint not null,
  posting_id bigint not null,
  account text not null constraint point_entry_account_known
    check (account in ('customer', 'issued', 'redeemed', 'expired')),
  points bigint not null constraint point_entry_says_something check (points <> 0),
  primary key (merchant_id, customer_id, posting_id, account),
  foreign key (merchant_id, customer_id, posting_id) references point_posting (merchant_id, customer_id, id)
);
select protect_by_merchant('point_entry');

create table point_balance (
  merchant_id int not null,
  customer_id bigint not null,
  points bigint not null default 0,
  primary key (merchant_id, customer_id)
) with (fillfactor = 80);
comment on column point_balance.points is 'less than nothing where an order was given back whose points were spent';
select protect_by_merchant('point_balance');

-- What is left of each credit: the first to expire is spent first.
create table point_lot (
  merchant_id int not null,
  customer_id bigint not null,
  posting_id bigint not null,
  points_left bigint not null constraint point_lot_not_negative check (points_left >= 0),
  expires_at timestamptz,
  primary key (merchant_id, customer_id, posting_id)
) with (fillfactor = 80);
create index point_lot_due on point_lot (expires_at) where points_left > 0;
select protect_by_merchant('point_lot');

-- What each order has earned so far, and by which rule and multiplier: what it is corrected by later.
create table point_order (
  merchant_id int not null,
  order_id bigint not null,
  customer_id bigint not null,
  version bigint not null,
  per_unit numeric(6, 2) not null,
  multiplier numeric(6, 2) not null,
  points bigint not null,
  primary key (merchant_id, order_id)
);
select protect_by_merchant('point_order');

alter table coupon add column points_price bigint constraint coupon_points_price_positive check (points_price > 0);
comment on column coupon.points_price is 'for how many points a customer gets a code; null where for none';
