create table product (
  merchant_id int not null references merchant,
  code text not null,
  version bigint not null check (version > 0),
  name text,
  category text,
  price bigint check (price >= 0),
  lasts_days double precision check (lasts_days > 0),
  related_codes text[] not null default '{}',
  described_at timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (merchant_id, code)
);
select protect_by_merchant('product');

comment on column product.described_at is
  'as of when name and category are said: a line of an order that is older does not change them';
