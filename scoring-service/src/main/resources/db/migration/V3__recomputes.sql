-- A recompute of a merchant's customers, cut into ranges that any number of replicas claim.
create table recompute (
  merchant_id int not null,
  recompute_id bigint generated always as identity,
  reason text not null,
  rebuild boolean not null,
  products text[],
  state text not null,
  done bigint not null default 0,
  total bigint,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  problem text,
  primary key (merchant_id, recompute_id),
  constraint recompute_state check (state in ('queued', 'running', 'done', 'failed', 'cancelled'))
);
comment on column recompute.rebuild is 'histories and forecasts are made anew from the orders first';
comment on column recompute.products is 'only who bought one of these; null for everybody';
-- What asks again while one waits, joins it.
create unique index recompute_one_waits on recompute (merchant_id) where state = 'queued';
create index recompute_open on recompute (recompute_id) where state in ('queued', 'running');
select protect_by_merchant('recompute');

create table recompute_range (
  merchant_id int not null,
  recompute_id bigint not null,
  first_customer bigint not null,
  last_customer bigint not null,
  attempts int not null default 0,
  primary key (merchant_id, recompute_id, first_customer),
  foreign key (merchant_id, recompute_id) references recompute on delete cascade
);
select protect_by_merchant('recompute_range');
