namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Bytes of a store are not of the form that docs/wire.md and docs/audit.md give for them.</summary>
/// <param name="offset">Bytes from the start to what is wrong.</param>
/// <param name="message">What was found and what would be right.</param>
internal sealed class UnreadableException(int offset, string message)
    : Exception(FormattableString.Invariant($"At byte {offset}: {message}"));
