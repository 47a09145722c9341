using System.Collections.Concurrent;
using Market.Domain;
using Market.Silo;
using Microsoft.Extensions.Logging;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// A market in this process, in memory, behind its real gateway on a free port. Whatever it logs as an error is a
/// failure: no input of an agent's may be one.
/// </summary>
internal sealed class FuzzMarket : IAsyncDisposable
{
    private readonly MarketHost _host;
    private readonly ErrorLog _errors;
    private readonly ILoggerFactory _logging;

    private FuzzMarket(MarketHost host, ErrorLog errors, ILoggerFactory logging) =>
        (_host, _errors, _logging) = (host, errors, logging);

    /// <summary>Where it listens.</summary>
    public Uri Uri => _host.Uri;

    /// <summary>The market.</summary>
    public MarketId Id => _host.MarketId;

    /// <summary>The first error that it logged; null while there is none.</summary>
    public string? Error => _errors.First;

    /// <summary>Starts one.</summary>
    public static async Task<FuzzMarket> StartAsync()
    {
        var errors = new ErrorLog();
        var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Error).AddProvider(errors));
        var host = await MarketHost.StartAsync(new MarketSiloOptions
        {
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(1_000_000_00, Currency.Usd),
            Limits = OperatorLimits.ForMeasuring, // what comes fast is to be judged too, and not only counted
            LoggerFactory = logging,
        });
        return new FuzzMarket(host, errors, logging);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _logging.Dispose();
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _errors = new();

        public string? First => _errors.TryPeek(out var error) ? error : null;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _errors.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
