using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Market.Domain;
using Market.Domain.Hosting;
using Market.Grains.Journaling;
using Npgsql;

namespace Market.Silo.Keys;

/// <summary>
/// What agents leave in confidence, in tables of the market's PostgreSQL database; the agents' keys are files beside
/// the market's own (<see cref="AgentKeyFiles"/>). Several processes may use it at once: whoever changes an agent's
/// records holds a lock of that agent.
/// </summary>
internal sealed class PostgresPrivateTable : IPrivateTable
{
    private const string Proof = "market.private.v1";
    private const int LockClass = 0x4D707276; // "Mprv"
    private const int MakingLock = 0; // no agent has this number

    private readonly NpgsqlDataSource _database;
    private readonly AgentKeyFiles _keys;
    private readonly byte[] _dataKey;

    private PostgresPrivateTable(NpgsqlDataSource database, string dataFolder, byte[] dataKey)
    {
        _database = database;
        _dataKey = dataKey;
        _keys = new AgentKeyFiles(dataFolder, dataKey);
    }

    /// <summary>Opens the tables, or makes them.</summary>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    /// <exception cref="MarketKeysException">
    /// The folder's key for private data is not the one that the tables were made with.
    /// </exception>
    public static PostgresPrivateTable Open(StoreAddress address, string dataFolder, MarketKeys keys)
    {
        var builder = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            ApplicationName = "market private table",
            MaxPoolSize = 4,
            NoResetOnClose = true,
        };
        builder.Options = $"{builder.Options} -c idle_in_transaction_session_timeout=10000".Trim();
        var table = new PostgresPrivateTable(
            NpgsqlDataSource.Create(builder), dataFolder, keys.DataKey.ToArray());
        try
        {
            table.Prepare(address, dataFolder);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public byte[] Put(AgentNumber agent, HostingId hosting, ReadOnlySpan<byte> content)
    {
        var record = content.ToArray();
        return Change(agent, connection =>
        {
            if (Read(connection, agent, hosting) is { } stored)
            {
                return stored;
            }

            var (id, key) = CurrentKeyOf(connection, agent) ?? _keys.Make(agent);
            Write(connection, agent, hosting, id, key, record);
            return record;
        });
    }

    /// <inheritdoc/>
    public byte[]? Find(AgentNumber agent, HostingId hosting) => Run(connection => Read(connection, agent, hosting));

    /// <inheritdoc/>
    public IReadOnlyList<(AgentNumber Agent, HostingId Hosting)> All() => Run(static connection =>
    {
        using var command = new NpgsqlCommand(
            "SELECT agent, hosting FROM market.private_record ORDER BY agent, hosting", connection);
        using var reader = command.ExecuteReader();
        var all = new List<(AgentNumber, HostingId)>();
        while (reader.Read())
        {
            all.Add((new(reader.GetInt32(0)), new(reader.GetGuid(1))));
        }

        return all;
    });

    /// <inheritdoc/>
    public void Erase(AgentNumber agent, HostingId hosting)
    {
        Change(agent, connection =>
        {
            var rest = RecordsOf(connection, agent).Where(other => other != hosting)
                .Select(other => (Hosting: other, Content: Read(connection, agent, other)))
                .Where(static other => other.Content is not null)
                .ToList();
            Execute(connection, "DELETE FROM market.private_record WHERE agent = $1", agent.Value);
            if (rest.Count > 0)
            {
                var (id, key) = _keys.Make(agent);
                rest.ForEach(other => Write(connection, agent, other.Hosting, id, key, other.Content!));
            }

            return rest.Count;
        });
        DeleteUnusedKeysOf(agent); // what a crash before this leaves, the next start deletes
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_dataKey);
        _database.Dispose();
    }

    private void Prepare(StoreAddress address, string dataFolder)
    {
        var proof = Run(connection =>
        {
            using var transaction = connection.BeginTransaction();
            Lock(connection, MakingLock);
            if (IsTrue(connection, "SELECT to_regnamespace('market') IS NULL"))
            {
                Execute(connection, "CREATE SCHEMA market");
            }

            if (IsTrue(connection, "SELECT to_regclass('market.private_record') IS NULL"))
            {
                Execute(connection, Tables);
            }

            using var command = new NpgsqlCommand("SELECT sealed FROM market.private_proof", connection);
            if (command.ExecuteScalar() is not byte[] stored)
            {
                stored = SealedBox.Seal(_dataKey, Encoding.ASCII.GetBytes(Proof), Encoding.ASCII.GetBytes(Proof));
                Execute(connection, "INSERT INTO market.private_proof VALUES (true, $1)", stored);
            }

            transaction.Commit();
            return stored;
        });
        if (SealedBox.Open(_dataKey, proof, Encoding.ASCII.GetBytes(Proof)) is null)
        {
            var key = Path.Combine(dataFolder, KeyFolder.Name, MarketKeys.DataKeyName);
            throw new MarketKeysException(
                $"The key '{key}' is not the one that the market in '{address}' was made with; name its data folder by "
                + "--data, or restore the key from a backup.");
        }

        foreach (var agent in _keys.Agents())
        {
            DeleteUnusedKeysOf(agent);
        }
    }

