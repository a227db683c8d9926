-- Journeys that part, wait for events, and reach out to other systems and to staff.

alter table enrolment add listens jsonb;
alter table enrolment add heard jsonb not null default '{}';
alter table enrolment add awaits jsonb;

comment on column enrolment.listens is 'the events that its steps can wait for; null where there are none';
comment on column enrolment.heard is 'of these, those that no other table keeps: when each was told of last';
comment on column enrolment.awaits is 'the event it waits for at its step until it is due: type, subjects, since';

-- Each order asks for the journeys under way of its customer that could wait for it.
create index enrolment_listening on enrolment (merchant_id, customer_id) where listens is not null and due_at is not null;

-- Which arm of an experiment an enrolment went, so that arms can be compared.
create table enrolment_arm (
  merchant_id int not null,
  customer_id bigint not null,
  enrolment_id bigint not null,
  campaign_id bigint not null,
  experiment text not null,
  arm text not null,
  entered_at timestamptz not null,
  primary key (merchant_id, customer_id, enrolment_id, experiment)
);

create index enrolment_arm_of_campaign on enrolment_arm (merchant_id, campaign_id, experiment, arm);

-- Tags that campaigns give and take, beside those of the profile.
create table customer_tag (
  merchant_id int not null,
  customer_id bigint not null,
  tag text not null,
  tagged_at timestamptz not null,
  primary key (merchant_id, customer_id, tag)
);

create index customer_tag_tag on customer_tag (merchant_id, tag, customer_id);

create table callback_task (
  merchant_id int not null,
  id bigint generated always as identity,
  customer_id bigint not null,
  campaign_id bigint not null,
  enrolment_id bigint not null,
  step int not null,
  title text not null,
  note text,
  state text not null default 'open' constraint callback_task_state_known check (state in ('open', 'done')),
  due_at timestamptz,
  created_at timestamptz not null,
  outcome text,
  comment text,
  completed_at timestamptz,
  completed_by text,
  primary key (merchant_id, id),
  constraint callback_task_once_for_a_step unique (merchant_id, enrolment_id, step),
  constraint callback_task_done_with_an_outcome check ((state = 'done') = (outcome is not null))
);

create index callback_task_open on callback_task (merchant_id, id) where state = 'open';
create index callback_task_of_customer on callback_task (merchant_id, customer_id, id);

create table webhook (
  merchant_id int not null,
  id bigint generated always as identity,
  url text not null,
  description text,
  secret text not null,
  created_at timestamptz not null,
  created_by text not null,
  deleted_at timestamptz,
  primary key (merchant_id, id)
);

comment on column webhook.secret is 'whsec_ and base64; shown once, kept to sign with';

create table outgoing_webhook (
  merchant_id int not null,
  id bigint generated always as identity,
  webhook_id bigint not null,
  message_id text not null,
  event text not null,
  body text not null,
  customer_id bigint not null,
  enrolment_id bigint not null,
  step int not null,
  state text not null default 'waiting' constraint outgoing_webhook_state_known
    check (state in ('waiting', 'delivered', 'failed')),
  due_at timestamptz,
  claim text,
  attempts int not null default 0,
  created_at timestamptz not null,
  done_at timestamptz,
  trail jsonb not null default '[]',
  primary key (merchant_id, id),
  foreign key (merchant_id, webhook_id) references webhook (merchant_id, id),
  constraint outgoing_webhook_once_for_a_step unique (merchant_id, enrolment_id, step),
  constraint outgoing_webhook_due_while_waiting check ((state = 'waiting') = (due_at is not null)),
  constraint outgoing_webhook_ends check ((state = 'waiting') = (done_at is null))
);

create index outgoing_webhook_of_customer on outgoing_webhook (merchant_id, customer_id);

comment on column outgoing_webhook.message_id is 'the header webhook-id: the same for each try';
comment on column outgoing_webhook.due_at is 'of the next try; while one is under way, when it counts as lost';
comment on column outgoing_webhook.claim is 'of the last worker; fences off one that comes too late with its result';
comment on column outgoing_webhook.body is 'what is signed and sent, to the byte';

create index outgoing_webhook_due on outgoing_webhook (due_at) where due_at is not null;
create index outgoing_webhook_log on outgoing_webhook (merchant_id, webhook_id, id);
create index outgoing_webhook_old on outgoing_webhook (done_at) where done_at is not null;

select protect_by_merchant('enrolment_arm');
select protect_by_merchant('customer_tag');
select protect_by_merchant('callback_task');
select protect_by_merchant('webhook');
select protect_by_merchant('outgoing_webhook');
