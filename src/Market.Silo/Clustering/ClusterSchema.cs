using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Market.Silo.Clustering;

/// <summary>
/// The tables by which silos find each other, and the statements with which the engine's providers read and write them.
/// The program makes and migrates them itself: steps that were taken are numbered in the database, and the statements
/// are the program's own at each start.
/// </summary>
public static class ClusterSchema
{
    // Any number will do, as long as no other program that shares the database takes it.
    private const long MigrationLock = 0x6D61_726B_6574_0001;
    private const string StepsFolder = "Steps/";
    private const string QueriesFolder = "Queries/";

    private static readonly Assembly Program = typeof(ClusterSchema).Assembly;

    /// <summary>The number of the newest step.</summary>
    public static int Version => Files(StepsFolder).Max(static file => NumberOf(file.Name));

    /// <summary>
    /// The statements by the keys under which the providers look for them; their parameters and columns are the
    /// providers' contract.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Queries { get; } =
        Files(QueriesFolder).ToDictionary(static file => file.Name, static file => file.Text);

    /// <summary>
    /// Brings a database up to this program; silos that start at the same moment wait for each other.
    /// </summary>
    /// <param name="connectionString">The database, in Npgsql's form.</param>
    /// <param name="cancellationToken">Gives up; then nothing was changed.</param>
    /// <exception cref="ClusterStoreException">It cannot be reached, or is a newer program's.</exception>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        try
        {
            var connection = new NpgsqlConnection(connectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await MigrateAsync(connection, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (NpgsqlException error)
        {
            throw new ClusterStoreException($"The cluster's tables cannot be made or read: {error.Message}", error);
        }
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken)
            .ConfigureAwait(false);
        await RunAsync(
            connection, "CREATE TABLE IF NOT EXISTS cluster_schema (version integer PRIMARY KEY)", cancellationToken)
            .ConfigureAwait(false);
        var newest = await RunAsync(
            connection, "SELECT coalesce(max(version), 0) FROM cluster_schema", cancellationToken)
            .ConfigureAwait(false);
        var found = Convert.ToInt32(newest, CultureInfo.InvariantCulture);
        if (found > Version)
        {
            throw new ClusterStoreException(
                $"The cluster's tables have version {found} and this program knows {Version}: start a newer program.");
        }

        foreach (var (name, text) in Files(StepsFolder).OrderBy(static file => NumberOf(file.Name)))
        {
            if (NumberOf(name) > found)
            {
                await RunAsync(connection, text, cancellationToken).ConfigureAwait(false);
                await RunAsync(
                    connection, $"INSERT INTO cluster_schema VALUES ({NumberOf(name)})", cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        foreach (var (key, text) in Queries)
        {
            var write = new NpgsqlCommand(
                "INSERT INTO orleansquery VALUES ($1, $2) ON CONFLICT (querykey) DO UPDATE SET querytext = $2",
                connection)
            {
                Parameters = { new() { Value = key }, new() { Value = text } },
            };
            await using (write.ConfigureAwait(false))
            {
                await write.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<object?> RunAsync(
        NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(text, connection);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static int NumberOf(string step) =>
        int.Parse(step.AsSpan(0, step.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, string Text)> Files(string folder)
    {
        foreach (var name in Program.GetManifestResourceNames())
        {
            if (name.StartsWith(folder, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(Program.GetManifestResourceStream(name)!);
                yield return (Path.GetFileNameWithoutExtension(name), reader.ReadToEnd());
            }
        }
    }
}
