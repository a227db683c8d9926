-- Which transaction wrote each customer's score last: what a reader follows. Apart from the score, as the review is,
-- because it changes with every change and is indexed: the score's own rows stay within their page.
create table score_change (
  merchant_id int not null,
  customer_id bigint not null,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (merchant_id, customer_id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
comment on column score_change.changed_xid is
  'in the order in which transactions begin; complete below the oldest that is under way';
create index score_change_in_order on score_change (merchant_id, changed_xid, customer_id);
select protect_by_merchant('score_change');

insert into score_change (merchant_id, customer_id) select merchant_id, customer_id from score;

-- A recompute that was paused keeps its place, and its ranges, until it goes on or is cancelled.
alter table recompute drop constraint recompute_state;
alter table recompute add constraint recompute_state check (
  state in ('queued', 'running', 'paused', 'done', 'failed', 'cancelled'));

-- A model tried on the shop, with its rules as they stood when that was asked for.
create table simulation (
  merchant_id int not null,
  simulation_id bigint generated always as identity,
  model_version int not null,
  definition jsonb not null,
  as_of timestamptz not null,
  within text,
  state text not null,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  attempts int not null default 0,
  total bigint,
  problem text,
  result json,
  primary key (merchant_id, simulation_id),
  constraint simulation_state check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  constraint simulation_whole check ((state = 'done') = (result is not null))
);
comment on column simulation.within is 'one window for tiers and groups alike, ISO 8601; null for the rules'' own';
comment on column simulation.result is 'as it is answered; not binary, so that it keeps its order';
create index simulation_open on simulation (simulation_id) where state in ('queued', 'running');
select protect_by_merchant('simulation');

-- How far it is, and whether it is still wanted. Apart, because whoever works holds the simulation's own row to
-- the end.
create table simulation_progress (
  merchant_id int not null,
  simulation_id bigint not null,
  done bigint not null default 0,
  cancelled boolean not null default false,
  primary key (merchant_id, simulation_id),
  foreign key (merchant_id, simulation_id) references simulation on delete cascade
) with (fillfactor = 50);
select protect_by_merchant('simulation_progress');

-- Who would have another tier.
create table simulation_move (
  merchant_id int not null,
  simulation_id bigint not null,
  customer_id bigint not null,
  from_tier text not null,
  to_tier text not null,
  primary key (merchant_id, simulation_id, customer_id),
  foreign key (merchant_id, simulation_id) references simulation on delete cascade,
  constraint simulation_move_moves check (from_tier <> to_tier)
);
select protect_by_merchant('simulation_move');
