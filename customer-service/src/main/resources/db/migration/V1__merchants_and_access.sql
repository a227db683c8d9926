create sequence merchant_id_seq as int;

create table merchant (
  merchant_id int primary key default nextval('merchant_id_seq'),
  version bigint not null check (version > 0),
  name text not null,
  time_zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  locale text not null,
  non_product_codes text[] not null default '{}',
  created_at timestamptz not null,
  changed_at timestamptz not null
);
select protect_by_merchant('merchant');

create sequence app_user_id_seq;

-- A person who works for a merchant. The e-mail address is the login and says which merchant is meant.
create table app_user (
  merchant_id int not null references merchant,
  user_id bigint not null default nextval('app_user_id_seq'),
  email text not null,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  password_hash text not null,
  disabled boolean not null default false,
  created_at timestamptz not null,
  primary key (merchant_id, user_id)
);
create unique index app_user_login on app_user (lower(email));
select protect_by_merchant('app_user');

create sequence api_client_id_seq;

create table api_client (
  merchant_id int not null references merchant,
  api_client_id bigint not null default nextval('api_client_id_seq'),
  client_id text not null,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  secret_hash bytea not null,
  revoked boolean not null default false,
  created_at timestamptz not null,
  primary key (merchant_id, api_client_id),
  constraint api_client_name unique (client_id)
);
select protect_by_merchant('api_client');

-- Made by the first replica that starts, read by all: a token that one signs, every other accepts.
create table signing_key (
  key_id text primary key,
  public_key bytea not null,
  private_key bytea not null,
  created_at timestamptz not null
);
revoke all on signing_key from regulars_request;

-- Logins that failed of late, by a hash of the name that was tried: it may be anybody's address.
create table failed_login (
  name_hash bytea primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
create index failed_login_age on failed_login (last_at);
revoke all on failed_login from regulars_request;
