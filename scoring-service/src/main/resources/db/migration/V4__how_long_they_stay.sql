-- What BG/NBD and Gamma-Gamma learned of a shop, each time they were fitted. The latest that is done and of no earlier
-- day is the one in use.
create table lifetime_fit (
  merchant_id int not null,
  fit_id bigint generated always as identity,
  reason text not null,
  basis text,
  as_of timestamptz,
  state text not null,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  attempts int not null default 0,
  problem text,
  fitted_at timestamptz,
  buyers bigint,
  repeat_buyers bigint,
  r double precision,
  alpha_weeks double precision,
  a double precision,
  b double precision,
  log_likelihood double precision,
  p double precision,
  q double precision,
  v double precision,
  spending_log_likelihood double precision,
  spending_buyers bigint,
  first_day date,
  learned_weeks int,
  expected double precision[],
  actual double precision[],
  later_days int,
  later_expected double precision,
  later_actual bigint,
  primary key (merchant_id, fit_id),
  constraint lifetime_fit_state check (state in ('queued', 'running', 'done', 'failed')),
  constraint lifetime_fit_reason check (reason in ('requested', 'calibration')),
  constraint lifetime_fit_basis check (basis in ('shop', 'shops')),
  constraint lifetime_fit_whole check (
    state <> 'done' or num_nulls(basis, fitted_at, buyers, repeat_buyers, r, alpha_weeks, a, b, log_likelihood) = 0)
);
comment on column lifetime_fit.basis is 'fitted on this shop, or the middle of what was fitted on others';
comment on column lifetime_fit.as_of is 'what was bought later is not learned from; null for the instant of the fit';
comment on column lifetime_fit.v is 'in units of the merchant''s currency';
comment on column lifetime_fit.expected is 'repeat purchases from the first day to the end of each week';
-- What asks again while the same fit waits, joins it.
create unique index lifetime_fit_one_waits on lifetime_fit (merchant_id, as_of) nulls not distinct
  where state = 'queued';
create index lifetime_fit_open on lifetime_fit (fit_id) where state in ('queued', 'running');
create index lifetime_fit_used on lifetime_fit (merchant_id, fit_id) where state = 'done' and as_of is null;
select protect_by_merchant('lifetime_fit');
