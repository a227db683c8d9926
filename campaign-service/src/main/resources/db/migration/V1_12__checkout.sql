-- Coupons at the checkout: held for an order while it is paid, given back, combined or not, within a margin; codes of
-- the merchant's own, and one code for all.
alter table coupon add column codes text not null default 'generated';
alter table coupon add constraint coupon_codes_known check (codes in ('generated', 'pool', 'shared'));
alter table coupon add column shared_code text;
alter table coupon add column shared_key text;
alter table coupon add constraint coupon_shared_has_its_code
  check ((codes = 'shared') = (shared_code is not null) and (shared_code is null) = (shared_key is null));
alter table coupon add column combinable boolean not null default true;
alter table coupon add column margin_floor numeric(5, 2)
  constraint coupon_margin_floor_sensible check (margin_floor >= 0 and margin_floor < 100);
alter table coupon add column on_refund text not null default 'void'
  constraint coupon_on_refund_known check (on_refund in ('void', 'return'));
comment on column coupon.shared_code is 'as it is written; each use of it is a code of its own';
comment on column coupon.shared_key is 'the same as it is compared: without blanks, O as 0, I and L as 1';
comment on column coupon.combinable is 'whether an order may use other codes besides';
comment on column coupon.margin_floor is 'percent of what is left to pay that must remain over the cost';
comment on column coupon.on_refund is 'what becomes of a code whose order is given back as a whole';
create unique index coupon_shared_key on coupon (merchant_id, shared_key) where shared_key is not null;

alter table coupon_code drop constraint coupon_code_state_known;
alter table coupon_code add constraint coupon_code_state_known
  check (state in ('issued', 'reserved', 'redeemed', 'voided'));
alter table coupon_code drop constraint coupon_code_redeemed_by_an_order;
alter table coupon_code add column reserved_until timestamptz;
alter table coupon_code add column discount bigint;
alter table coupon_code add column void_reason text;
alter table coupon_code add column shown text;
comment on column coupon_code.shown is 'as the merchant writes it, where that is not the code itself';
alter table coupon_code add constraint coupon_code_used_by_an_order
  check (state = 'voided' or (state in ('reserved', 'redeemed')) = (order_id is not null));
alter table coupon_code add constraint coupon_code_reserved_for_a_time
  check ((state = 'reserved') = (reserved_until is not null));
comment on column coupon_code.discount is 'minor units that the order was given, where the checkout told its cart';
create index coupon_code_of_order on coupon_code (merchant_id, order_id) where order_id is not null;

-- Codes that the merchant brought and nobody has yet.
create table coupon_pool (
  merchant_id int not null,
  coupon_id bigint not null,
  code text not null,
  shown text not null,
  primary key (merchant_id, code),
  foreign key (merchant_id, coupon_id) references coupon (merchant_id, id)
);
create index coupon_pool_of_coupon on coupon_pool (merchant_id, coupon_id, code);
select protect_by_merchant('coupon_pool');

create index coupon_code_reserved on coupon_code (merchant_id, coupon_id, reserved_until) where state = 'reserved';
