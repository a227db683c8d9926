create sequence interaction_id_seq;

create table interaction (
  merchant_id int not null,
  customer_id bigint not null,
  interaction_id bigint not null,
  external_id text not null,
  kind text not null,
  at timestamptz not null,
  rating int check (rating between 0 and 100),
  subject text,
  properties jsonb not null default '{}',
  backfill boolean not null,
  recorded_at timestamptz not null,
  primary key (merchant_id, customer_id, interaction_id),
  constraint interaction_external_id unique (merchant_id, external_id),
  foreign key (merchant_id, customer_id) references customer
);
select protect_by_merchant('interaction');
