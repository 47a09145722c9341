namespace Market.Grains.Journaling;

/// <summary>
/// The step from format 1 to 2: a permit says whose it is, so that others can end the permits of a process that they
/// have gone on without, and that process can tell it from a connection that it lost itself.
/// </summary>
internal static class PostgresPermits
{
    /// <summary>
    /// Of the columns, <c>used_by</c> is what the process serves (`alone`, or `cluster NAME`; null for tools, which may
    /// lose a permit and take another), and <c>silo</c> its name in its cluster, once it has joined.
    /// <c>take_permit</c> gives one in exchange for those that a process may still have. A process that serves has one
    /// until others end it: where none of those is left, others have, and it gets none any more. Its first one it gets
    /// for nothing, and with it ends what processes left that served otherwise.
    /// <c>end_permits</c> ends those of a silo. Both wait for the append that is under way; what comes later finds no
    /// permit.
    /// The permits of format 1 are nobody's, so they end here: whoever still runs with one has to be started again.
    /// </summary>
    public const string Sql =
        """
        DELETE FROM market.permit;
        ALTER TABLE market.permit ADD COLUMN used_by text, ADD COLUMN silo text;
        DROP FUNCTION market.take_permit(bigint[], bigint);

        CREATE FUNCTION market.take_permit(p_ended bigint[], p_taken bigint, p_used_by text, p_silo text)
        RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE
            v_head bigint;
        BEGIN
            SELECT h.position INTO STRICT v_head FROM market.head h FOR UPDATE;
            DELETE FROM market.permit p WHERE p.number = ANY (p_ended);
            IF NOT FOUND AND p_used_by IS NOT NULL AND cardinality(p_ended) > 0 THEN
                RAISE EXCEPTION 'others have ended this permit' USING ERRCODE = 'MK001';
            END IF;
            DELETE FROM market.permit p WHERE p.used_by IS NULL AND p.taken_at < now() - interval '7 days';
            IF p_used_by IS NOT NULL AND cardinality(p_ended) = 0 THEN
                DELETE FROM market.permit p WHERE p_used_by = 'alone' OR p.used_by IS DISTINCT FROM p_used_by;
            END IF;
            INSERT INTO market.permit (number, used_by, silo) VALUES (p_taken, p_used_by, p_silo);
            RETURN v_head;
        END $$;

        CREATE FUNCTION market.end_permits(p_used_by text, p_silo text) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE
            v_count bigint;
        BEGIN
            PERFORM h.position FROM market.head h FOR UPDATE;
            DELETE FROM market.permit p WHERE p.used_by = p_used_by AND p.silo = p_silo;
            GET DIAGNOSTICS v_count = ROW_COUNT;
            RETURN v_count;
        END $$;

        """;
}
