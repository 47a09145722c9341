namespace Market.Grains.Journaling;

/// <summary>The tables of format 1.</summary>
internal static class PostgresTables
{
    /// <summary>
    /// Rows grow at the end of both indexes of `event` as long as streams are young. A row in `permit` is a
    /// connection's right to append, ended when its last commit is in doubt. Numbers of streams are lent out in blocks,
    /// so no two silos ever have the same; they need not be dense.
    /// </summary>
    public const string Sql =
        """
        CREATE SCHEMA IF NOT EXISTS market;
        CREATE TABLE market.store (
            is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
            format integer NOT NULL,
            market_id uuid NOT NULL);
        CREATE TABLE market.head (
            is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
            position bigint NOT NULL);
        INSERT INTO market.head (position) VALUES (0);
        CREATE TABLE market.permit (
            number bigint PRIMARY KEY,
            taken_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE market.event (
            position bigint NOT NULL,
            stream bigint NOT NULL,
            version bigint NOT NULL,
            writer bigint NOT NULL,
            previous_writer bigint NOT NULL,
            due_at bigint,
            audience_first integer NOT NULL,
            audience_second integer NOT NULL,
            body bytea NOT NULL,
            hash bytea NOT NULL);
        CREATE UNIQUE INDEX event_by_position ON market.event (position);
        CREATE UNIQUE INDEX event_by_stream ON market.event (stream, version);
        CREATE TABLE market.stream (
            number bigint PRIMARY KEY,
            kind smallint NOT NULL,
            key uuid NOT NULL);
        CREATE UNIQUE INDEX stream_by_key ON market.stream (kind, key);
        CREATE SEQUENCE market.stream_number INCREMENT BY 256;
        CREATE TABLE market.snapshot (
            stream bigint PRIMARY KEY,
            version bigint NOT NULL,
            format integer NOT NULL,
            state_hash bytea NOT NULL,
            state bytea NOT NULL);
        CREATE TABLE market.snapshot_part (
            stream bigint NOT NULL,
            number integer NOT NULL,
            hash bytea NOT NULL,
            bytes bytea NOT NULL,
            PRIMARY KEY (stream, number));
        CREATE TABLE market.projection (
            name text PRIMARY KEY,
            position bigint NOT NULL,
            state bytea NOT NULL);

        """;
}
