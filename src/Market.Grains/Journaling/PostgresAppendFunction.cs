namespace Market.Grains.Journaling;

/// <summary>
/// Compare and append as one statement on the server. No lock is ever held while the server waits for a client: a silo
/// that is frozen in mid-append stops nobody, and either all of its batch is there or none.
/// </summary>
internal static class PostgresAppendFunction
{
    /// <summary>SQLSTATE of an append whose permit has been ended.</summary>
    public const string PermitHasEnded = "MK001";

    /// <summary>
    /// The functions of format 1.
    /// <c>append</c> takes the head of all positions first and keeps it to the commit, so commits come one after the
    /// other in the order of their positions, and what it then reads is the truth. It takes a batch's streams, each
    /// with the head that its first row names, and the rows with whether they follow under those heads. Where every
    /// head is as named, that judgement stands; the rows of any other stream it judges itself, one by one. It returns
    /// the first position and, unless all rows were appended, the ordinals of those that were.
    /// <c>take_permit</c> ends the permits whose last append is in doubt: from its commit on those can append no
    /// more, so what is not there never will be. Format 2 has another one, in <see cref="PostgresPermits"/>.
    /// </summary>
    public const string Sql =
        """
        CREATE FUNCTION market.take_permit(p_ended bigint[], p_taken bigint) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE
            v_head bigint;
        BEGIN
            SELECT h.position INTO STRICT v_head FROM market.head h FOR UPDATE;
            DELETE FROM market.permit p WHERE p.number = ANY (p_ended) OR p.taken_at < now() - interval '7 days';
            INSERT INTO market.permit (number) VALUES (p_taken);
            RETURN v_head;
        END $$;

        CREATE FUNCTION market.judge(
            p_lost bigint[], p_stream bigint[], p_kind smallint[], p_key uuid[],
            r_stream bigint[], r_version bigint[], r_writer bigint[], r_previous bigint[])
        RETURNS bigint[] LANGUAGE plpgsql AS $$
        DECLARE
            v_row record;
            v_stream bigint;
            v_version bigint;
            v_writer bigint;
            v_accepted bigint[] := '{}';
        BEGIN
            FOR v_row IN
                SELECT r.* FROM unnest(r_stream, r_version, r_writer, r_previous)
                    WITH ORDINALITY AS r(stream, version, writer, previous, ordinal)
                WHERE r.stream = ANY (p_lost) ORDER BY r.stream, r.ordinal
            LOOP
                IF v_stream IS DISTINCT FROM v_row.stream THEN
                    v_stream := v_row.stream;
                    SELECT e.version, e.writer INTO v_version, v_writer FROM market.event e
                        WHERE e.stream = v_stream ORDER BY e.version DESC LIMIT 1;
                    IF NOT FOUND THEN
                        v_version := 0;
                        v_writer := 0;
                    END IF;
                END IF;
                CONTINUE WHEN v_row.version <> v_version + 1 OR v_row.previous <> v_writer;
                IF v_version = 0 THEN
                    INSERT INTO market.stream (number, kind, key)
                        SELECT s.number, s.kind, s.key FROM unnest(p_stream, p_kind, p_key) AS s(number, kind, key)
                        WHERE s.number = v_stream
                        ON CONFLICT DO NOTHING;
                    CONTINUE WHEN NOT FOUND;
                END IF;
                v_version := v_row.version;
                v_writer := v_row.writer;
                v_accepted := v_accepted || v_row.ordinal;
            END LOOP;
            RETURN v_accepted;
        END $$;

        CREATE FUNCTION market.append(
            p_permit bigint,
            p_stream bigint[], p_version bigint[], p_writer bigint[], p_kind smallint[], p_key uuid[],
            r_follows boolean[],
            r_stream bigint[], r_version bigint[], r_writer bigint[], r_previous bigint[], r_due_at bigint[],
            r_first integer[], r_second integer[], r_body bytea[], r_hash bytea[],
            OUT first_position bigint, OUT accepted bigint[])
        LANGUAGE plpgsql AS $$
        DECLARE
            v_head bigint;
            v_lost bigint[];
            v_count bigint;
        BEGIN
            SELECT h.position INTO STRICT v_head FROM market.head h FOR UPDATE;
            IF NOT EXISTS (SELECT FROM market.permit p WHERE p.number = p_permit) THEN
                RAISE EXCEPTION 'this permit has ended' USING ERRCODE = 'MK001';
            END IF;

            IF 0 = ANY (p_version) THEN
                INSERT INTO market.stream (number, kind, key)
                SELECT s.number, s.kind, s.key
                FROM unnest(p_stream, p_version, p_writer, p_kind, p_key)
                    WITH ORDINALITY AS s(number, version, writer, kind, key, ordinal)
                WHERE s.version = 0 AND s.writer = 0 ORDER BY s.ordinal
                ON CONFLICT DO NOTHING;
                GET DIAGNOSTICS v_count = ROW_COUNT;
                IF v_count < (
                    SELECT count(*) FROM unnest(p_version, p_writer) AS s(version, writer)
                    WHERE s.version = 0 AND s.writer = 0)
                THEN
                    -- A stream that was there has rows; an identity that was there has another stream.
                    SELECT array_agg(s.number) INTO v_lost
                    FROM unnest(p_stream, p_version, p_writer, p_kind, p_key)
                        AS s(number, version, writer, kind, key)
                    WHERE s.version = 0 AND s.writer = 0 AND (
                        EXISTS (SELECT FROM market.event e WHERE e.stream = s.number) OR NOT EXISTS (
                            SELECT FROM market.stream t
                            WHERE t.number = s.number AND t.kind = s.kind AND t.key = s.key));
                END IF;
            END IF;
            v_lost := v_lost || (
                SELECT array_agg(s.number)
                FROM unnest(p_stream, p_version, p_writer) AS s(number, version, writer)
                LEFT JOIN LATERAL (
                    SELECT e.version, e.writer FROM market.event e
                    WHERE e.stream = s.number ORDER BY e.version DESC LIMIT 1) h ON true
                WHERE (s.version <> 0 OR s.writer <> 0)
                    AND (s.version, s.writer) IS DISTINCT FROM (h.version, h.writer));

            IF v_lost IS NULL AND r_follows IS NULL THEN
                v_count := cardinality(r_stream);
                INSERT INTO market.event (
                    position, stream, version, writer, previous_writer, due_at, audience_first, audience_second,
                    body, hash)
                SELECT v_head + r.ordinal, r.stream, r.version, r.writer, r.previous, r.due_at, r.first, r.second,
                    r.body, r.hash
                FROM unnest(
                    r_stream, r_version, r_writer, r_previous, r_due_at, r_first, r_second, r_body, r_hash)
                    WITH ORDINALITY AS r(
                        stream, version, writer, previous, due_at, first, second, body, hash, ordinal);
            ELSE
                SELECT coalesce(array_agg(a.ordinal ORDER BY a.ordinal), '{}') INTO accepted FROM (
                    SELECT unnest(market.judge(
                        v_lost, p_stream, p_kind, p_key, r_stream, r_version, r_writer, r_previous)) AS ordinal
                    WHERE v_lost IS NOT NULL
                    UNION ALL
                    SELECT r.ordinal FROM unnest(r_stream, r_follows)
                        WITH ORDINALITY AS r(stream, follows, ordinal)
                    WHERE coalesce(r.follows, true) AND (v_lost IS NULL OR r.stream <> ALL (v_lost))) a;
                v_count := cardinality(accepted);
                INSERT INTO market.event (
                    position, stream, version, writer, previous_writer, due_at, audience_first, audience_second,
                    body, hash)
                SELECT v_head + a.place, r.stream, r.version, r.writer, r.previous, r.due_at, r.first, r.second,
                    r.body, r.hash
                FROM unnest(accepted) WITH ORDINALITY AS a(ordinal, place)
                JOIN unnest(
                    r_stream, r_version, r_writer, r_previous, r_due_at, r_first, r_second, r_body, r_hash)
                    WITH ORDINALITY AS r(
                        stream, version, writer, previous, due_at, first, second, body, hash, ordinal)
                    ON r.ordinal = a.ordinal;
            END IF;

            first_position := v_head + 1;
            IF v_count > 0 THEN
                UPDATE market.head SET position = v_head + v_count;
                PERFORM pg_notify('market_head', (v_head + v_count) || ' ' || p_permit);
            END IF;
        END $$;

        """;
}
