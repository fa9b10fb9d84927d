-- The roles of the read models' database. The projector owns what is in it; the portal, which faces the internet, can read and nothing else, so that
-- neither a fault in a page nor an injection can change a row. Passwords are set apart from this file (20-passwords.sh).
-- Run once, as superuser, in the empty database.

CREATE ROLE registry_projector LOGIN;
CREATE ROLE registry_portal LOGIN CONNECTION LIMIT 64;

-- Nobody does anything here by default.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT USAGE, CREATE ON SCHEMA public TO registry_projector;
GRANT USAGE ON SCHEMA public TO registry_portal;

-- Each version of a projection has tables of its own, made by the projector as it goes: the portal may read those, too.
ALTER DEFAULT PRIVILEGES FOR ROLE registry_projector IN SCHEMA public GRANT SELECT ON TABLES TO registry_portal;

-- A second lock behind the first, and an end to queries nobody waits for any more.
ALTER ROLE registry_portal SET default_transaction_read_only = on;
ALTER ROLE registry_portal SET statement_timeout = '15s';
