using System.Data;
using Market.Grains.Journaling;
using Market.Silo.Clustering;
using Market.TestSupport;
using Npgsql;

namespace Market.Silo.Tests.Clustering;

/// <summary>
/// Runs the statements as the engine's providers do: the text from the table, parameters by name with the types that
/// they give them, columns by name.
/// </summary>
internal sealed class ProviderStatements : IAsyncDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.CreateDatabase();
    private readonly NpgsqlDataSource _source;

    private ProviderStatements() =>
        _source = NpgsqlDataSource.Create(StoreAddress.Parse(_database.Address).ConnectionString);

    public string ConnectionString => StoreAddress.Parse(_database.Address).ConnectionString;

    public PostgresDatabase Database => _database;

    public static async Task<ProviderStatements> OpenAsync()
    {
        var statements = new ProviderStatements();
        await ClusterSchema.MigrateAsync(statements.ConnectionString);
        return statements;
    }

    /// <summary>Runs a statement; its rows, each a value a column.</summary>
    public async Task<List<Dictionary<string, object?>>> RunAsync(
        string key, params (string Name, DbType Type, object? Value)[] parameters)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var find = new NpgsqlCommand(
            "SELECT QueryText FROM OrleansQuery WHERE QueryKey = $1", connection)
        {
            Parameters = { new() { Value = key } },
        };
        var text = (string)(await find.ExecuteScalarAsync())!;
        await using var command = new NpgsqlCommand(text, connection);
        foreach (var (name, type, value) in parameters)
        {
            command.Parameters.Add(
                new NpgsqlParameter { ParameterName = name, DbType = type, Value = value ?? DBNull.Value });
        }

        var rows = new List<Dictionary<string, object?>>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, at => reader.IsDBNull(at) ? null : reader.GetValue(at)));
        }

        return rows;
    }

    /// <summary>Runs a statement that says by one number whether it did anything.</summary>
    public async Task<bool> DidAsync(string key, params (string Name, DbType Type, object? Value)[] parameters) =>
        Convert.ToBoolean(Assert.Single(Assert.Single(await RunAsync(key, parameters))).Value);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _database.Dispose();
    }
}
