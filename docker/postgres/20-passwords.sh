#!/bin/sh
# Gives the roles their passwords. Run once by the PostgreSQL image, after roles.sql.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v projector="$PROJECTOR_PASSWORD" -v portal="$PORTAL_PASSWORD" <<'SQL'
ALTER ROLE registry_projector PASSWORD :'projector';
ALTER ROLE registry_portal PASSWORD :'portal';
SQL
