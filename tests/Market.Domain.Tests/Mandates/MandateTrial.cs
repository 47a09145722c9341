using Market.Domain.Mandates;
using Market.Domain.Settling;
using Some = Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Mandates;

/// <summary>
/// A book with a rich Alice, a Bob with much stock, and mandates of Alice's under which her agent buys. A copy of the
/// mandates follows every entry; after each it has to judge as the book does.
/// </summary>
internal sealed class MandateTrial
{
    private int _deals;

    private MandateTrial()
    {
        Book.Does(new Deposit(Some.CommandId(1), Some.Alice, Some.Usd(10_000_000)));
        Book.Does(new MintUnits(Some.CommandId(2), Some.Listing, Some.Bob, 1_000_000));
    }

    public Settling.Book Book { get; } = new();

    /// <summary>What the last deal was refused for; null where it was not.</summary>
    public LedgerRefused? Refused { get; private set; }

    /// <summary>The terms hash that the next deal will have.</summary>
    public Hash256 NextTermsHash => Some.Hash(2_000 + _deals + 1);

    /// <summary>The number of the last deal.</summary>
    public int LastDeal => _deals;

    public static MandateTrial Under(params Mandate[] mandates)
    {
        var trial = new MandateTrial();
        foreach (var mandate in mandates)
        {
            trial.Book.Does(new GrantMandate(mandate));
        }

        return trial;
    }

    /// <summary>The next entry's moment is this one.</summary>
    public void WaitsUntil(LedgerTime moment) => Book.Waits(moment - Book.Now);

    /// <summary>Buys one unit under a mandate, the first one unless said otherwise; why not, or null.</summary>
    public LedgerRefusal? Buys(
        long total,
        SettlementMode mode = SettlementMode.Immediate,
        string? category = null,
        Hash256? approval = null,
        MandateId? under = null)
    {
        var number = ++_deals;
        var settle = Some.Settle(number, total, mode: mode, deadline: Book.Now + TimeSpan.FromDays(3)) with
        {
            Buyer = new DealParty(Some.AgentA, Some.Alice, under ?? Some.MandateOne, approval),
            Category = category,
        };
        var copy = CopyOf(Book);
        var advice = copy.Advise(MandatedDeal.OfBuyer(settle), Book.Now);
        Refused = Book.Tell(settle).Causes?.Buyer;
        Assert.Equal(Refused, advice);
        return Refused?.Reason;
    }

    public MandateStanding Standing(MandateId? mandate = null) =>
        LedgerQueries.GetMandate(Book.State, mandate ?? Some.MandateOne)!;

    private static MandateCopies CopyOf(Settling.Book book)
    {
        var copies = new MandateCopies();
        for (var i = 0; i < book.Journal.Count; i++)
        {
            copies.Apply(book.Journal[i], new EntryNumber(i + 1));
        }

        return MandateCopies.Load(copies.Save());
    }
}
