using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Market.Silo.Operations;

/// <summary>
/// One line an entry, the time in UTC first, without colours. Whatever an agent's text brings into an entry, through a
/// value or through an exception, stays within its line: see <see cref="LogText"/>.
/// </summary>
internal sealed class LogLineFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>Its name in the logging's options.</summary>
    public const string FormatterName = "market";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) =>
        textWriter.WriteLine(LineOf(
            logEntry.LogLevel,
            string.Create(CultureInfo.InvariantCulture, $"{logEntry.Category}[{logEntry.EventId.Id}]"),
            logEntry.Formatter(logEntry.State, logEntry.Exception),
            logEntry.Exception,
            DateTimeOffset.UtcNow));

    /// <summary>An entry as its line, without the line's end.</summary>
    public static string LineOf(
        LogLevel level, string category, string message, Exception? exception, DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {NameOf(level)} {LogText.Escape(category)}: ")
        + LogText.Escape(message)
        + (exception is null ? "" : " | " + LogText.Escape(exception.ToString()));

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        _ => "info",
    };
}
