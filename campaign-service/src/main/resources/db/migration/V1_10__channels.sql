-- Which provider took which SMS, and under which name: a receipt or a reply tells no more than that.
create table handed_over (
  provider text not null,
  provider_id text not null,
  merchant_id int not null,
  customer_id bigint not null,
  message_id bigint not null,
  address_hash bytea not null,
  at timestamptz not null,
  primary key (provider, provider_id)
);

comment on table handed_over is 'of the last 30 days, for all merchants: no provider knows ours';
comment on column handed_over.address_hash is 'SHA-256 of the phone number: whom a reply is from';

create index handed_over_to on handed_over (address_hash, at);
create index handed_over_at on handed_over (at);

-- What providers told, kept until its message is known: a receipt can come before the result of the send is written.
create table receipt (
  provider text not null,
  provider_id text not null,
  status text not null constraint receipt_status_known check (status in ('delivered', 'bounced')),
  reason text,
  at timestamptz not null,
  received_at timestamptz not null,
  applied boolean not null default false,
  primary key (provider, provider_id, status)
);

comment on column receipt.at is 'by the provider''s clock; of two that disagree the later one holds';

create index receipt_open on receipt (received_at) where not applied;
create index receipt_old on receipt (received_at);

-- Addresses that must not be written to, whatever a profile says.
create table suppression (
  merchant_id int not null,
  channel text not null constraint suppression_channel_known check (channel in ('email', 'sms')),
  address_hash bytea not null,
  id bigint generated always as identity,
  hint text not null,
  reason text not null constraint suppression_reason_known
    check (reason in ('replied-stop', 'hard-bounce', 'soft-bounces', 'complaint', 'manual')),
  detail text,
  since timestamptz not null,
  primary key (merchant_id, channel, address_hash)
);

comment on column suppression.address_hash is 'SHA-256 of the address: it outlives the erasure of its customer';
comment on column suppression.hint is 'the address with its middle left out, for people';

create index suppression_list on suppression (merchant_id, id);

create table soft_bounce (
  merchant_id int not null,
  address_hash bytea not null,
  message_id bigint not null,
  at timestamptz not null,
  primary key (merchant_id, address_hash, message_id)
);

-- Signs the links in messages. Made here, so that all replicas share it and nobody has to configure it.
create table link_key (
  one boolean primary key default true constraint link_key_is_one check (one),
  secret bytea not null
);

insert into link_key (secret)
values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- Each time a link or a picture of a message was fetched, by whomever.
create table hit (
  merchant_id int not null,
  customer_id bigint not null,
  message_id bigint not null,
  id bigint generated always as identity,
  campaign_id bigint not null,
  kind text not null constraint hit_kind_known check (kind in ('open', 'click')),
  link int,
  at timestamptz not null,
  agent text not null constraint hit_agent_known check (agent in ('person', 'proxy', 'bot')),
  judged text constraint hit_judged_known check (judged in ('person', 'proxy', 'bot')),
  primary key (merchant_id, customer_id, message_id, id),
  constraint hit_click_names_its_link check ((kind = 'click') = (link is not null))
);

comment on column hit.agent is 'who it seemed to be by the request alone';
comment on column hit.judged is 'who it was, looking back at all that was fetched; null until then';

create index hit_open on hit (at) where judged is null;
create index hit_of_campaign on hit (merchant_id, campaign_id, kind, judged);

create table tracking (
  merchant_id int primary key,
  enabled boolean not null,
  updated_at timestamptz not null,
  updated_by text not null
);

select protect_by_merchant('suppression');
select protect_by_merchant('soft_bounce');
select protect_by_merchant('hit');
select protect_by_merchant('tracking');
revoke all on handed_over from regulars_request;
revoke all on receipt from regulars_request;
revoke all on link_key from regulars_request;
