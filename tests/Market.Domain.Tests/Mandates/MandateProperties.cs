using Market.Domain.Auditing;
using Market.Domain.Mandates;
using Market.Domain.Settling;
using Some = Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Mandates;

/// <summary>
/// INV-11 for random interleavings: a tree of mandates with windows of every kind, deals under all of them at once,
/// held, delivered, voided and expired, mandates stopped and resumed in between, over the ends of days and months.
/// The book and the obvious model decide alike, and no cap is ever exceeded.
/// </summary>
public sealed class MandateProperties
{
    private const int Steps = 120;
    private static readonly LedgerTime MonthEnd = Some.Start + TimeSpan.FromDays(24);

    [Property(MaxTest = 150)]
    public void No_interleaving_of_deals_exceeds_a_cap(int seed) => _ = Run(seed);

    [Fact]
    public void The_interleavings_reach_every_rule_that_they_are_about()
    {
        var reached = Enumerable.Range(0, 40).SelectMany(Run).ToHashSet();
        LedgerRefusal[] due =
        [
            LedgerRefusal.MandatePerDealMaxExceeded, LedgerRefusal.MandateWouldBeExceeded,
            LedgerRefusal.MandateOpenHoldsExceeded, LedgerRefusal.MandateDealsExceeded,
            LedgerRefusal.MandateSuspended, LedgerRefusal.MandateRevoked,
        ];
        Assert.Empty(due.Except(reached));
    }

    private static HashSet<LedgerRefusal> Run(int seed)
    {
        var random = new Random(seed);
        var trial = MandateTrial.Under();
        var (book, model, copies) = (trial.Book, new MandateModel(), new MandateCopies());
        var reached = new HashSet<LedgerRefusal>();
        foreach (var mandate in Tree(random))
        {
            book.Does(new GrantMandate(mandate));
            model.Grant(mandate);
        }

        var ids = model.Mandates.Select(mandate => mandate.Id).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            var mandate = ids[random.Next(ids.Length)];
            Step(random, random.Next(12), book, model, mandate, step + 1, reached);
            Assert.All(model.Mandates, model.AssertWithinCaps);
        }

        Assert.Equal(StateHash.Of(Settling.Book.Replay(book.Journal)), StateHash.Of(book.State));
        for (var i = 0; i < book.Journal.Count; i++)
        {
            copies.Apply(book.Journal[i], new EntryNumber(i + 1));
        }

        foreach (var id in ids)
        {
            var settle = Deal(random, id, Steps + 1, book.Now);
            Assert.Equal(book.Decide(settle).Causes?.Buyer, copies.Advise(MandatedDeal.OfBuyer(settle), book.Now));
        }

        return reached;
    }

    private static void Step(
        Random random,
        int kind,
        Settling.Book book,
        MandateModel model,
        MandateId mandate,
        int deal,
        HashSet<LedgerRefusal> reached)
    {
        switch (kind)
        {
            case 0:
                book.Waits(TimeSpan.FromHours(random.Next(40)));
                break;
            case 1 when LedgerQueries.GetMandate(book.State, mandate) is { Status: MandateStatus.Active } standing:
                book.Does(random.Next(4) == 0
                    ? new RevokeMandate(mandate, Some.Alice)
                    : new SuspendMandate(mandate, Some.Alice, standing.Revision));
                model.Stop(mandate, isStopped: true);
                break;
            case 1 or 2 when LedgerQueries.GetMandate(book.State, mandate) is
            {
                Status: MandateStatus.Suspended,
            } standing:
                book.Does(new ResumeMandate(mandate, Some.Alice, standing.Revision));
                model.Stop(mandate, isStopped: false);
                break;
            case 3 when book.Tell(new ConfirmDelivery(Some.DealId(random.Next(1, deal + 1)))).Event is
                DeliveryConfirmed confirmed:
                model.Deliver(confirmed.Deal);
                break;
            case 4 when book.Tell(new CancelDelivery(Some.DealId(random.Next(1, deal + 1)))).Event is
                DeliveryCancelled cancelled:
                model.Void(cancelled.Deal);
                break;
            case 5:
                var due = model.DueAt(book.Now);
                Assert.Equal(due.Length > 0, book.Tell(new ExpireHolds(256)).Event is not null);
                Array.ForEach(due, model.Void);
                break;
            case 6:
                book.Restart();
                break;
            default:
                Settles(Deal(random, mandate, deal, book.Now), book, model, reached);
                break;
        }
    }

    private static void Settles(
        Settle settle, Settling.Book book, MandateModel model, HashSet<LedgerRefusal> reached)
    {
        var isAllowed = model.Allows(settle, book.Now);
        var at = book.Now;
        var decision = book.Tell(settle);
        Assert.Equal(isAllowed, decision.Event is DealBooked);
        if (isAllowed)
        {
            model.Add(settle, at);
        }
        else
        {
            reached.Add(decision.Refused!.Reason);
        }
    }

    private static Settle Deal(Random random, MandateId mandate, int number, LedgerTime now)
    {
        var mode = random.Next(2) == 0 ? SettlementMode.Immediate : SettlementMode.OnDelivery;
        return Some.Settle(
            number, 1 + random.Next(60), mode: mode, buyerMandate: mandate,
            deadline: now + TimeSpan.FromHours(1 + random.Next(60)));
    }

    /// <summary>A root, two children and a grandchild each, with random windows and caps that narrow.</summary>
    private static IEnumerable<Mandate> Tree(Random random)
    {
        var root = Some.Mandate(perDeal: 55, budget: 200) with
        {
            NotBefore = Some.Start,
            ExpiresAt = MonthEnd + TimeSpan.FromDays(60),
            Window = (BudgetWindow)random.Next(1, 4),
            OpenHoldsMax = 6,
            DealsMax = 30,
            DelegationDepthMax = 2,
        };
        yield return root;
        for (var i = 0; i < 2; i++)
        {
            var child = Below(root, 310 + i, random);
            yield return child;
            yield return Below(child, 320 + i, random);
        }
    }

    private static Mandate Below(Mandate parent, int number, Random random) => parent with
    {
        Id = new MandateId(Some.Id(number)),
        Parent = parent.Id,
        BudgetMaxMinor = parent.BudgetMaxMinor - random.Next(80),
        PerDealMaxMinor = parent.PerDealMaxMinor - random.Next(10),
        Window = (BudgetWindow)random.Next((int)parent.Window, 4),
        OpenHoldsMax = random.Next(1, 1 + parent.OpenHoldsMax!.Value),
        DealsMax = random.Next(4, 1 + Math.Max(4, parent.DealsMax!.Value)),
        DelegationDepthMax = parent.DelegationDepthMax - 1,
    };
}
