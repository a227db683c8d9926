-- The merchants, and a flat copy of each customer: profile, consent and score, rebuilt from the topics at any time.
create table shop (
  merchant_id int primary key,
  version bigint not null,
  name text not null,
  time_zone text not null,
  currency text not null,
  locale text not null
);

create table product (
  merchant_id int not null,
  code text not null,
  version bigint not null,
  name text not null,
  category text,
  price bigint,
  primary key (merchant_id, code)
);

-- A version of 0 says that the topic has told nothing of the customer yet: a score can come before its profile.
create table audience (
  merchant_id int not null,
  customer_id bigint not null,
  profile_version bigint not null default 0,
  score_version bigint not null default 0,

  external_id text,
  name text,
  gender text,
  birthday date,
  region text,
  city text,
  language text,
  time_zone text,
  phone text,
  email text,
  tags text[] not null default '{}',
  interests text[] not null default '{}',
  attributes jsonb not null default '{}',
  need_type text,
  customer_since timestamptz,
  sms_consent boolean,
  email_consent boolean,
  inbox_consent boolean,
  unsubscribe_token text,
  erased boolean not null default false,

  scored_at timestamptz,
  frequency bigint not null default 0,
  monetary bigint not null default 0,
  last_order_day date,
  tier text,
  tier_rank int,
  tier_previous text,
  tier_previous_rank int,
  tier_seq bigint not null default 0,
  group_key text,
  group_seq bigint not null default 0,
  stage text,
  stage_seq bigint not null default 0,
  windows jsonb not null default '[]',

  primary key (merchant_id, customer_id)
);

comment on column audience.sms_consent is 'null where the customer never answered';
comment on column audience.windows is 'the repurchase windows that were open when the customer was last scored';

create index audience_external on audience (merchant_id, external_id);
create index audience_tier on audience (merchant_id, tier, customer_id);
create index audience_group on audience (merchant_id, group_key, customer_id);
create index audience_stage on audience (merchant_id, stage, customer_id);
create index audience_last_order on audience (merchant_id, last_order_day);
create index audience_monetary on audience (merchant_id, monetary);
create index audience_region on audience (merchant_id, region, city);
create index audience_tags on audience using gin (tags);

-- What each order left the customer with: for conditions on products bought.
create table purchase_order (
  merchant_id int not null,
  customer_id bigint not null,
  order_id bigint not null,
  version bigint not null,
  primary key (merchant_id, customer_id, order_id)
);

create table purchase (
  merchant_id int not null,
  customer_id bigint not null,
  order_id bigint not null,
  product_code text not null,
  category text,
  ordered_at timestamptz not null,
  quantity bigint not null,
  primary key (merchant_id, customer_id, order_id, product_code)
);

create index purchase_product on purchase (merchant_id, product_code, customer_id);
create index purchase_category on purchase (merchant_id, category, customer_id);

select protect_by_merchant('shop');
select protect_by_merchant('product');
select protect_by_merchant('audience');
select protect_by_merchant('purchase_order');
select protect_by_merchant('purchase');
