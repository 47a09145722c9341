namespace Market.Grains.Hosting;

/// <summary>A grain's own code failed on a message: a bug, not a refusal. Other messages are not affected.</summary>
/// <param name="grain">The grain.</param>
/// <param name="reason">What it did, in a sentence.</param>
/// <param name="inner">The exception that it threw, if it threw one.</param>
public sealed class GrainFaultException(GrainId grain, string reason, Exception? inner = null)
    : Exception($"Grain {grain.Kind} {grain.Key}: {reason}", inner)
{
    /// <summary>The grain.</summary>
    public GrainId Grain { get; } = grain;

    /// <summary>What it did, in a sentence.</summary>
    public string Reason { get; } = reason;
}
