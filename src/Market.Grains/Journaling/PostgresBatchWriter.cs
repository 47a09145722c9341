using System.Diagnostics;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Writes batches into a PostgreSQL store. When the connection is lost in the middle of a batch it makes another one,
/// ends the old one's permit, and looks whether the batch is there; if it is not, it writes it again. So a restart of
/// the server is only slow, as long as it ends within the wait.
/// </summary>
internal sealed class PostgresBatchWriter : IBatchWriter
{
    /// <summary>How often a batch is sent whose connection was lost each time; it may be what ends it.</summary>
    private const int SendsMax = 3;

    private readonly PostgresSource _source;
    private readonly PostgresDraft _draft = new();
    private readonly List<long> _inDoubt = [];
    private readonly TaskCompletionSource<StoreException> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PostgresAppender? _appender;
    private StoreEndedException? _end;
    private string? _silo;
    private long _permit;
    private long _awayUntil;

    /// <summary>Connects.</summary>
    /// <exception cref="StoreException">No connection could be made, or the market is in use.</exception>
    public PostgresBatchWriter(PostgresSource source)
    {
        _source = source;
        try
        {
            Begin();
        }
        catch (Exception error) when (PostgresErrors.IsOfStorage(error))
        {
            throw PostgresErrors.OfConnect(source.Address, error);
        }
    }

    /// <summary>Position of the last row when the connection was made.</summary>
    public long Head => _appender?.Head ?? 0;

    /// <summary>The number by which the database knows who writes; notifications carry it.</summary>
    public long Permit => Volatile.Read(ref _permit);

    /// <summary>Completes when others have ended the permit; nothing is written any more then.</summary>
    public Task<StoreException> Ended => _ended.Task;

    /// <summary>Exchanges the permit for one that says under which name the process joins its cluster.</summary>
    /// <returns>Position of the last row at that moment.</returns>
    /// <exception cref="StoreException">No connection could be made, or others have ended the permit.</exception>
    public long JoinAs(string silo)
    {
        _silo = silo;
        if (_appender is not null)
        {
            LoseAppender();
        }

        return TryConnect(out var error) ? Head : throw error!;
    }

    /// <summary>Exchanges a permit that is doubted; so it shows whether others have ended it.</summary>
    public void Doubt(long permit)
    {
        if (_appender?.Permit == permit)
        {
            LoseAppender();
        }

        TryConnect(out _);
    }

    public BatchResult Write(ReadOnlySpan<PendingAppend> batch, Span<AppendOutcome> outcomes)
    {
        _draft.Fill(batch);
        try
        {
            return Write(outcomes);
        }
        finally
        {
            _draft.Clear();
        }
    }

    public void Maintain()
    {
        // The server does it.
    }

    public void Dispose()
    {
        try
        {
            _appender?.End();
        }
        catch (Exception error) when (PostgresErrors.IsOfStorage(error))
        {
            // A permit that nobody gave back is of no use without its connection, and is forgotten in a week.
        }

        _appender?.Dispose();
    }

    private BatchResult Write(Span<AppendOutcome> outcomes)
    {
        var isInDoubt = false;
        StoreException? error = null;
        for (var sends = 0; sends < SendsMax; sends++)
        {
            if (!TryConnect(out var unreachable))
            {
                return Refuse(outcomes, isInDoubt ? AppendOutcome.Unknown : AppendOutcome.Failed, unreachable!);
            }

            try
            {
                if (isInDoubt && _appender!.TryFind(outcomes, out var found))
                {
                    return found;
                }

                isInDoubt = false;
                return _appender!.Append(outcomes);
            }
            catch (Exception refused) when (PostgresErrors.IsRefusal(refused))
            {
                error = PostgresErrors.OfOperation("Writing to the journal", refused);
                if (error is not StoreOperationException { SqlState: PostgresAppendFunction.PermitHasEnded })
                {
                    return Refuse(outcomes, AppendOutcome.Failed, error);
                }

                LoseAppender();
            }
            catch (Exception lost) when (PostgresErrors.IsOfStorage(lost) || lost is InvalidOperationException)
            {
                error = PostgresErrors.OfOperation("Writing to the journal", lost);
                LoseAppender();
                isInDoubt = true;
            }
        }

        return Resolve(outcomes, isInDoubt, error!);
    }

    /// <summary>After the last send: finds out what became of it, once more.</summary>
    private BatchResult Resolve(Span<AppendOutcome> outcomes, bool isInDoubt, StoreException error)
    {
        if (!isInDoubt)
        {
            return Refuse(outcomes, AppendOutcome.Failed, error);
        }

        try
        {
            if (TryConnect(out _))
            {
                return _appender!.TryFind(outcomes, out var found)
                    ? found
                    : Refuse(outcomes, AppendOutcome.Failed, error);
            }
        }
        catch (Exception lost) when (PostgresErrors.IsOfStorage(lost) || lost is InvalidOperationException)
        {
            LoseAppender();
        }

        return Refuse(outcomes, AppendOutcome.Unknown, error);
    }

    private static BatchResult Refuse(Span<AppendOutcome> outcomes, AppendOutcome outcome, StoreException error)
    {
        outcomes.Fill(outcome);
        return new BatchResult(0, error);
    }

    private void LoseAppender()
    {
        _inDoubt.Add(_appender!.Permit);
        _appender.Dispose();
        _appender = null;
        _awayUntil = Stopwatch.GetTimestamp() +
            (long)(_source.Options.ReconnectWait.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>
    /// Connects unless it is connected, trying until the wait since the last one was lost is over; and once, when
    /// it is over already.
    /// </summary>
    private bool TryConnect(out StoreException? error)
    {
        error = _end;
        if (_end is not null)
        {
            return false;
        }

        for (var pause = TimeSpan.FromMilliseconds(20); _appender is null; pause = Longer(pause))
        {
            try
            {
                Begin();
            }
            catch (PostgresException none) when (
                none.SqlState == PostgresAppendFunction.PermitHasEnded && _source.Options.Use is { } use)
            {
                error = _end = EndOf(use);
                _ended.TrySetResult(_end);
                return false;
            }
            catch (Exception refused) when (PostgresErrors.IsOfStorage(refused) || refused is StoreException)
            {
                error = refused as StoreException ?? PostgresErrors.OfConnect(_source.Address, refused);
                // The writer's own thread may wait: what queues up meanwhile is written together.
                if (Stopwatch.GetTimestamp() >= _awayUntil || !_source.MayWait(pause))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private StoreEndedException EndOf(StoreUse use) => new(_source.Address, use.ClusterName is { } cluster
        ? $"the other silos of cluster '{cluster}' have declared it dead and gone on without it; start it again"
        : "another one was started on it; stop that, or leave this one stopped");

    private static TimeSpan Longer(TimeSpan pause) => pause < TimeSpan.FromMilliseconds(500) ? pause * 2 : pause;

    private void Begin()
    {
        _appender = PostgresAppender.Begin(_source, _draft, _inDoubt, _silo);
        _inDoubt.Clear();
        Volatile.Write(ref _permit, _appender.Permit);
    }
}
