#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: a database and an owner for each service, and the role that
# requests run as, confined to one merchant by row-level security.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<SQL
create role regulars_request nologin;
SQL

database() {
    psql -v ON_ERROR_STOP=1 -v name="$1" -v password="$2" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role :"name" login password :'password';
grant regulars_request to :"name";
create database :"name" owner :"name";
revoke connect on database :"name" from public;
SQL
}

database customer "$CUSTOMER_PASSWORD"
database scoring "$SCORING_PASSWORD"
database campaign "$CAMPAIGN_PASSWORD"
