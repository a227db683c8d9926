-- How surely a cycle is known: between which days its median lies, and what it was learned from. Null for what was
-- learned before, until it is learned anew, and for the merchant's own word.
alter table learned_cycle
  add column intervals bigint,
  add column from_days double precision,
  add column to_days double precision,
  add constraint learned_cycle_confidence check (num_nulls(intervals, from_days, to_days) in (0, 3)),
  add constraint learned_cycle_interval check (from_days <= to_days);

alter table forecast
  add column from_days double precision,
  add column to_days double precision,
  add column intervals bigint,
  add column customers bigint,
  add constraint forecast_confidence check (num_nulls(from_days, to_days, intervals, customers) in (0, 4)),
  add constraint forecast_interval check (from_days <= to_days);

-- A customer's own intervals go before the product's now, and their cycle over all after the category's: forecasts are
-- made anew by that.
insert into recompute as r (merchant_id, reason, rebuild, state, requested_at)
select merchant_id, 'requested', true, 'queued', now() from shop where version > 0
on conflict (merchant_id) where state = 'queued' do update set rebuild = true, products = null;
