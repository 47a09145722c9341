using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>
/// The hash of a book's whole state: equal after replay, after a snapshot and its tail, on any machine (INV-15).
/// </summary>
public static class StateHash
{
    /// <summary>SHA-256 of the state's one saved form; see <see cref="LedgerSnapshot"/>.</summary>
    public static Hash256 Of(LedgerState state) => Hash256.Of(LedgerSnapshot.Save(state));
}
