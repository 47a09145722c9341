using Market.Domain.Wire;

namespace Market.Grains.Hosting;

/// <summary>
/// An exception of <see cref="IGrainCluster"/> on its way between two silos. Its cause stays where it happened: there
/// it was reported, and nobody else can do anything about it.
/// </summary>
internal abstract record GrainFailure
{
    /// <summary>The exception as the asker gets it.</summary>
    /// <param name="cancellation">The asker's own token.</param>
    public abstract Exception ToException(CancellationToken cancellation);

    /// <summary>An exception's typed form; one of no known type is the grain's fault.</summary>
    /// <param name="grain">The grain that was asked.</param>
    /// <param name="error">What the ask ended with.</param>
    public static GrainFailure Of(GrainId grain, Exception error) => error switch
    {
        GrainOverloadedException overloaded => new GrainOverloaded(overloaded.RetryAfter),
        OutcomeUnknownException unknown => new GrainOutcomeUnknown(unknown.Message),
        StreamDamagedException damaged =>
            new GrainStreamDamaged(damaged.Grain, damaged.Stream, damaged.Version, damaged.Reason),
        GrainFaultException fault => new GrainFaulted(fault.Grain, fault.Reason),
        OperationCanceledException => new GrainAskCancelled(),
        _ => new GrainFaulted(grain, $"{error.GetType().Name}: {error.Message}"),
    };
}

/// <summary>A <see cref="GrainOverloadedException"/>.</summary>
/// <param name="RetryAfter">When room is likely.</param>
[WireType(882)]
internal sealed record GrainOverloaded(TimeSpan RetryAfter) : GrainFailure
{
    /// <inheritdoc/>
    public override Exception ToException(CancellationToken cancellation) => new GrainOverloadedException(RetryAfter);
}

/// <summary>An <see cref="OutcomeUnknownException"/>.</summary>
/// <param name="Reason">What happened to the append, in a sentence.</param>
[WireType(883)]
internal sealed record GrainOutcomeUnknown(string Reason) : GrainFailure
{
    /// <inheritdoc/>
    public override Exception ToException(CancellationToken cancellation) => new OutcomeUnknownException(Reason);
}

/// <summary>A <see cref="GrainFaultException"/>.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Reason">What it did, in a sentence.</param>
[WireType(884)]
internal sealed record GrainFaulted(GrainId Grain, string Reason) : GrainFailure
{
    /// <inheritdoc/>
    public override Exception ToException(CancellationToken cancellation) => new GrainFaultException(Grain, Reason);
}

/// <summary>A <see cref="StreamDamagedException"/>.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Stream">Number of the stream.</param>
/// <param name="Version">Version of the first row that is wrong.</param>
/// <param name="Reason">What is wrong with it, in a sentence.</param>
[WireType(885)]
internal sealed record GrainStreamDamaged(GrainId Grain, long Stream, long Version, string Reason) : GrainFailure
{
    /// <inheritdoc/>
    public override Exception ToException(CancellationToken cancellation) =>
        new StreamDamagedException(Grain, Stream, Version, Reason);
}

/// <summary>The asker gave up; what it asked for may have been done.</summary>
[WireType(886)]
internal sealed record GrainAskCancelled : GrainFailure
{
    /// <inheritdoc/>
    public override Exception ToException(CancellationToken cancellation) =>
        new OperationCanceledException("The asker gave up; what it asked for may have been done.", cancellation);
}
