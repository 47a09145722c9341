-- A silo that the others declare dead, or forget, loses its permits to append in the same transaction: nobody goes on
-- without it while it could still append. Its name is that under which it has joined.
CREATE OR REPLACE FUNCTION cluster_silo_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_regprocedure('market.end_permits(text, text)') IS NOT NULL THEN
        PERFORM market.end_permits(
            'cluster ' || OLD.deploymentid, OLD.address || ':' || OLD.port || '@' || OLD.generation);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER cluster_silo_dies AFTER UPDATE OF status ON cluster_silo
    FOR EACH ROW WHEN (NEW.status = 6) EXECUTE FUNCTION cluster_silo_ends();
CREATE TRIGGER cluster_silo_is_forgotten AFTER DELETE ON cluster_silo
    FOR EACH ROW EXECUTE FUNCTION cluster_silo_ends();
