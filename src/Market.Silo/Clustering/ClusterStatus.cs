using Npgsql;

namespace Market.Silo.Clustering;

/// <summary>A silo as the membership table has it.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Name">The silo's name.</param>
/// <param name="Address">Where other silos reach it, with the port.</param>
/// <param name="GatewayPort">The port for the engine's tools; 0 for none.</param>
/// <param name="State">What the silos agree that it is: active, joining, dead and so on.</param>
/// <param name="Since">When it started.</param>
/// <param name="LastSign">Its last sign of life in the table; a running silo gives one every few seconds.</param>
/// <param name="Version">The cluster's version: it moves with every change of the membership.</param>
public sealed record SiloStatusRow(
    string Cluster, string Name, string Address, int GatewayPort, string State, DateTimeOffset Since,
    DateTimeOffset LastSign, int Version);

/// <summary>Reads the membership of clusters, by its own statement and without being a member.</summary>
public static class ClusterStatus
{
    private const string UndefinedTable = "42P01";

    // The engine's own names, by their numbers.
    private static readonly string[] States =
        ["none", "created", "joining", "active", "shutting down", "stopping", "dead"];

    /// <summary>The silos in order of their start; dead ones stay for a day.</summary>
    /// <param name="connectionString">The database, in Npgsql's form.</param>
    /// <param name="cluster">Only this cluster's; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Empty where no silo has ever started.</returns>
    /// <exception cref="ClusterStoreException">The database cannot be reached or read.</exception>
    public static async Task<IReadOnlyList<SiloStatusRow>> ReadAsync(
        string connectionString, string? cluster = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var source = NpgsqlDataSource.Create(connectionString);
            await using (source.ConfigureAwait(false))
            {
                return await ReadAsync(source, cluster, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException error) when (error.SqlState == UndefinedTable)
        {
            return [];
        }
        catch (NpgsqlException error)
        {
            throw new ClusterStoreException($"The cluster's tables cannot be read: {error.Message}", error);
        }
    }

    private static async Task<IReadOnlyList<SiloStatusRow>> ReadAsync(
        NpgsqlDataSource source, string? cluster, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand(
            """
            SELECT deploymentid, siloname, address, port, proxyport, status, starttime, iamalivetime, version
            FROM cluster_silo JOIN cluster_version USING (deploymentid)
            WHERE deploymentid = $1 OR $1 IS NULL
            ORDER BY deploymentid, starttime, port
            """);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = cluster });
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var silos = new List<SiloStatusRow>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    silos.Add(new SiloStatusRow(
                        reader.GetString(0), reader.GetString(1), $"{reader.GetString(2)}:{reader.GetInt32(3)}",
                        reader.GetInt32(4), States.ElementAtOrDefault(reader.GetInt32(5)) ?? "unknown",
                        reader.GetFieldValue<DateTimeOffset>(6), reader.GetFieldValue<DateTimeOffset>(7),
                        reader.GetInt32(8)));
                }

                return silos;
            }
        }
    }
}
