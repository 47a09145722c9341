using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Grains.Watching;

/// <summary>Knows which open negotiations have to be told something that follows from the journal.</summary>
public interface INegotiationWatch
{
    /// <summary>
    /// Called when a negotiation has to be told, outside any grain's turn. Must neither block nor throw.
    /// </summary>
    Action? SomebodyToTell { get; set; }

    /// <summary>Whether any negotiation has to be told, now or again.</summary>
    bool IsAnyoneToTell { get; }

    /// <summary>
    /// The open negotiations to be told, each with what. Each is named again at <paramref name="again"/> unless it has
    /// ended by then.
    /// </summary>
    /// <param name="now">The moment.</param>
    /// <param name="again">When to name it again; after <paramref name="now"/>.</param>
    /// <param name="max">Most negotiations to return.</param>
    IReadOnlyList<(NegotiationId Negotiation, NegotiationCommand Word)> Take(
        LedgerTime now, LedgerTime again, int max);
}
