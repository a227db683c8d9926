-- What a report can be sure of: how customers were drawn, who was kept out at the door; how often a code was used; who
-- guesses codes; what may be out in coupons. And one list of prices.

alter table enrolment add holdout_percent numeric(5, 2);
comment on column enrolment.holdout_percent is 'that the customer was subject to at the door, 0 for none; null before that, where they were refused, and in rows older than this column';

alter table fan_out add refused bigint not null default 0;
comment on column fan_out.enrolled is 'who entered or has yet to; in rows finished before this line those who were refused besides';
comment on column fan_out.refused is 'whom the door kept out';

alter table coupon_code add returned int not null default 0;
comment on column coupon_code.returned is 'how often an order gave it back: each use has an engagement of its own';

-- Reports read the shop's orders of a period once, and put them beside the customers.
create index purchase_order_placed on purchase_order (merchant_id, placed_at);

-- What is out, for budgets of it.
create index coupon_code_out on coupon_code (merchant_id, coupon_id, campaign_id, valid_until)
  where state in ('issued', 'reserved');

alter table budget drop constraint budget_kind_known;
alter table budget add constraint budget_kind_known check (kind in ('messages', 'money', 'coupons'));
alter table budget add constraint budget_of_coupons_without_period check (kind <> 'coupons' or per = 'all');
comment on column budget.used is 'of coupons at least what is out: it is counted anew when it seems full';

-- Who waits in a journey says why.
create index enrolment_waiting on enrolment (merchant_id, campaign_id) where state = 'active' and reason is not null;

-- Codes that were asked for and are none, by the minute; forgotten with the next one after ten minutes.
create table coupon_guess (
  merchant_id int not null,
  who text not null,
  slot timestamptz not null,
  misses int not null,
  primary key (merchant_id, who, slot)
);

create index coupon_guess_old on coupon_guess (merchant_id, slot);

comment on column coupon_guess.who is 'client: or customer: and the hash of its name';

select protect_by_merchant('coupon_guess');

-- Prices stood in the guardrails too, for budgets alone. Where the list has none of a channel, that one moves into it.
insert into measurement_setting (merchant_id, revision, currency, email_cost, sms_cost, inbox_cost, updated_at, updated_by)
select g.merchant_id, 1, s.currency, (g.settings -> 'costs' ->> 'email')::numeric, (g.settings -> 'costs' ->> 'sms')::numeric,
  (g.settings -> 'costs' ->> 'inbox')::numeric, g.updated_at, g.updated_by
from guardrail g join shop s on s.merchant_id = g.merchant_id
where g.settings -> 'costs' is not null and g.settings -> 'costs' <> '{}'
on conflict (merchant_id) do update set revision = measurement_setting.revision + 1,
  email_cost = coalesce(measurement_setting.email_cost, excluded.email_cost),
  sms_cost = coalesce(measurement_setting.sms_cost, excluded.sms_cost),
  inbox_cost = coalesce(measurement_setting.inbox_cost, excluded.inbox_cost)
where measurement_setting.currency = excluded.currency;

update guardrail set settings = settings - 'costs' where settings ? 'costs';
