using System.Data;
using Market.Grains.Journaling;
using Npgsql;

namespace Market.Grains.Searching;

/// <summary>The catalogue's tables in PostgreSQL, as they were made once; see <see cref="PostgresCatalogSchema"/>.
/// </summary>
/// <param name="database">Where they are; somebody else closes it.</param>
/// <param name="generation">Which making of them this is.</param>
internal sealed class PostgresCatalogStore(NpgsqlDataSource database, long generation) : ICatalogStore
{
    private const string Reading = "Reading the catalogue";
    private const string Writing = "Writing the catalogue";

    /// <inheritdoc/>
    public bool IsNew { get; init; }

    /// <inheritdoc/>
    public async ValueTask<TResult> ReadAsync<TResult>(
        Func<ICatalogReader, ValueTask<TResult>> read, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await read(new PostgresCatalogReader(connection, generation, cancellationToken))
                .ConfigureAwait(false);
        }
        catch (Exception error) when (ToStoreException(error, Reading) is { } why)
        {
            throw why;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(CatalogBatch batch, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection
                .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            var writer = new PostgresCatalogWriter(connection, cancellationToken);
            var (stored, position) = await writer.LockAsync().ConfigureAwait(false);
            if (stored != generation || position < batch.After)
            {
                throw new CatalogReplacedException();
            }

            if (position < batch.Position)
            {
                await writer.WriteAsync(batch, position).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (ToStoreException(error, Writing) is { } why)
        {
            throw why;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// What an error of the database means for a catalogue: tables that are gone or not as they were made are damage;
    /// anything else passes. Null for what is no error of the database.
    /// </summary>
    public static StoreException? ToStoreException(Exception error, string operation) => error switch
    {
        PostgresException
        {
            SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn
            or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.DataCorrupted
            or PostgresErrorCodes.IndexCorrupted
        } damage =>
            new StoreDamagedException("the catalogue's tables", damage.MessageText, damage),
        _ => PostgresErrors.IsOfStorage(error) ? PostgresErrors.OfOperation(operation, error) : null,
    };
}
