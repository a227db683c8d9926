-- Where only a customer's rhythm tells when they need a product again, their last purchase of it is kept, and the rest is
-- worked out from their purchase days when they are scored: whatever else they buy may move it.
alter table forecast
  alter column runs_out_at drop not null,
  alter column opens_at drop not null,
  alter column closes_at drop not null,
  alter column cycle_days drop not null;

update forecast set runs_out_at = null, opens_at = null, closes_at = null, cycle_days = null, from_days = null,
  to_days = null, intervals = null, customers = null
where basis = 'rhythm';

alter table forecast
  add constraint forecast_by_rhythm check (
    num_nulls(runs_out_at, opens_at, closes_at, cycle_days) = case when basis = 'rhythm' then 4 else 0 end),
  add constraint forecast_rhythm_unsaid check (basis <> 'rhythm' or from_days is null);
comment on table forecast is 'by customer and product; of a customer''s rhythm the last purchase alone';

-- What was bought again by customers who had no rhythm yet, was not kept.
insert into recompute as r (merchant_id, reason, rebuild, state, requested_at)
select merchant_id, 'requested', true, 'queued', now() from shop where version > 0
on conflict (merchant_id) where state = 'queued' do update set rebuild = true, products = null;
