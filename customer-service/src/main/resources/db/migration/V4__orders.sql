create sequence order_id_seq;
create sequence return_id_seq;

create type order_status as enum (
  'CREATED', 'PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PART_REFUNDED', 'REFUNDED', 'CANCELLED');

create table customer_order (
  merchant_id int not null,
  customer_id bigint not null,
  order_id bigint not null,
  version bigint not null check (version > 0),
  external_id text not null,
  declared_status order_status not null,
  status order_status not null,
  ordered_at timestamptz not null,
  updated_at timestamptz,
  channel text,
  big_promotion boolean not null,
  refunded_amount bigint not null default 0 check (refunded_amount >= 0),
  coupon_codes text[] not null default '{}',
  backfill boolean not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (merchant_id, customer_id, order_id),
  constraint order_external_id unique (merchant_id, external_id),
  constraint order_public_id unique (merchant_id, order_id),
  foreign key (merchant_id, customer_id) references customer
);
select protect_by_merchant('customer_order');

comment on column customer_order.declared_status is 'what the merchant said';
comment on column customer_order.status is 'what stands when returns are netted';
comment on column customer_order.updated_at is 'as of when the merchant said so, where the merchant tells';

create table order_line (
  merchant_id int not null,
  customer_id bigint not null,
  order_id bigint not null,
  line_no int not null check (line_no > 0),
  product_code text,
  product_name text,
  category text,
  quantity bigint not null check (quantity > 0),
  unit_price numeric(19, 6) check (unit_price >= 0),
  discount bigint not null check (discount >= 0),
  amount bigint not null check (amount >= 0),
  returned_quantity bigint not null check (returned_quantity between 0 and quantity),
  kept_quantity bigint not null check (kept_quantity between 0 and quantity),
  kept_amount bigint not null check (kept_amount between 0 and amount),
  primary key (merchant_id, customer_id, order_id, line_no),
  foreign key (merchant_id, customer_id, order_id) references customer_order
);
select protect_by_merchant('order_line');

-- A return that names no order: it is netted against what the customer bought before it.
create table order_return (
  merchant_id int not null,
  customer_id bigint not null,
  return_id bigint not null,
  version bigint not null check (version > 0),
  external_id text not null,
  returned_at timestamptz not null,
  unmatched_amount bigint not null check (unmatched_amount >= 0),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (merchant_id, customer_id, return_id),
  constraint return_external_id unique (merchant_id, external_id),
  constraint return_public_id unique (merchant_id, return_id),
  foreign key (merchant_id, customer_id) references customer
);
select protect_by_merchant('order_return');

comment on column order_return.unmatched_amount is 'what no earlier order of the customer could bear';

create table order_return_line (
  merchant_id int not null,
  customer_id bigint not null,
  return_id bigint not null,
  line_no int not null check (line_no > 0),
  product_code text,
  product_name text,
  quantity bigint not null check (quantity > 0),
  unit_price numeric(19, 6) check (unit_price >= 0),
  amount bigint not null check (amount >= 0),
  primary key (merchant_id, customer_id, return_id, line_no),
  foreign key (merchant_id, customer_id, return_id) references order_return
);
select protect_by_merchant('order_return_line');

-- Customers whose returns are to be netted anew, because the merchant changed what is no product.
create table netting_due (
  merchant_id int not null,
  customer_id bigint not null,
  primary key (merchant_id, customer_id)
);
select protect_by_merchant('netting_due');
