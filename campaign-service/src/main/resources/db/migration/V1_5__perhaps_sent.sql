alter table message add perhaps_sent boolean not null default false;

comment on column message.perhaps_sent is 'a try may have got through; sent again by its key, and never skipped or failed';
comment on column message.counted_at is 'since when it counts against the caps; null while it does not';
