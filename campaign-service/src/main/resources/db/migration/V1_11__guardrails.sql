-- What sends: order of precedence, budgets, stops and approvals.
alter table campaign
  add priority int not null default 0 constraint campaign_priority_sensible check (priority between 0 and 1000),
  add expected_value numeric not null default 0,
  add expected_audience bigint,
  add stopped_at_audience bigint,
  add approval_asked_by text,
  add approved_by text,
  add approved_revision int,
  drop constraint campaign_state_known,
  add constraint campaign_state_known
    check (state in ('draft', 'awaiting-approval', 'active', 'paused', 'finished'));

comment on column campaign.priority is 'of the definition as it is now, whatever revision a customer is on';
comment on column campaign.expected_value is 'what a message is thought to earn, in the merchant''s currency: orders equals';
comment on column campaign.expected_audience is 'as stated, as counted when a broadcast was activated, or as somebody confirmed';
comment on column campaign.stopped_at_audience is 'how many it was about to reach when it stopped itself; null once that is confirmed';
comment on column campaign.approval_asked_by is 'who switched it on, where a second person has to agree';

create index campaign_preferred on campaign (merchant_id, id)
  where state = 'active' and (priority > 0 or expected_value > 0);

alter table message add charged jsonb;

comment on column message.charged is 'which budgets it takes from, and how much; null where it takes from none';

-- A limit and what is used of it in its present period; locked by whoever claims messages that draw on it.
create table budget (
  merchant_id int not null,
  campaign_id bigint not null,
  kind text not null constraint budget_kind_known check (kind in ('messages', 'money')),
  per text not null constraint budget_per_known check (per in ('day', 'week', 'month', 'year', 'all')),
  most bigint not null constraint budget_most_not_negative check (most >= 0),
  period date not null default '1970-01-01',
  used bigint not null default 0 constraint budget_used_not_negative check (used >= 0),
  primary key (merchant_id, campaign_id, kind, per)
);

comment on column budget.campaign_id is '0 for all marketing of the merchant';
comment on column budget.most is 'messages; of money millionths of the merchant''s currency, since a text message costs parts of a cent';
comment on column budget.period is 'the first day of the period that used is of, in the merchant''s zone';

-- What people have to be told of a campaign. No reference to it: that would lock its row while messages are claimed.
create table campaign_notice (
  merchant_id int not null,
  campaign_id bigint not null,
  id bigint generated always as identity,
  key text not null,
  kind text not null,
  text text not null,
  at timestamptz not null,
  primary key (merchant_id, campaign_id, id),
  constraint campaign_notice_once unique (merchant_id, campaign_id, key)
);

comment on column campaign_notice.key is 'names what happened, so that it is said once';

-- How many customers a campaign enrolled, in slots of five minutes of the last hours.
create table campaign_pace (
  merchant_id int not null,
  campaign_id bigint not null,
  slot timestamptz not null,
  enrolled bigint not null,
  primary key (merchant_id, campaign_id, slot)
);

-- A row while all sending of a merchant stands still.
create table sending_stop (
  merchant_id int primary key,
  reason text not null,
  stopped_by text not null,
  stopped_at timestamptz not null
);

comment on table sending_stop is 'the merchant 0 stands for all of them: the operator''s';

create table sending_stop_log (
  merchant_id int not null,
  id bigint generated always as identity,
  stopped boolean not null,
  reason text,
  actor text not null,
  at timestamptz not null,
  primary key (merchant_id, id)
);

select protect_by_merchant('budget');
select protect_by_merchant('campaign_notice');
select protect_by_merchant('campaign_pace');
select protect_by_merchant('sending_stop');
select protect_by_merchant('sending_stop_log');

-- Kept by the work in the background alone.
revoke all on campaign_pace from regulars_request;
