using System.Data;
using Npgsql;

namespace Market.Grains.Hosting;

/// <summary>
/// The duty as a session-level advisory lock of the database that all silos share: whoever dies, or loses its
/// connection, loses the lock with it, and another silo takes it within the check interval. A silo that is only stopped
/// keeps its connection; who declares it dead ends that, by its name. When it goes on it may believe for one check that
/// it still has the duty; all of it is idempotent.
/// </summary>
public sealed class PostgresSoleDuty : ISoleDuty, IAsyncDisposable
{
    /// <summary>How often the holder proves that it still holds, and others try.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly string _connectionString;
    private readonly long _lockKey;
    private readonly Action<string, Exception?> _report;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Task _work;
    private TaskCompletionSource _held = New();

    private PostgresSoleDuty(string connectionString, long lockKey, Action<string, Exception?> report, string silo)
    {
        // A pooled connection would give a lock back late, and keep-alives make a silent loss show.
        var own = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            KeepAlive = 5,
            CommandTimeout = 5,
            Timeout = 5,
            ApplicationName = $"market duty {silo}".TrimEnd(),
        };
        (_connectionString, _lockKey, _report) = (own.ConnectionString, lockKey, report);
        _work = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public bool IsHeld
    {
        get
        {
            lock (_gate)
            {
                return _held.Task.IsCompleted;
            }
        }
    }

    /// <summary>Begins to try; the duty comes when no other silo has it.</summary>
    /// <param name="connectionString">The database that all silos share, in Npgsql's form.</param>
    /// <param name="lockKey">Number of the lock, the same on all silos of one cluster and of no other.</param>
    /// <param name="report">Takes what an operator must hear of: a sentence, and the exception.</param>
    /// <param name="silo">The silo's name among the others, by which the database's sessions are called.</param>
    public static PostgresSoleDuty Start(
        string connectionString, long lockKey, Action<string, Exception?> report, string silo = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        ArgumentNullException.ThrowIfNull(report);
        return new PostgresSoleDuty(connectionString, lockKey, report, silo);
    }

    /// <inheritdoc/>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        Task held;
        lock (_gate)
        {
            held = _held.Task;
        }

        await held.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the duty back, at once for whoever waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        var wasReported = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await HoldAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the database or the network did: it is tried again, and told once.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (!wasReported)
                {
                    // What the database said is whole in its message; anything else is not expected here.
                    _report(
                        "The lock that gives one silo the sweepers' duty was lost or cannot be asked for; trying on"
                        + (error is NpgsqlException ? $": {error.Message.ReplaceLineEndings(" ")}" : "."),
                        error is NpgsqlException ? null : error);
                }

                wasReported = true;
            }
            finally
            {
                Lose();
            }

            await Task.Delay(CheckInterval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Ends only by an exception: the lock lives as long as this connection.
    private async Task HoldAsync(CancellationToken stop)
    {
        var connection = new NpgsqlConnection(_connectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(stop).ConfigureAwait(false);
            var ask = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection)
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = _lockKey } },
            };
            await using (ask.ConfigureAwait(false))
            {
                while (!(bool)(await ask.ExecuteScalarAsync(stop).ConfigureAwait(false))!)
                {
                    await Task.Delay(CheckInterval, stop).ConfigureAwait(false);
                }
            }

            Win();
            var prove = new NpgsqlCommand("SELECT 1", connection);
            await using (prove.ConfigureAwait(false))
            {
                while (true)
                {
                    await Task.Delay(CheckInterval, stop).ConfigureAwait(false);
                    try
                    {
                        await prove.ExecuteScalarAsync(stop).ConfigureAwait(false);
                    }
                    catch (InvalidOperationException error) when (connection.State != ConnectionState.Open)
                    {
                        // Lost while nobody used it, which the driver calls a misuse; after a freeze it is usual.
                        throw new NpgsqlException("the connection was lost", error);
                    }
                }
            }
        }
    }

    private void Win()
    {
        lock (_gate)
        {
            _held.TrySetResult();
        }
    }

    private void Lose()
    {
        lock (_gate)
        {
            if (_held.Task.IsCompleted)
            {
                _held = New();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
