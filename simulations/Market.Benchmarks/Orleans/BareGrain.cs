using Orleans;
using Orleans.Concurrency;

namespace Market.Benchmarks.Orleans;

/// <summary>A grain that does nothing: what the engine's calls cost alone.</summary>
internal interface IBareGrain : IGrainWithGuidKey
{
    /// <summary>Answers with as many bytes as a market's grain does.</summary>
    Task<byte[]> AskAsync([Immutable] byte[] message, CancellationToken cancellationToken);
}

/// <summary>It is made as the market's shells are: reentrant, and where it is asked first.</summary>
[Reentrant]
[global::Orleans.Placement.PreferLocalPlacement]
internal sealed class BareGrain : Grain, IBareGrain
{
    private const int ReplyBytes = 64;

    private static readonly byte[] Reply = new byte[ReplyBytes];

    public Task<byte[]> AskAsync(byte[] message, CancellationToken cancellationToken) => Task.FromResult(Reply);
}
