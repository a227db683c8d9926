-- One customer's way through one campaign for one cause.
create table enrolment (
  merchant_id int not null,
  customer_id bigint not null,
  id bigint generated always as identity,
  campaign_id bigint not null,
  revision int not null,
  occurrence text not null,
  state text not null default 'entering' constraint enrolment_state_known
    check (state in ('entering', 'active', 'held-out', 'finished', 'exited', 'refused')),
  reason text,
  step int not null default 0,
  due_at timestamptz,
  parked boolean not null default false,
  context jsonb not null default '{}',
  enrolled_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (merchant_id, customer_id, id),
  constraint enrolment_once_for_a_cause unique (merchant_id, campaign_id, customer_id, occurrence),
  foreign key (merchant_id, campaign_id) references campaign (merchant_id, id),
  constraint enrolment_due_while_open check ((state in ('entering', 'active')) = (due_at is not null)),
  constraint enrolment_says_why check (state not in ('held-out', 'exited', 'refused') or reason is not null)
);

comment on column enrolment.parked is 'its campaign is paused; not looked at until that resumes';
comment on column enrolment.context is 'what the cause names (product, days), and the coupon issued on the way';

create index enrolment_due on enrolment (due_at) where due_at is not null and not parked;
create index enrolment_parked on enrolment (merchant_id, campaign_id) where parked;

create table message (
  merchant_id int not null,
  customer_id bigint not null,
  id bigint generated always as identity,
  campaign_id bigint not null,
  revision int not null,
  enrolment_id bigint not null,
  occurrence text not null,
  step int not null,
  channel text not null constraint message_channel_known check (channel in ('email', 'sms', 'inbox')),
  state text not null constraint message_state_known
    check (state in ('planned', 'held', 'claimed', 'transmitting', 'sent', 'delivered', 'opened', 'clicked',
      'bounced', 'failed', 'skipped', 'uncertain')),
  reason text,
  due_at timestamptz,
  parked boolean not null default false,
  attempts int not null default 0,
  claim text,
  lease_until timestamptz,
  counted_at timestamptz,
  provider_id text,
  planned_at timestamptz not null,
  sent_at timestamptz,
  updated_at timestamptz not null,
  trail jsonb not null default '[]',
  primary key (merchant_id, customer_id, id),
  constraint message_once_for_a_cause unique (merchant_id, campaign_id, customer_id, occurrence, channel, step),
  constraint message_due_while_waiting check ((state in ('planned', 'held')) = (due_at is not null)),
  constraint message_leased_in_flight check ((state in ('claimed', 'transmitting')) = (lease_until is not null)),
  constraint message_says_why check (state not in ('held', 'skipped', 'failed', 'uncertain') or reason is not null)
);

comment on column message.counted_at is 'when it began to count against the caps; null while it does not';
comment on column message.claim is 'of the last worker; fences off one whose lease ran out and whose message another took';

create index message_due on message (channel, due_at) where due_at is not null and not parked;
create index message_parked on message (merchant_id, campaign_id) where parked;
create index message_in_flight on message (lease_until) where lease_until is not null;
create index message_counted on message (merchant_id, customer_id, counted_at) where counted_at is not null;
create index message_list on message (merchant_id, id);
create index message_of_campaign on message (merchant_id, campaign_id, id);

create table inbox_message (
  merchant_id int not null,
  customer_id bigint not null,
  id bigint generated always as identity,
  message_id bigint not null,
  campaign_id bigint not null,
  subject text,
  text text not null,
  html text,
  sent_at timestamptz not null,
  read_at timestamptz,
  primary key (merchant_id, customer_id, id),
  constraint inbox_message_once unique (merchant_id, message_id)
);

create index inbox_unread on inbox_message (merchant_id, customer_id) where read_at is null;

select protect_by_merchant('enrolment');
select protect_by_merchant('message');
select protect_by_merchant('inbox_message');
