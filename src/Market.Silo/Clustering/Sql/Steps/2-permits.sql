-- A silo that the others declare dead, or forget, loses its permits to append in the same transaction: nobody goes on
-- without it while it could still append. Its name is that under which it has joined. The session with which it holds
-- the duty of all is ended too: of a silo that is only frozen the database would keep it.
CREATE OR REPLACE FUNCTION cluster_silo_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_silo text := OLD.address || ':' || OLD.port || '@' || OLD.generation;
BEGIN
    IF to_regprocedure('market.end_permits(text, text)') IS NOT NULL THEN
        PERFORM market.end_permits('cluster ' || OLD.deploymentid, v_silo);
    END IF;
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.usename = current_user
            AND a.application_name = left('market duty ' || v_silo, 63);
    RETURN NULL;
END $$;

CREATE TRIGGER cluster_silo_dies AFTER UPDATE OF status ON cluster_silo
    FOR EACH ROW WHEN (NEW.status = 6) EXECUTE FUNCTION cluster_silo_ends();
CREATE TRIGGER cluster_silo_is_forgotten AFTER DELETE ON cluster_silo
    FOR EACH ROW EXECUTE FUNCTION cluster_silo_ends();
