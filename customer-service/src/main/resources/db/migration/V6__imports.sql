create sequence import_id_seq;

create table import_job (
  merchant_id int not null references merchant,
  import_id bigint not null default nextval('import_id_seq'),
  file_name text not null,
  layout jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  phase text not null check (phase in ('reading', 'products', 'orders', 'finished')),
  -- where the phase goes on: written in the transaction of the rows that it speaks of
  read_line bigint not null default 0,
  product_done text not null default '',
  customer_done text not null default '',
  document_done text not null default '',
  lines_total bigint,
  lines_read bigint not null default 0,
  lines_rejected bigint not null default 0,
  lines_imported bigint not null default 0,
  counts jsonb not null default '{}',
  attempts int not null default 0,
  problem jsonb,
  claimed_by text,
  claimed_until timestamptz not null default '-infinity',
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (merchant_id, import_id)
);
create index import_job_waiting on import_job (import_id) where state in ('queued', 'running');
select protect_by_merchant('import_job');

-- The uploaded file until its job ends.
create table import_part (
  merchant_id int not null,
  import_id bigint not null,
  part_no int not null,
  content bytea not null,
  primary key (merchant_id, import_id, part_no),
  foreign key (merchant_id, import_id) references import_job on delete cascade
);
alter table import_part alter column content set storage external;
select protect_by_merchant('import_part');

-- The good lines of a file, in the order in which documents are formed of them: a document's lines stand together
-- here wherever they stood in the file.
create table import_row (
  merchant_id int not null,
  import_id bigint not null,
  customer text collate "C" not null,
  document text collate "C" not null,
  line bigint not null,
  product_code text collate "C",
  product_name text,
  category text,
  ordered_at timestamptz not null,
  body text not null,
  primary key (merchant_id, import_id, customer, document, line)
);
select protect_by_merchant('import_row');

create table import_error (
  merchant_id int not null,
  import_id bigint not null,
  line bigint not null,
  field text not null,
  reason text not null,
  value text not null,
  primary key (merchant_id, import_id, line, field),
  foreign key (merchant_id, import_id) references import_job on delete cascade
);
select protect_by_merchant('import_error');
