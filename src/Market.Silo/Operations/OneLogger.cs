namespace Market.Silo.Operations;

/// <summary>
/// Gives the market's own log to a library, whatever categories that would have: what is less than a warning is its own
/// affair.
/// </summary>
/// <param name="log">The market's log.</param>
/// <param name="noise">Events of the library's that tell an operator nothing.</param>
internal sealed class OneLogger(ILogger log, params int[] noise) : ILoggerFactory, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && log.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && !noise.Contains(eventId.Id))
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("What is logged goes where the market's log goes.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // The market's log is its own.
    }
}
