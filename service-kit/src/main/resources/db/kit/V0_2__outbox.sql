-- Events on their way to Kafka: written with the change that caused them, deleted when Kafka has acknowledged them.
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  event_key text not null,
  spread int not null,
  event_type text not null,
  event_time timestamptz not null,
  body bytea not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

comment on column outbox.spread is 'the customer''s place among the partitions, before the modulo';

-- A request may add to it, and read nothing of what others added.
revoke select, update, delete on outbox from regulars_request;
