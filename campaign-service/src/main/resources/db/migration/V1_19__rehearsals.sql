-- Campaigns tried on today and on the past, before they are switched on.

-- What happened that could have begun a campaign, as it was told live; deleted some months later.
create table occasion (
  merchant_id int not null,
  customer_id bigint not null,
  kind text not null,
  name text not null,
  at timestamptz not null,
  detail jsonb not null,
  primary key (merchant_id, customer_id, kind, name)
);

comment on column occasion.kind is 'what moved or was done: tier, group, stage, churn, window, class:satisfaction, order:SHIPPED, did:complained';
comment on column occasion.name is 'of this one among the customer''s of its kind: told again, it is written once';
comment on column occasion.detail is 'as much of it as the triggers ask for, nothing that names a person';

create index occasion_of_kind on occasion (merchant_id, kind, at);
create index occasion_old on occasion using brin (at);

-- Nothing from before is kept.
create table occasion_since (
  one boolean primary key default true constraint occasion_since_is_one check (one),
  at timestamptz not null default now()
);

insert into occasion_since default values;

create table rehearsal (
  merchant_id int not null,
  id bigint generated always as identity,
  campaign_id bigint not null,
  revision int not null,
  past text,
  state text not null default 'queued' constraint rehearsal_state_known
    check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  unwanted boolean not null default false,
  attempts int not null default 0,
  claim text,
  lease_until timestamptz,
  done bigint not null default 0,
  total bigint,
  requested_at timestamptz not null,
  requested_by text not null,
  started_at timestamptz,
  finished_at timestamptz,
  problem text,
  result json,
  primary key (merchant_id, id),
  foreign key (merchant_id, campaign_id) references campaign (merchant_id, id),
  constraint rehearsal_whole check ((state = 'done') = (result is not null))
);

comment on column rehearsal.past is 'how far back it was replayed, ISO 8601; null for today';
comment on column rehearsal.unwanted is 'somebody cancelled it: whoever works on it looks here';
comment on column rehearsal.claim is 'of the last worker; fences off one whose lease ran out';
comment on column rehearsal.lease_until is 'by the clock of the database, which all replicas share';

create index rehearsal_open on rehearsal (id) where state in ('queued', 'running');
create index rehearsal_of_campaign on rehearsal (merchant_id, campaign_id, id);

-- Whose messages are shown: no text is kept, it is written anew for each reader.
create table rehearsal_sample (
  merchant_id int not null,
  customer_id bigint not null,
  rehearsal_id bigint not null,
  place int not null,
  step int not null,
  occurrence text not null,
  goes_at timestamptz not null,
  context jsonb not null,
  primary key (merchant_id, customer_id, rehearsal_id, place),
  foreign key (merchant_id, rehearsal_id) references rehearsal (merchant_id, id) on delete cascade
);

create index rehearsal_sample_of on rehearsal_sample (merchant_id, rehearsal_id, place);

select protect_by_merchant('occasion');
select protect_by_merchant('rehearsal');
select protect_by_merchant('rehearsal_sample');

-- The same for all merchants, and nobody's to change.
revoke insert, update, delete on occasion_since from regulars_request;
