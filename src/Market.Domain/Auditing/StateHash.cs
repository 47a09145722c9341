using Market.Domain.Settling;
using Market.Domain.Wire;

namespace Market.Domain.Auditing;

/// <summary>
/// The hash of a book's content: equal after replay, after a snapshot and its tail, on any machine, and for every
/// program that folds the journal rightly (INV-15).
/// </summary>
public static class StateHash
{
    /// <summary>The hash of what a state holds; see <see cref="LedgerContent"/>.</summary>
    public static Hash256 Of(LedgerState state) => Of(LedgerContent.Of(state));

    /// <summary>SHA-256 of the content's wire form, which has one form only.</summary>
    public static Hash256 Of(LedgerContent content) => Hash256.Of(WireFormat.Encode(content));
}
