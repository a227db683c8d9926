-- What each order left the shop with, so that campaigns can be judged by it at any time, under any window and model.
alter table purchase_order add external_id text;
alter table purchase_order add placed_at timestamptz;
alter table purchase_order add kept bigint;

comment on column purchase_order.external_id is 'the merchant''s own id, by which coupon codes name the order';
comment on column purchase_order.placed_at is 'null in rows older than this column; the same event fills it when its topic is read again';
comment on column purchase_order.kept is 'minor units, less what was given back; null while the order is no purchase';

-- What the customer was when the campaign enrolled them; null in rows older than these columns, and of who had no score.
alter table enrolment
  add tier text,
  add group_key text;

comment on column enrolment.tier is 'at enrolment';
comment on column enrolment.group_key is 'at enrolment';

-- Rows lie about in the order in which they came, so a few pages tell a period from the others.
create index enrolment_enrolled on enrolment using brin (enrolled_at);

create index coupon_code_spent on coupon_code (merchant_id, campaign_id) where state = 'redeemed' and campaign_id is not null;

create table measurement_setting (
  merchant_id int primary key,
  revision int not null,
  currency text not null,
  email_cost numeric(12, 6) constraint measurement_email_cost_not_negative check (email_cost >= 0),
  sms_cost numeric(12, 6) constraint measurement_sms_cost_not_negative check (sms_cost >= 0),
  inbox_cost numeric(12, 6) constraint measurement_inbox_cost_not_negative check (inbox_cost >= 0),
  margin_percent numeric(5, 2) constraint measurement_margin_sensible check (margin_percent between 0 and 100),
  updated_at timestamptz not null,
  updated_by text not null
);

comment on column measurement_setting.currency is 'in which the costs were given; they are told as unknown once the shop has another';
comment on column measurement_setting.sms_cost is 'of one message, in the unit of the currency: prices are finer than its minor unit';
comment on column measurement_setting.margin_percent is 'of what goods sell for before coupons, left after the cost of the goods';

select protect_by_merchant('measurement_setting');
