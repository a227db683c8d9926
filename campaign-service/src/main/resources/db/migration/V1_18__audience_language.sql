-- What conditions ask besides the copy: past messages, amounts of products, tags by an index, and named conditions.

-- One narrow row for each thing that became of a message, written with the change of the message's own row and never
-- changed.
create table contact (
  customer_id bigint not null,
  message_id bigint not null,
  campaign_id bigint not null,
  at timestamptz not null,
  merchant_id int not null,
  kind smallint not null constraint contact_kind_known check (kind between 1 and 5),
  channel smallint not null constraint contact_channel_known check (channel between 1 and 3),
  primary key (merchant_id, customer_id, message_id, kind)
);

comment on column contact.kind is '1 sent, 2 delivered, 3 opened, 4 clicked, 5 bounced';
comment on column contact.channel is '1 email, 2 sms, 3 inbox';
comment on column contact.at is 'when the message came into the state, by our clock';

insert into contact (merchant_id, customer_id, message_id, kind, channel, campaign_id, at)
select m.merchant_id, m.customer_id, m.id, k.kind, case m.channel when 'email' then 1 when 'sms' then 2 else 3 end,
  m.campaign_id, min((t ->> 'at')::timestamptz)
from message m
cross join jsonb_array_elements(m.trail) t
join (values ('sent', 1), ('delivered', 2), ('opened', 2), ('clicked', 2), ('opened', 3), ('clicked', 3), ('clicked', 4),
    ('bounced', 5)) as k (state, kind)
  on k.state = t ->> 'state'
group by m.merchant_id, m.customer_id, m.id, k.kind, m.channel, m.campaign_id;

-- For a whole shop: who was written to lately, and whom a campaign reached.
create index contact_lately on contact (merchant_id, kind, channel, at) include (customer_id);
create index contact_of_campaign on contact (merchant_id, campaign_id, kind, customer_id);

-- What customers did besides buying, as the topic of interactions tells.
create table act (
  customer_id bigint not null,
  interaction_id bigint not null,
  at timestamptz not null,
  merchant_id int not null,
  kind text not null,
  primary key (merchant_id, customer_id, interaction_id)
);

create index act_lately on act (merchant_id, kind, at) include (customer_id);

alter table purchase add amount bigint;
comment on column purchase.amount is 'minor units kept; null in rows older than this column: the same event fills it when its topic is read again';

-- The indexes that find buyers of something answer by themselves when they bought it.
drop index purchase_product;
create index purchase_product on purchase (merchant_id, product_code, customer_id) include (ordered_at);
drop index purchase_category;
create index purchase_category on purchase (merchant_id, category, customer_id) include (ordered_at);
create index purchase_order_kept on purchase_order (merchant_id, placed_at) include (customer_id, kept)
  where kept is not null;

create index coupon_code_redeemed on coupon_code (merchant_id, redeemed_at) include (customer_id, coupon_id)
  where state = 'redeemed';
create index point_lot_of_shop on point_lot (merchant_id, expires_at) include (customer_id) where points_left > 0;

-- The tags of the profile, a row each. An index over the array cannot serve requests: row-level security lets no
-- operator see a row before its policy that might tell of it, and those of arrays may.
create table audience_tag (
  merchant_id int not null,
  customer_id bigint not null,
  tag text not null,
  primary key (merchant_id, tag, customer_id)
);

insert into audience_tag
select distinct merchant_id, customer_id, unnest(tags) from audience where tags <> '{}';

create index audience_tag_of_customer on audience_tag (merchant_id, customer_id);
drop index audience_tags;

create function keep_audience_tags() returns trigger language plpgsql as $$
begin
  delete from audience_tag
  where merchant_id = new.merchant_id and customer_id = new.customer_id and tag <> all (new.tags);
  insert into audience_tag (merchant_id, customer_id, tag)
  select distinct new.merchant_id, new.customer_id, unnest(new.tags)
  on conflict do nothing;
  return null;
end $$;

create trigger audience_tags_of_new after insert on audience
  for each row when (new.tags <> '{}') execute function keep_audience_tags();
create trigger audience_tags_changed after update of tags on audience
  for each row when (new.tags is distinct from old.tags) execute function keep_audience_tags();

-- Whole shops are counted from an index of what conditions ask for most, which is a third of the table: who counts
-- reads all of it. It needs pages that vacuum has seen.
alter table audience add reach smallint not null generated always as ((
  (email_consent is true and email is not null)::int
  + 2 * (sms_consent is true and phone is not null)::int
  + 4 * (inbox_consent is not false)::int)::smallint) stored;
alter table audience add birth_day smallint generated always as (
  (extract(month from birthday) * 100 + extract(day from birthday))::smallint) stored;

comment on column audience.birth_day is 'month and day of the birthday: 229 is 29 February';
comment on column audience.reach is 'channels that may reach the customer: 1 email + 2 sms + 4 inbox';

create index audience_counted on audience (merchant_id, customer_id)
  include (reach, tier, tier_rank, group_key, stage, gender, region, city, language, birth_day, last_order_day,
    customer_since, frequency, monetary, email_consent, sms_consent, inbox_consent)
  where profile_version > 0 and not erased;

alter table audience set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- The order of samples: one that looks random and stays the same.
create index audience_sample on audience (merchant_id, hashint8extended(customer_id, 17));

create table segment (
  merchant_id int not null,
  id bigint generated always as identity,
  revision int not null,
  name text not null,
  condition jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  deleted_at timestamptz,
  primary key (merchant_id, id)
);

comment on column segment.deleted_at is 'put away; conditions that refer to it still mean it';

select protect_by_merchant('contact');
select protect_by_merchant('act');
select protect_by_merchant('audience_tag');
select protect_by_merchant('segment');
