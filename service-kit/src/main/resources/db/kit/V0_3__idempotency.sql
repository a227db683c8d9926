-- One row for each POST that came with an Idempotency-Key, written in the transaction of its effect.
create table idempotency_key (
  merchant_id int not null,
  key text not null,
  operation text not null,
  body_hash bytea not null,
  status smallint,
  location text,
  answer text,
  created_at timestamptz not null,
  primary key (merchant_id, key)
);

create index idempotency_key_age on idempotency_key (created_at);

select protect_by_merchant('idempotency_key');
