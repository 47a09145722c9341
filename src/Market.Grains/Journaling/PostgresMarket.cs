using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>What can be asked of a PostgreSQL database before it is opened as a store.</summary>
public static class PostgresMarket
{
    /// <summary>Whether a database has a market; nothing is made, as opening its journal would.</summary>
    /// <exception cref="StoreUnreachableException">No connection could be made.</exception>
    public static async Task<bool> HasMarketAsync(
        StoreAddress address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, Timeout = 5 }
                    .ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand(
                "SELECT to_regclass('market.store') IS NOT NULL", connection);
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        }
        catch (Exception error) when (PostgresErrors.IsOfStorage(error))
        {
            throw PostgresErrors.OfConnect(address, error);
        }
    }
}
