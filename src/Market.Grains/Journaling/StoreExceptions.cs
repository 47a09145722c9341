namespace Market.Grains.Journaling;

/// <summary>The store cannot be used; the message is one sentence for the person who started the program.</summary>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="inner">The storage's own error, if it gave one.</param>
public abstract class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another process has the store open; two writers on one store are never allowed.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="inner">The operating system's error.</param>
public sealed class StoreLockedException(string folder, Exception? inner = null)
    : StoreException(
        $"The data folder '{folder}' is in use by another process; stop it, or choose another folder.", inner);

/// <summary>
/// The store's bytes are not what was written: a torn, truncated or altered file. Nothing was changed.
/// </summary>
/// <param name="path">The damaged file.</param>
/// <param name="finding">What was found, as the end of a sentence.</param>
/// <param name="inner">The storage's own error, if it gave one.</param>
public sealed class StoreDamagedException(string path, string finding, Exception? inner = null)
    : StoreException($"The store '{path}' is damaged: {finding}; restore it from a backup.", inner);

/// <summary>
/// The file is a sound one, but of another program or of a newer version of this one. Nothing was changed.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="finding">What was found and what would be right, as the end of a sentence.</param>
public sealed class StoreFormatException(string path, string finding)
    : StoreException($"The store '{path}' cannot be opened: {finding}.");

/// <summary>The address of a store cannot be read.</summary>
/// <param name="finding">
/// What is wrong and what would be right, as the end of a sentence; nothing that could be secret.
/// </param>
public sealed class StoreAddressException(string finding)
    : StoreException($"The address of the store cannot be used: {finding}.");

/// <summary>No connection to the store's server could be made, or the server would not let us in.</summary>
/// <param name="address">The store, without its password.</param>
/// <param name="finding">What the server or the network said and what would be right, as the end of a sentence.</param>
/// <param name="inner">The driver's own error.</param>
public sealed class StoreUnreachableException(StoreAddress address, string finding, Exception? inner = null)
    : StoreException($"The store '{address}' cannot be reached: {finding}.", inner);

/// <summary>Other processes have the store open, and what was asked for needs it alone.</summary>
/// <param name="address">The store, without its password.</param>
/// <param name="finding">Who has it and what would be right, as the end of a sentence.</param>
public sealed class StoreInUseException(StoreAddress address, string finding)
    : StoreException($"The store '{address}' is in use: {finding}.");

/// <summary>
/// Others have ended this process's permit to append: it was declared dead, or another one has taken its place. It can
/// append nothing any more, and must end.
/// </summary>
/// <param name="address">The store, without its password.</param>
/// <param name="finding">Who has and what would be right, as the end of a sentence.</param>
public sealed class StoreEndedException(StoreAddress address, string finding)
    : StoreException($"The store '{address}' takes nothing more from this process: {finding}.");

/// <summary>A copy of a store cannot be made, or is not the same as what was copied.</summary>
/// <param name="finding">What was found and what would be right, as the end of a sentence.</param>
public sealed class StoreCopyException(string finding) : StoreException($"The copy was stopped: {finding}.");

/// <summary>The storage refused one operation: disk full, locked for too long, or an input or output error.</summary>
public sealed class StoreOperationException : StoreException
{
    /// <summary>An error of a storage that has numbers for them.</summary>
    /// <param name="operation">What was tried.</param>
    /// <param name="reason">What the storage said.</param>
    /// <param name="code">The storage's own code; for SQLite its extended result code.</param>
    public StoreOperationException(string operation, string reason, int code)
        : base($"{operation} failed: {reason} (code {code}).") => Code = code;

    /// <summary>An error of a storage that has SQLSTATEs.</summary>
    /// <param name="operation">What was tried.</param>
    /// <param name="reason">What the storage said.</param>
    /// <param name="sqlState">Its five characters; empty where it said none, such as when it went away.</param>
    /// <param name="inner">The driver's own error.</param>
    public StoreOperationException(string operation, string reason, string sqlState, Exception? inner = null)
        : base($"{operation} failed: {reason}{(sqlState.Length == 0 ? "" : $" (code {sqlState})")}.", inner) =>
        SqlState = sqlState;

    /// <summary>The storage's own code; for SQLite its extended result code; 0 for PostgreSQL.</summary>
    public int Code { get; }

    /// <summary>The SQLSTATE of PostgreSQL; empty for SQLite.</summary>
    public string SqlState { get; } = "";
}
