create sequence customer_id_seq;

create table customer (
  merchant_id int not null references merchant,
  customer_id bigint not null,
  version bigint not null check (version > 0),
  external_id text not null,
  name text,
  gender text check (gender in ('female', 'male', 'other')),
  birthday date,
  region text,
  city text,
  language text,
  time_zone text,
  phone text,
  email text,
  identities jsonb not null default '{}',
  tags text[] not null default '{}',
  attributes jsonb not null default '{}',
  need_type text check (need_type in ('functional', 'emotional', 'social')),
  interests text[] not null default '{}',
  consents jsonb not null default '{}',
  unsubscribe_token text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (merchant_id, customer_id),
  constraint customer_external_id unique (merchant_id, external_id),
  constraint customer_unsubscribe_token unique (unsubscribe_token)
);
select protect_by_merchant('customer');

comment on column customer.consents is 'what stands now for each channel; consent_log holds how it came to stand';

-- Proof of what a customer said: added to, never changed.
create table consent_log (
  merchant_id int not null,
  customer_id bigint not null,
  entry bigint generated always as identity,
  channel text not null check (channel in ('EMAIL', 'SMS', 'INBOX')),
  granted boolean not null,
  at timestamptz not null,
  source text not null,
  recorded_at timestamptz not null,
  primary key (merchant_id, customer_id, entry),
  foreign key (merchant_id, customer_id) references customer
);
select protect_by_merchant('consent_log');
