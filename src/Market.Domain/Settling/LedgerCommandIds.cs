using Market.Domain.Wire;

namespace Market.Domain.Settling;

/// <summary>
/// Ids of the commands that the market's own rules tell the ledger: the same cause is the same command.
/// </summary>
public static class LedgerCommandIds
{
    /// <summary>The id of what a cause of one kind brings about: SHA-256 of the wire form of both.</summary>
    public static LedgerCommandId For(string purpose, Guid cause) =>
        new(Hash256.Of(WireFormat.Encode(new CauseDocument("market.ledger-command.v1", purpose, cause, 0))));

    /// <summary>The id of what the coming of a principal brings about.</summary>
    public static LedgerCommandId For(string purpose, PrincipalNumber cause) =>
        new(Hash256.Of(WireFormat.Encode(
            new CauseDocument("market.ledger-command.v1", purpose, Guid.Empty, cause.Value))));
}

/// <summary>What such an id is the hash of.</summary>
internal sealed record CauseDocument(string Format, string Purpose, Guid Cause, int Principal);
