-- When campaigns wrote to customers: loss reports tell who had last heard of what.
create table contact (
  merchant_id int not null,
  customer_id bigint not null,
  at timestamptz not null,
  campaign_id bigint not null,
  primary key (merchant_id, customer_id, at, campaign_id)
);
comment on table contact is 'messages that were sent, known from here on; several channels at one instant are one';
select protect_by_merchant('contact');

drop index interaction_said;
create index interaction_said on interaction (merchant_id, customer_id, at)
  where kind in ('product_reviewed', 'survey_answered', 'complained');
