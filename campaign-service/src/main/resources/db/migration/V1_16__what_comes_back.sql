-- Whose turn it is to read the operator's mailbox of bounces: one replica's at a time.
create table mailbox_turn (
  one boolean primary key default true constraint mailbox_turn_is_one check (one),
  holder text,
  until timestamptz not null
);

insert into mailbox_turn (until) values ('-infinity');

comment on column mailbox_turn.until is 'by the database''s clock; a holder that is gone loses its turn then';

revoke all on mailbox_turn from regulars_request;

comment on column handed_over.provider is 'empty where it is not known whether, and by whom, the SMS was taken';

-- What is old is found by these, and deleted.
create index hit_old on hit (at);
create index soft_bounce_old on soft_bounce (at);
