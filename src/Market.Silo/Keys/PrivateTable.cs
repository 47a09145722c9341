using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Market.Domain;
using Market.Domain.Hosting;
using Microsoft.Data.Sqlite;

namespace Market.Silo.Keys;

/// <summary>
/// What agents leave in confidence, as <c>private.db</c> of the data folder. Each agent's key is sealed with the
/// market's key for private data.
/// </summary>
internal sealed class PrivateTable : IPrivateTable
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "private.db";

    private const string Proof = "market.private.v1";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly byte[] _dataKey;

    private PrivateTable(SqliteConnection connection, byte[] dataKey) =>
        (_connection, _dataKey) = (connection, dataKey);

    /// <summary>Opens the table beside some data, or makes it; in memory where there is no folder.</summary>
    /// <exception cref="MarketKeysException">
    /// The file is no such table, or the market's key is not the one that it was made with.
    /// </exception>
    public static PrivateTable Open(string? dataFolder, MarketKeys keys)
    {
        var path = dataFolder is null ? ":memory:" : Path.Combine(dataFolder, FileName);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
        }.ToString());
        var table = new PrivateTable(connection, keys.DataKey.ToArray());
        try
        {
            connection.Open();
            table.Prepare(path);
            return table;
        }
        catch (Exception error)
        {
            table.Dispose();
            throw error is SqliteException
                ? new MarketKeysException($"'{path}' cannot be used: {error.Message}", error)
                : error;
        }
    }

    /// <inheritdoc/>
    public byte[] Put(AgentNumber agent, HostingId hosting, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            if (Read(agent, hosting) is { } stored)
            {
                return stored;
            }

            Write(agent, hosting, KeyOf(agent) ?? MakeKey(agent), content);
            transaction.Commit();
            return content.ToArray();
        }
    }

    /// <inheritdoc/>
    public byte[]? Find(AgentNumber agent, HostingId hosting)
    {
        lock (_gate)
        {
            return Read(agent, hosting);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(AgentNumber Agent, HostingId Hosting)> All()
    {
        lock (_gate)
        {
            using var command = Command("SELECT agent, hosting FROM record ORDER BY agent, hosting");
            using var reader = command.ExecuteReader();
            var all = new List<(AgentNumber, HostingId)>();
            while (reader.Read())
            {
                all.Add((new(reader.GetInt32(0)), new(new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true))));
            }

            return all;
        }
    }

    /// <inheritdoc/>
    public void Erase(AgentNumber agent, HostingId hosting)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            var rest = RecordsOf(agent).Where(other => other != hosting)
                .Select(other => (Hosting: other, Content: Read(agent, other)))
                .Where(static other => other.Content is not null)
                .ToList();
            Execute("DELETE FROM record WHERE agent = $agent", ("$agent", agent.Value));
            Execute("DELETE FROM agent_key WHERE agent = $agent", ("$agent", agent.Value));
            if (rest.Count > 0)
            {
                var key = MakeKey(agent);
                foreach (var (other, content) in rest)
                {
                    Write(agent, other, key, content);
                }
            }

            transaction.Commit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_dataKey);
        _connection.Dispose();
    }

    private static byte[] PurposeOf(string what, AgentNumber agent, HostingId hosting = default) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"market.{what}.v1 {agent} {hosting}"));

    private void Prepare(string path)
    {
        // Without a log beside it, and with freed pages overwritten, what was deleted is in no file.
        Execute("PRAGMA journal_mode = DELETE");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA secure_delete = ON");
        Execute(
            "CREATE TABLE IF NOT EXISTS proof (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT");
        Execute("CREATE TABLE IF NOT EXISTS agent_key (agent INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT");
        Execute(
            "CREATE TABLE IF NOT EXISTS record (agent INTEGER NOT NULL, hosting BLOB NOT NULL, sealed BLOB NOT NULL, "
            + "PRIMARY KEY (agent, hosting)) STRICT, WITHOUT ROWID");
        var purpose = Encoding.ASCII.GetBytes(Proof);
        if (ReadBlob("SELECT sealed FROM proof") is not { } proof)
        {
            Execute("INSERT INTO proof VALUES (1, $sealed)", ("$sealed", SealedBox.Seal(_dataKey, purpose, purpose)));
        }
        else if (SealedBox.Open(_dataKey, proof, purpose) is null)
        {
            var key = Path.Combine(Path.GetDirectoryName(path)!, KeyFolder.Name, MarketKeys.DataKeyName);
            throw new MarketKeysException(
                $"The key '{key}' is not the one that '{path}' was made with; restore it from a backup.");
        }
    }

    private byte[]? Read(AgentNumber agent, HostingId hosting) =>
        KeyOf(agent) is { } key && ReadBlob(
            "SELECT sealed FROM record WHERE agent = $agent AND hosting = $hosting",
            ("$agent", agent.Value), ("$hosting", hosting.Value.ToByteArray(bigEndian: true))) is { } sealedRecord
            ? SealedBox.Open(key, sealedRecord, PurposeOf("private-record", agent, hosting))
            : null;

    private void Write(AgentNumber agent, HostingId hosting, byte[] key, ReadOnlySpan<byte> content) => Execute(
        "INSERT OR REPLACE INTO record VALUES ($agent, $hosting, $sealed)",
        ("$agent", agent.Value),
        ("$hosting", hosting.Value.ToByteArray(bigEndian: true)),
        ("$sealed", SealedBox.Seal(key, content, PurposeOf("private-record", agent, hosting))));

    private byte[]? KeyOf(AgentNumber agent) =>
        ReadBlob("SELECT sealed FROM agent_key WHERE agent = $agent", ("$agent", agent.Value)) is { } sealedKey
            ? SealedBox.Open(_dataKey, sealedKey, PurposeOf("private-key", agent))
            : null;

    private byte[] MakeKey(AgentNumber agent)
    {
        var key = RandomNumberGenerator.GetBytes(SealedBox.KeyBytes);
        Execute(
            "INSERT OR REPLACE INTO agent_key VALUES ($agent, $sealed)",
            ("$agent", agent.Value), ("$sealed", SealedBox.Seal(_dataKey, key, PurposeOf("private-key", agent))));
        return key;
    }

    private List<HostingId> RecordsOf(AgentNumber agent)
    {
        using var command = Command("SELECT hosting FROM record WHERE agent = $agent", ("$agent", agent.Value));
        using var reader = command.ExecuteReader();
        var found = new List<HostingId>();
        while (reader.Read())
        {
            found.Add(new(new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true)));
        }

        return found;
    }

    private byte[]? ReadBlob(string sql, params ReadOnlySpan<(string, object)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() as byte[];
    }

    private void Execute(string sql, params ReadOnlySpan<(string, object)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
