-- Tiers that people gave to customers by hand, for a time; one for each customer, the last.
create table tier_pin (
  merchant_id int not null,
  customer_id bigint not null,
  tier text not null,
  pinned_at timestamptz not null,
  until timestamptz not null,
  reason text not null,
  pinned_by text not null,
  primary key (merchant_id, customer_id),
  constraint tier_pin_lasts check (until > pinned_at),
  constraint tier_pin_reason_bounded check (char_length(reason) between 1 and 500)
);
select protect_by_merchant('tier_pin');
