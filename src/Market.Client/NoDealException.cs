namespace Market.Client;

/// <summary>A negotiation has ended without a settled deal; nothing has moved in the ledger.</summary>
/// <param name="end">How it ended.</param>
public sealed class NoDealException(NegotiationSnapshot end) : Exception(MessageFor(end))
{
    /// <summary>How it ended.</summary>
    public NegotiationSnapshot End { get; } = end;

    private static string MessageFor(NegotiationSnapshot end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end.Failure is not null
            ? $"{end.Id} was agreed and could not be settled: {end.OwnFailure}."
            : end.Cancellation is { } reason ? $"{end.Id} was ended by the market: {reason}."
            : $"{end.Id} ended without a deal: {end.Status}.";
    }
}
