-- Templates that are kept by a name, in versions; what goes with what, for recommendations; messages for a try.

create table template (
  merchant_id int not null,
  id bigint generated always as identity,
  external_id text not null,
  channel text not null constraint template_channel_known check (channel in ('sms', 'email', 'inbox')),
  name text not null,
  version int not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (merchant_id, id),
  constraint template_external_once unique (merchant_id, external_id)
);

comment on column template.version is 'the latest; campaigns stay on the one that their revision was saved with';

create table template_version (
  merchant_id int not null,
  template_id bigint not null,
  version int not null,
  content jsonb not null,
  compiled jsonb not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (merchant_id, template_id, version),
  foreign key (merchant_id, template_id) references template (merchant_id, id)
);

comment on column template_version.content is 'as people wrote it';
comment on column template_version.compiled is 'as it is filled: MJML and layouts made HTML, text parts derived';

select protect_by_merchant('template');
select protect_by_merchant('template_version');

-- Null until the topic tells: a product or shop of before these columns learns them when its topic is read again.
alter table product add related text[];
alter table shop add non_products text[];

comment on column product.related is 'codes of products to offer beside it, the best first; null where not told yet';
comment on column shop.non_products is 'codes that stand for no product (postage, fees); null where not told yet';

-- Which products are bought together, the best first; made anew as a whole by recommendation_run.
create table product_pair (
  merchant_id int not null,
  code text not null,
  rank int not null,
  other text not null,
  orders bigint not null,
  primary key (merchant_id, code, rank)
);

comment on column product_pair.orders is 'how many orders hold both';

create table best_seller (
  merchant_id int not null,
  category text not null,
  rank int not null,
  code text not null,
  orders bigint not null,
  primary key (merchant_id, category, rank)
);

comment on column best_seller.category is 'empty for the whole shop';

-- One row a merchant with purchases: when what goes with what is next worked out.
create table recommendation_run (
  merchant_id int primary key,
  due_at timestamptz not null,
  finished_at timestamptz,
  orders bigint not null default 0
);

comment on column recommendation_run.orders is 'how many the last run looked at; a shop that grows quickly is looked at sooner';

create index recommendation_run_due on recommendation_run (due_at);

create table product_page (
  merchant_id int primary key,
  pattern text not null constraint product_page_names_the_code check (pattern like '%{code}%'),
  updated_at timestamptz not null,
  updated_by text not null
);

comment on column product_page.pattern is 'where a product is shown in the shop, with {code} in place of its code';

select protect_by_merchant('product_pair');
select protect_by_merchant('best_seller');
select protect_by_merchant('recommendation_run');
select protect_by_merchant('product_page');

revoke all on recommendation_run from regulars_request;

-- Where messages for a try may go: addresses whose owner typed in the code that was sent there.
create table test_address (
  merchant_id int not null,
  id bigint generated always as identity,
  channel text not null constraint test_address_channel_known check (channel in ('sms', 'email')),
  address text not null,
  code_hash bytea,
  code_until timestamptz,
  tries int not null default 0,
  verified_at timestamptz,
  removed_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  primary key (merchant_id, id),
  constraint test_address_once unique (merchant_id, channel, address)
);

comment on column test_address.code_hash is 'of the code that was sent last; null once it is used up';
comment on column test_address.tries is 'wrong codes since the last one was sent';

comment on column test_address.removed_at is 'its row stays, so that codes go on being counted';

-- Messages for a try, and the codes that verify addresses. They are in no report, cap or budget.
create table test_send (
  merchant_id int not null,
  id bigint generated always as identity,
  kind text not null constraint test_send_kind_known check (kind in ('test', 'code')),
  template_id bigint,
  version int,
  address_id bigint not null,
  channel text not null,
  subject text,
  text text,
  html text,
  unsubscribe_url text,
  state text not null default 'queued'
    constraint test_send_state_known check (state in ('queued', 'transmitting', 'sent', 'failed', 'uncertain')),
  attempts int not null default 0,
  due_at timestamptz,
  provider_id text,
  trail jsonb not null default '[]',
  created_at timestamptz not null,
  created_by text not null,
  primary key (merchant_id, id),
  foreign key (merchant_id, address_id) references test_address (merchant_id, id)
);

comment on column test_send.due_at is 'when somebody looks at it next; null when it is done';
comment on column test_send.trail is 'its states with their instants and reasons';
comment on column test_send.unsubscribe_url is 'leads nowhere: the header is there for mail programs to show';
comment on column test_send.text is 'null once it is done, like its HTML: what it said of a customer is not kept';

create index test_send_due on test_send (due_at) where due_at is not null;
create index test_send_rate on test_send (merchant_id, created_at);

select protect_by_merchant('test_address');
select protect_by_merchant('test_send');
