-- What campaigns begin with besides a score: orders, carts, days, events of the shop's own.

-- Each order as it was last told.
create table order_state (
  merchant_id int not null,
  customer_id bigint not null,
  order_id bigint not null,
  version bigint not null,
  external_id text,
  status text,
  ordered_at timestamptz not null,
  products text[] not null default '{}',
  primary key (merchant_id, customer_id, order_id)
);

comment on column order_state.status is 'null where the order was read before this table was made, and not since';

insert into order_state (merchant_id, customer_id, order_id, version, ordered_at, products)
select merchant_id, customer_id, order_id, max(o.version), min(p.ordered_at), array_agg(p.product_code)
from purchase p join purchase_order o using (merchant_id, customer_id, order_id)
group by merchant_id, customer_id, order_id;

-- Each cart in its newest state; deleted some months later.
create table cart (
  merchant_id int not null,
  customer_id bigint not null,
  cart_id text not null,
  at timestamptz not null,
  interaction_id bigint not null,
  products text[] not null default '{}',
  primary key (merchant_id, customer_id, cart_id)
);

comment on column cart.interaction_id is 'what told of this state: another one has ended what it began';
comment on column cart.products is 'empty where the shop did not say';

create index cart_old on cart (at);

-- Events that the shop tells over the API; deleted some months later.
create table shop_event (
  merchant_id int not null,
  event_id text not null,
  customer_id bigint not null,
  name text not null,
  occurred_at timestamptz not null,
  properties jsonb not null default '{}',
  received_at timestamptz not null,
  primary key (merchant_id, event_id)
);

comment on column shop_event.event_id is 'the merchant''s own: an event that is told again starts nothing';

create index shop_event_old on shop_event (received_at);
create index shop_event_of_customer on shop_event (merchant_id, customer_id);

-- When a campaign that begins on days is to be looked at next.
create table trigger_clock (
  merchant_id int not null,
  campaign_id bigint not null,
  ticked_at timestamptz not null,
  next_at timestamptz,
  zones text[] not null default '{}',
  primary key (merchant_id, campaign_id),
  foreign key (merchant_id, campaign_id) references campaign (merchant_id, id)
);

comment on column trigger_clock.ticked_at is 'everything up to then was called, or said to be missed';
comment on column trigger_clock.next_at is 'null when nothing will come any more';
comment on column trigger_clock.zones is 'time zones that customers were ever seen in';

create index trigger_clock_next on trigger_clock (next_at) where next_at is not null;

-- One row for each occurrence of such a campaign; a broadcast has one.
alter table fan_out add occurrence text not null default 'broadcast';
alter table fan_out add local_at timestamp;
alter table fan_out add due_at timestamptz;
alter table fan_out add missed_zones text[] not null default '{}';
alter table fan_out add note text;
alter table fan_out drop constraint fan_out_pkey;
alter table fan_out add primary key (merchant_id, campaign_id, occurrence);

comment on column fan_out.local_at is 'day and time on the customers'' clocks; null for a broadcast';
comment on column fan_out.due_at is 'the latest instant of it that was called';
comment on column fan_out.missed_zones is 'where it was too late: nobody there is enrolled';
comment on column fan_out.note is 'what was missed, for people';

-- Who has a birthday: 229 is 29 February.
create index audience_birthday
  on audience (merchant_id, ((extract(month from birthday) * 100 + extract(day from birthday))::int), customer_id)
  where birthday is not null;
create index audience_since
  on audience (merchant_id, ((extract(month from customer_since at time zone 'UTC') * 100
    + extract(day from customer_since at time zone 'UTC'))::int), customer_id)
  where customer_since is not null;
create index audience_time_zone on audience (merchant_id, time_zone) where time_zone is not null;
create index order_state_day
  on order_state (merchant_id, ((extract(month from ordered_at at time zone 'UTC') * 100
    + extract(day from ordered_at at time zone 'UTC'))::int), customer_id);
create index coupon_code_ends on coupon_code (merchant_id, valid_until) where state in ('issued', 'reserved');

-- Of the score: the warning's step, and each class with the number of times it was entered.
alter table audience add churn_step bigint not null default 0;
alter table audience add class_steps jsonb;

comment on column audience.churn_step is 'number of the warning that stands; 0 while there is none';
comment on column audience.class_steps is 'by name of the classes: {"key": "high", "seq": 2}; null before the first';

select protect_by_merchant('order_state');
select protect_by_merchant('cart');
select protect_by_merchant('shop_event');
select protect_by_merchant('trigger_clock');
