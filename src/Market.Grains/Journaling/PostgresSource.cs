using System.Globalization;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Connections to one database: a pool for reads, and connections of their own for the writer and the listener. Every
/// session gets the settings on which the journal relies, whatever the server, the database or the role has.
/// </summary>
internal sealed class PostgresSource : IDisposable
{
    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _single;
    private readonly ManualResetEventSlim _closing = new();

    public PostgresSource(PostgresJournalOptions options)
    {
        Options = options;
        _pool = NpgsqlDataSource.Create(Describe(options, isPooled: true));
        _single = NpgsqlDataSource.Create(Describe(options, isPooled: false));
    }

    public PostgresJournalOptions Options { get; }

    public StoreAddress Address => Options.Address;

    /// <summary>Lends a connection of the pool.</summary>
    public ValueTask<NpgsqlConnection> LendAsync(CancellationToken cancellationToken) =>
        _pool.OpenConnectionAsync(cancellationToken);

    /// <summary>Lends a connection of the pool.</summary>
    public NpgsqlConnection Lend() => _pool.OpenConnection();

    /// <summary>Makes a connection that no pool keeps.</summary>
    public NpgsqlConnection Open() => _single.OpenConnection();

    /// <summary>Makes a connection that no pool keeps.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        _single.OpenConnectionAsync(cancellationToken);

    /// <summary>Waits before another attempt; false, and at once, when the journal is being closed.</summary>
    public bool MayWait(TimeSpan pause) => !_closing.Wait(pause);

    /// <summary>From now on nobody waits for a server that is away.</summary>
    public void StopWaiting() => _closing.Set();

    public void Dispose()
    {
        _closing.Dispose();
        _pool.Dispose();
        _single.Dispose();
    }

    private static string Describe(PostgresJournalOptions options, bool isPooled)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.Address.ConnectionString)
        {
            Pooling = isPooled,
            MaxPoolSize = options.ReadersMax,
            MinPoolSize = 0,
            Timeout = (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds),

            // The server ends a statement itself; the driver gives up only on a server that is silent.
            CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) + 10,
            Enlist = false,
            NoResetOnClose = true,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 15,
            TcpKeepAliveInterval = 5,
        };
        builder.ApplicationName ??= "market";
        builder.Options = $"{builder.Options} {SessionSettings(options)}".Trim();
        return builder.ConnectionString;
    }

    // Commits are durable when they are answered; each statement sees all that was committed before it began, which
    // fencing needs; what hangs is ended; a client that vanished is noticed within a minute. All rows are found by
    // indexes: a planner that goes by what a table held a minute ago would read all of it, and compile that first.
    private static string SessionSettings(PostgresJournalOptions options) => string.Join(' ',
        "-c synchronous_commit=on",
        @"-c default_transaction_isolation=read\ committed",
        "-c default_transaction_read_only=off",
        "-c enable_seqscan=off",
        "-c jit=off",
        $"-c statement_timeout={Milliseconds(options.StatementTimeout)}",
        $"-c lock_timeout={Milliseconds(options.LockTimeout)}",
        $"-c idle_in_transaction_session_timeout={Milliseconds(options.StatementTimeout)}",
        "-c tcp_keepalives_idle=30",
        "-c tcp_keepalives_interval=10",
        "-c tcp_keepalives_count=3");

    private static string Milliseconds(TimeSpan time) =>
        ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
