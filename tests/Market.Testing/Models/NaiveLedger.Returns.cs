using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Units that go back to the mint.</content>
public sealed partial class NaiveLedger
{
    private static Leg Return(AccountName from, long quantity) => new(from, AccountName.Mint(from.Asset), quantity);

    /// <summary>Where fewer are there, the refusal is an entry, so that it never happens later.</summary>
    private LedgerVerdict TellReturn(ReturnUnits command)
    {
        var verdict = Post([Return(AccountName.Stock(command.Owner, command.Listing), command.Quantity)]);
        return verdict.Refused is { Reason: LedgerRefusal.AvailableExceeded } shortOf
            ? new LedgerVerdict(LedgerOutcome.RefusedForGood, shortOf with { Entry = Next })
            : verdict;
    }

    /// <summary>All that is there goes back; where nothing is, one unit is refused.</summary>
    private LedgerVerdict TellReturn(AccountName stock) =>
        Post([Return(stock, Math.Clamp(BalanceOf(stock).Available, 1, AmountMax))]);
}
