-- Requests run as regulars_request, which row-level security confines to the rows of one merchant. The role is the
-- cluster's: an operator may have made it already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'regulars_request') then
    begin
      create role regulars_request nologin;
    exception when duplicate_object or unique_violation then
      -- another service of the same cluster made it in this moment
      null;
    end;
  end if;
  if not pg_has_role(current_user, 'regulars_request', 'member') then
    execute format('grant regulars_request to %I', current_user);
  end if;
end $$;

grant usage on schema public to regulars_request;
alter default privileges in schema public grant select, insert, update, delete on tables to regulars_request;
alter default privileges in schema public grant usage, select on sequences to regulars_request;

-- To be called once for each table that has a merchant_id.
create function protect_by_merchant(protected regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format(
    'create policy one_merchant on %s to regulars_request
       using (merchant_id = nullif(current_setting(''regulars.merchant_id'', true), '''')::int)', protected);
end $$;
