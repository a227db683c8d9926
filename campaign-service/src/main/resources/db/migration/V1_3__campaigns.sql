create sequence campaign_id_seq increment 1;

create table campaign (
  merchant_id int not null,
  id bigint not null unique default nextval('campaign_id_seq'),
  revision int not null,
  name text not null,
  state text not null constraint campaign_state_known check (state in ('draft', 'active', 'paused', 'finished')),
  playbook text,
  salt text not null,
  definition jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  activated_at timestamptz,
  finished_at timestamptz,
  primary key (merchant_id, id)
);

comment on column campaign.salt is 'with the customer it decides who is held out, so that each campaign holds out others';

create unique index campaign_one_of_a_playbook on campaign (merchant_id, playbook)
  where playbook is not null and state <> 'finished';
create index campaign_active on campaign (merchant_id, id) where state = 'active';

-- Each text that people saved. Customers under way stay on the revision they began with.
create table campaign_revision (
  merchant_id int not null,
  campaign_id bigint not null,
  revision int not null,
  definition jsonb not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (merchant_id, campaign_id, revision),
  foreign key (merchant_id, campaign_id) references campaign (merchant_id, id)
);

-- Enrols those who are there already, a chunk of customers at a time in the order of their ids.
create table fan_out (
  merchant_id int not null,
  campaign_id bigint not null,
  revision int not null,
  after_customer bigint not null default 0,
  enrolled bigint not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (merchant_id, campaign_id),
  foreign key (merchant_id, campaign_id) references campaign (merchant_id, id)
);

create index fan_out_open on fan_out (started_at) where finished_at is null;

create table guardrail (
  merchant_id int primary key,
  revision int not null,
  settings jsonb not null,
  updated_at timestamptz not null,
  updated_by text not null
);

select protect_by_merchant('campaign');
select protect_by_merchant('campaign_revision');
select protect_by_merchant('fan_out');
select protect_by_merchant('guardrail');
