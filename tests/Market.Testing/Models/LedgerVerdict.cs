using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>What becomes of a command.</summary>
public enum LedgerOutcome
{
    /// <summary>It is an entry now.</summary>
    Done = 1,

    /// <summary>An earlier entry did it.</summary>
    AlreadyDone = 2,

    /// <summary>It is refused and nothing changed.</summary>
    Refused = 3,

    /// <summary>It is refused, and the refusal is an entry: of a deal for good, or of a reversal as a claim.</summary>
    RefusedForGood = 4,
}

/// <summary>What a ledger makes of a command, in a form in which two ledgers can be compared.</summary>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Refused">Why not, with the numbers that the caller may see; null where it is not refused.</param>
/// <param name="Causes">Why not, for each side of a deal; null where no deal is refused.</param>
/// <param name="DoneBy">The earlier entry that did it; entry 0 where none did.</param>
public sealed record LedgerVerdict(
    LedgerOutcome Outcome,
    LedgerRefused? Refused = null,
    SettlementCauses? Causes = null,
    EntryNumber DoneBy = default)
{
    /// <summary>The verdict in a decision of <see cref="LedgerRules"/>.</summary>
    public static LedgerVerdict Of(LedgerDecision decision) => new(
        decision switch
        {
            { Event: not null, Refused: not null } => LedgerOutcome.RefusedForGood,
            { Event: not null } => LedgerOutcome.Done,
            { IsAlreadyDone: true } => LedgerOutcome.AlreadyDone,
            _ => LedgerOutcome.Refused,
        },
        decision.Refused,
        decision.Causes,
        decision.DoneBy);

    internal static LedgerVerdict Done { get; } = new(LedgerOutcome.Done);

    internal static LedgerVerdict AlreadyDone(EntryNumber entry) => new(LedgerOutcome.AlreadyDone, DoneBy: entry);

    internal static LedgerVerdict Refuses(LedgerRefused refused) => new(LedgerOutcome.Refused, refused);

    internal static LedgerVerdict Refuses(LedgerRefusal reason, EntryNumber? entry = null) =>
        Refuses(new LedgerRefused(reason, Entry: entry));

    internal static LedgerVerdict RefusesDeal(LedgerRefused? buyer, LedgerRefused? seller, bool isForGood) => new(
        isForGood ? LedgerOutcome.RefusedForGood : LedgerOutcome.Refused,
        buyer ?? seller,
        new SettlementCauses(buyer, seller));

    /// <summary>For example "refused MandateRevoked (entry_7)" or "done before by entry_3".</summary>
    public override string ToString() => Outcome switch
    {
        LedgerOutcome.Done => "done",
        LedgerOutcome.AlreadyDone => $"done before by {DoneBy}",
        LedgerOutcome.Refused => "refused " + Why(),
        _ => "refused for good " + Why(),
    };

    private string Why() => Causes is { } causes
        ? $"buyer: {Text(causes.Buyer)}, seller: {Text(causes.Seller)}"
        : Text(Refused);

    private static string Text(LedgerRefused? refused)
    {
        if (refused is null)
        {
            return "nothing";
        }

        var asked = refused.Asked is { } a ? $" asked {CSharpText.Of(a)}" : "";
        var allowed = refused.Allowed is { } b ? $" allowed {CSharpText.Of(b)}" : "";
        var field = refused.Field == LedgerField.None ? "" : $" in {refused.Field}";
        return refused.Reason + asked + allowed + field + (refused.Entry is { } entry ? $" ({entry})" : "");
    }
}
