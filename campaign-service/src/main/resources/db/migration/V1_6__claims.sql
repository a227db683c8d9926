-- One row for each claim under way, by which messages are found whose worker is gone. An index on message did that
-- before: then each of a message's states on its way to the provider was a new entry in every index. Now they change
-- in place.
create table claim (
  id text primary key,
  until timestamptz not null,
  merchants int[] not null,
  customers bigint[] not null,
  messages bigint[] not null
);

create index claim_until on claim (until);

comment on table claim is 'of one worker, for messages of many merchants; gone when all of them have a result';

insert into claim (id, until, merchants, customers, messages)
select claim, max(lease_until), array_agg(merchant_id), array_agg(customer_id), array_agg(id)
from message where lease_until is not null group by claim;

drop index message_in_flight;

-- Room for the states that follow on the same page.
alter table message set (fillfactor = 60);

revoke all on claim from regulars_request;
