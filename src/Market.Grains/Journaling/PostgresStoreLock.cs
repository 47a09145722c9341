using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Keeps processes that do not belong together out of one database: a lock of a session, which the server lets go when
/// the session ends, however it ends. It is for people's mistakes; that nothing is written twice rests on the journal's
/// compare and append alone. A lock that is lost with its connection is taken again as soon as the server answers.
/// </summary>
public sealed class PostgresStoreLock : IAsyncDisposable
{
    private const int StoreClass = 0x4D727374; // "Mrst": held by all, by one alone or shared
    private const int ClusterClass = 0x4D72636C; // "Mrcl": held by the silos of a cluster, one number a name
    private const int TheStore = 1;

    // A process that was killed holds its lock until its server's end of the connection notices.
    private static readonly TimeSpan TakeWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetakeWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(100);

    private readonly StoreAddress _address;
    private readonly StoreUse _use;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<StoreException> _lost =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NpgsqlConnection _connection;
    private Task _holding = Task.CompletedTask;

    private PostgresStoreLock(StoreAddress address, StoreUse use, NpgsqlConnection connection) =>
        (_address, _use, _connection) = (address, use, connection);

    /// <summary>Completes when the lock was lost and others have the store now, with what to say of that.</summary>
    public Task<StoreException> Lost => _lost.Task;

    /// <summary>Takes the lock.</summary>
    /// <param name="address">The database.</param>
    /// <param name="use">Who may share it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StoreInUseException">Others have it open; the message says who.</exception>
    /// <exception cref="StoreUnreachableException">The server cannot be reached.</exception>
    public static async Task<PostgresStoreLock> TakeAsync(
        StoreAddress address, StoreUse use, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(use);
        try
        {
            var connection = await ConnectAsync(address, use, cancellationToken).ConfigureAwait(false);
            var who = await TryTakeWithinAsync(connection, use, TakeWithin, cancellationToken).ConfigureAwait(false);
            if (who is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw new StoreInUseException(address, $"{who} has it open; stop that, or name another database");
            }

            var taken = new PostgresStoreLock(address, use, connection);
            taken._holding = Task.Run(taken.HoldAsync, CancellationToken.None);
            return taken;
        }
        catch (Exception error) when (PostgresErrors.IsOfStorage(error))
        {
            throw PostgresErrors.OfConnect(address, error);
        }
    }

    /// <summary>Lets it go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _holding.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private static async Task<NpgsqlConnection> ConnectAsync(
        StoreAddress address, StoreUse use, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            // Who holds the lock is known by this name; the server cuts it at 63 bytes.
            ApplicationName = string.Create(
                CultureInfo.InvariantCulture, $"market {Environment.ProcessId}@{Environment.MachineName}, {use}"),
            Pooling = false,
            KeepAlive = 5,
            Timeout = 5,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Tries for a while; null when it has the lock, else who has it.</summary>
    private static async Task<string?> TryTakeWithinAsync(
        NpgsqlConnection connection, StoreUse use, TimeSpan within, CancellationToken cancellationToken)
    {
        var end = TimeProvider.System.GetUtcNow() + within;
        while (true)
        {
            if (await TryTakeAsync(connection, use, cancellationToken).ConfigureAwait(false) is not { } who)
            {
                return null;
            }

            if (TimeProvider.System.GetUtcNow() >= end)
            {
                return who;
            }

            await Task.Delay(AskAgainAfter, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string?> TryTakeAsync(
        NpgsqlConnection connection, StoreUse use, CancellationToken cancellationToken)
    {
        if (use.ClusterName is not { } name)
        {
            return await AskAsync(connection, "SELECT pg_try_advisory_lock($1, $2)", StoreClass, TheStore)
                .ConfigureAwait(false) is true ? null : await HolderAsync(connection, StoreClass).ConfigureAwait(false);
        }

        const string Share = "SELECT pg_try_advisory_lock_shared($1, $2)";
        if (await AskAsync(connection, Share, StoreClass, TheStore).ConfigureAwait(false) is not true)
        {
            return await HolderAsync(connection, StoreClass).ConfigureAwait(false);
        }

        // Shared, so it is always given: what others of this class hold says which clusters are there.
        var number = BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name))) & int.MaxValue;
        await AskAsync(connection, Share, ClusterClass, number).ConfigureAwait(false);
        var other = await HolderAsync(connection, ClusterClass, number).ConfigureAwait(false);
        if (other is not null)
        {
            await AskAsync(connection, "SELECT pg_advisory_unlock_all()").ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return other;
    }

    /// <summary>Who else holds a lock of a class under another number; null where nobody does.</summary>
    private static async Task<string?> HolderAsync(NpgsqlConnection connection, int lockClass, int except = 0)
    {
        var who = await AskAsync(
            connection,
            """
            SELECT coalesce(nullif(activity.application_name, ''), 'a session')
                || coalesce(' from ' || host(activity.client_addr), '')
                || coalesce(' since ' || to_char(
                    activity.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SSZ'), '')
            FROM pg_locks AS held LEFT JOIN pg_stat_activity AS activity ON activity.pid = held.pid
            WHERE held.locktype = 'advisory' AND held.granted AND held.pid <> pg_backend_pid()
                AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND held.classid::bigint = $1 AND held.objid::bigint <> $2
            LIMIT 1
            """,
            (long)lockClass, (long)except).ConfigureAwait(false) as string;
        return who ?? (except == 0 ? "another process" : null);
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task HoldAsync()
    {
        while (!_stop.IsCancellationRequested && !_lost.Task.IsCompleted)
        {
            try
            {
                await _connection.WaitAsync(_stop.Token).ConfigureAwait(false); // ends when the connection does
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (PostgresErrors.IsOfStorage(error))
            {
                await _connection.DisposeAsync().ConfigureAwait(false);
                await TakeAgainAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits for the server, as long as it takes; then for the lock, not so long.</summary>
    private async Task TakeAgainAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _connection = await ConnectAsync(_address, _use, _stop.Token).ConfigureAwait(false);
                var who = await TryTakeWithinAsync(_connection, _use, RetakeWithin, _stop.Token).ConfigureAwait(false);
                if (who is not null)
                {
                    _lost.TrySetResult(new StoreInUseException(
                        _address, $"the connection was lost, and {who} has it now"));
                }

                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (PostgresErrors.IsOfStorage(error))
            {
                await Task.Delay(AskAgainAfter * 5, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
