namespace Market.Grains.Hosting;

/// <summary>
/// A stream cannot be replayed: a row is missing, is not what its hash says, or holds an entry that this program does
/// not know. Its grain stays stopped; nothing is skipped and nothing is appended.
/// </summary>
/// <param name="grain">The grain.</param>
/// <param name="stream">Number of its stream.</param>
/// <param name="version">Version of the first row that is wrong.</param>
/// <param name="reason">What is wrong with it, in a sentence.</param>
/// <param name="inner">The decoder's or the grain's own exception, if there is one.</param>
public sealed class StreamDamagedException(
    GrainId grain, long stream, long version, string reason, Exception? inner = null)
    : Exception($"Grain {grain.Kind} {grain.Key} is stopped: stream {stream}, version {version}: {reason}", inner)
{
    /// <summary>The grain.</summary>
    public GrainId Grain { get; } = grain;

    /// <summary>Number of the stream.</summary>
    public long Stream { get; } = stream;

    /// <summary>Version of the first row that is wrong.</summary>
    public long Version { get; } = version;

    /// <summary>What is wrong with the row, in a sentence.</summary>
    public string Reason { get; } = reason;
}
