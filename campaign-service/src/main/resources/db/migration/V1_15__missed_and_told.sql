-- Nobody is missed in silence: zones as they are first seen, days that came too late for somebody, facts that were
-- told before their customer's journey could hear them. And webhooks that are told what happens.

-- Each time zone that customers of a shop were ever seen in, its own among them.
create table customer_zone (
  merchant_id int not null,
  time_zone text not null,
  first_seen_at timestamptz not null,
  primary key (merchant_id, time_zone)
);

insert into customer_zone (merchant_id, time_zone, first_seen_at)
select distinct merchant_id, time_zone, now() from audience where time_zone is not null
union
select merchant_id, unnest(zones), now() from trigger_clock;

-- It served to look for them.
drop index audience_time_zone;

comment on column trigger_clock.zones is 'of customer_zone those that this clock has looked at';

alter table fan_out add late bigint not null default 0;

comment on column fan_out.late is 'customers whom the latest round met when their own moment was too long past';

alter table enrolment add caused_at timestamptz;

comment on column enrolment.caused_at is 'when what began it happened; null where that is not known, or the enrolment itself';

-- The last of each thing that some campaign waits for and no other table keeps: who is enrolled after it was told
-- finds it here. Deleted some months later.
create table recent_fact (
  merchant_id int not null,
  customer_id bigint not null,
  key text not null,
  at timestamptz not null,
  told_at timestamptz not null,
  primary key (merchant_id, customer_id, key)
);

comment on column recent_fact.key is 'event:checkout_started, interaction:complained';

create index recent_fact_old on recent_fact (told_at);

alter table webhook
  add revision int not null default 1,
  add events text[] not null default '{}',
  add secret_before text,
  add secret_before_until timestamptz,
  add failing_since timestamptz,
  add disabled_at timestamptz,
  add disabled_reason text,
  add dropped bigint not null default 0,
  add dropped_at timestamptz,
  add constraint webhook_secret_before_ends check ((secret_before is null) = (secret_before_until is null)),
  add constraint webhook_disabled_says_why check ((disabled_at is null) = (disabled_reason is null));

comment on column webhook.events is 'the types of what it is told; none where only journeys call it';
comment on column webhook.secret_before is 'signs too until then: receivers change over meanwhile';
comment on column webhook.failing_since is 'no call was answered well since; null while they are';
comment on column webhook.dropped is 'events that found its queue full';

create index webhook_told on webhook (merchant_id) where deleted_at is null and disabled_at is null and events <> '{}';

-- Beside the calls of journeys what endpoints are told; of no customer where it is about a campaign.
alter table outgoing_webhook
  alter customer_id drop not null,
  alter enrolment_id drop not null,
  alter step drop not null,
  add constraint outgoing_webhook_of_a_step check ((enrolment_id is null) = (step is null)),
  add constraint outgoing_webhook_once unique (merchant_id, webhook_id, message_id);

-- From one webhook with something to do to the next, and the first few of each.
create index outgoing_webhook_waiting on outgoing_webhook (merchant_id, webhook_id, due_at) where due_at is not null;
drop index outgoing_webhook_due;

select protect_by_merchant('customer_zone');
select protect_by_merchant('recent_fact');

-- Kept by the work in the background alone.
revoke all on customer_zone from regulars_request;