    /// <summary>Under the agent's lock, since another process may have made a key whose record is not there yet.
    /// </summary>
    private void DeleteUnusedKeysOf(AgentNumber agent) => Change(agent, connection =>
    {
        var used = KeysOf(connection, agent);
        _keys.DeleteAllBut(agent, used);
        return used.Length;
    });

    private const string Tables =
        """
        CREATE TABLE market.private_proof (one boolean PRIMARY KEY CHECK (one), sealed bytea NOT NULL);
        CREATE TABLE market.private_record (
            agent integer NOT NULL, hosting uuid NOT NULL, key uuid NOT NULL, sealed bytea NOT NULL,
            PRIMARY KEY (agent, hosting));
        """;

    private static byte[] PurposeOf(AgentNumber agent, HostingId hosting) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"market.private-record.v1 {agent} {hosting}"));

    private static void Lock(NpgsqlConnection connection, int agent) =>
        Execute(connection, "SELECT pg_advisory_xact_lock($1, $2)", LockClass, agent);

    private byte[]? Read(NpgsqlConnection connection, AgentNumber agent, HostingId hosting)
    {
        using var command = Command(
            connection, "SELECT key, sealed FROM market.private_record WHERE agent = $1 AND hosting = $2",
            agent.Value, hosting.Value);
        using var reader = command.ExecuteReader();
        return reader.Read() && _keys.Find(agent, reader.GetGuid(0)) is { } key
            ? SealedBox.Open(key, reader.GetFieldValue<byte[]>(1), PurposeOf(agent, hosting))
            : null;
    }

    private static void Write(
        NpgsqlConnection connection, AgentNumber agent, HostingId hosting, Guid id, byte[] key, byte[] content) =>
        Execute(
            connection,
            """
            INSERT INTO market.private_record (agent, hosting, key, sealed) VALUES ($1, $2, $3, $4)
            ON CONFLICT (agent, hosting) DO UPDATE SET key = EXCLUDED.key, sealed = EXCLUDED.sealed
            """,
            agent.Value, hosting.Value, id, SealedBox.Seal(key, content, PurposeOf(agent, hosting)));

    private (Guid Id, byte[] Key)? CurrentKeyOf(NpgsqlConnection connection, AgentNumber agent)
    {
        foreach (var id in KeysOf(connection, agent))
        {
            if (_keys.Find(agent, id) is { } key)
            {
                return (id, key);
            }
        }

        return null;
    }

    private static Guid[] KeysOf(NpgsqlConnection connection, AgentNumber agent) =>
        Guids(connection, "SELECT DISTINCT key FROM market.private_record WHERE agent = $1", agent);

    private static IEnumerable<HostingId> RecordsOf(NpgsqlConnection connection, AgentNumber agent) =>
        Guids(connection, "SELECT hosting FROM market.private_record WHERE agent = $1", agent)
            .Select(static id => new HostingId(id));

    private static Guid[] Guids(NpgsqlConnection connection, string sql, AgentNumber agent)
    {
        using var command = Command(connection, sql, agent.Value);
        using var reader = command.ExecuteReader();
        var found = new List<Guid>();
        while (reader.Read())
        {
            found.Add(reader.GetGuid(0));
        }

        return [.. found];
    }

    private T Change<T>(AgentNumber agent, Func<NpgsqlConnection, T> change) => Run(connection =>
    {
        using var transaction = connection.BeginTransaction();
        Lock(connection, agent.Value);
        var result = change(connection);
        transaction.Commit();
        return result;
    });

    private T Run<T>(Func<NpgsqlConnection, T> run)
    {
        try
        {
            using var connection = _database.OpenConnection();
            return run(connection);
        }
        catch (PostgresException error)
        {
            throw new StoreOperationException("The private table", error.MessageText, error.SqlState, error);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
        {
            throw new StoreOperationException("The private table", error.Message, "", error);
        }
    }

    private static bool IsTrue(NpgsqlConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        return command.ExecuteScalar() is true;
    }

    private static void Execute(NpgsqlConnection connection, string sql, params object[] values)
    {
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
