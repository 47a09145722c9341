using Market.Domain.Mandates;
using Market.Domain.Settling;
using Some = Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Mandates;

/// <summary>A tree of three levels: a root, a child and a grandchild, under which the agent buys.</summary>
public sealed class DelegationTests
{
    private static readonly Mandate Root = Some.Mandate() with
    {
        Window = BudgetWindow.Month,
        Actions = MandateActions.Buy,
        Categories = ["kitchen", "office"],
        CounterpartiesAllowed = [Some.Bob, Some.Carol],
        CounterpartiesDenied = [new PrincipalNumber(9)],
        OpenHoldsMax = 3,
        DealsMax = 5,
        ApprovalAboveMinor = 9_000,
        DelegationDepthMax = 2,
    };

    private static readonly Mandate Child = Root with
    {
        Id = new MandateId(Some.Id(302)),
        Parent = Root.Id,
        DelegationDepthMax = 1,
    };

    private static readonly Mandate Grandchild = Child with
    {
        Id = new MandateId(Some.Id(303)),
        Parent = Child.Id,
        DelegationDepthMax = 0,
    };

    public static TheoryData<string> Fields => new(Wider.Keys);

    private static Dictionary<string, Mandate> Wider { get; } = new()
    {
        [nameof(Mandate.Currency)] = Child with { Currency = Currency.Of("EUR", 2) },
        [nameof(Mandate.PerDealMaxMinor)] = Child with { PerDealMaxMinor = Root.PerDealMaxMinor + 1 },
        [nameof(Mandate.BudgetMaxMinor)] = Child with { BudgetMaxMinor = Root.BudgetMaxMinor + 1 },
        [nameof(Mandate.NotBefore)] = Child with { NotBefore = Root.NotBefore + TimeSpan.FromTicks(-1) },
        [nameof(Mandate.ExpiresAt)] = Child with { ExpiresAt = Root.ExpiresAt + TimeSpan.FromTicks(1) },
        [nameof(Mandate.Window)] = Child with { Window = BudgetWindow.Day },
        [nameof(Mandate.Actions)] = Child with { Actions = MandateActions.BuyAndSell },
        [nameof(Mandate.Categories)] = Child with { Categories = [] },
        [nameof(Mandate.CounterpartiesAllowed)] = Child with { CounterpartiesAllowed = [Some.Bob, new(4)] },
        [nameof(Mandate.CounterpartiesDenied)] = Child with { CounterpartiesDenied = [] },
        [nameof(Mandate.OpenHoldsMax)] = Child with { OpenHoldsMax = null },
        [nameof(Mandate.DealsMax)] = Child with { DealsMax = 6 },
        [nameof(Mandate.ApprovalAboveMinor)] = Child with { ApprovalAboveMinor = 9_001 },
        [nameof(Mandate.DelegationDepthMax)] = Child with { DelegationDepthMax = 2 },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_child_that_is_wider_in_one_field_is_refused_by_its_name(string field)
    {
        var book = new Settling.Book();
        book.Does(new GrantMandate(Root));
        Assert.Equal(
            field, book.Refuses(new GrantMandate(Wider[field]), LedgerRefusal.MandateNotNarrower).Field.ToString());
    }

    [Fact]
    public void A_child_may_be_as_wide_as_its_parent_and_may_be_narrower()
    {
        var narrower = Child with
        {
            Id = new MandateId(Some.Id(304)),
            Window = BudgetWindow.Total,
            Categories = ["Office"],
            CounterpartiesAllowed = [Some.Bob],
            CounterpartiesDenied = [new PrincipalNumber(9), Some.Carol],
            OpenHoldsMax = 0,
        };
        var book = new Settling.Book();
        foreach (var mandate in (Mandate[])[Root, Child, Grandchild, narrower])
        {
            book.Does(new GrantMandate(mandate));
        }
    }

    [Fact]
    public void Levels_below_a_mandate_are_limited()
    {
        var book = new Settling.Book();
        book.Does(new GrantMandate(Root));
        book.Does(new GrantMandate(Child));
        book.Does(new GrantMandate(Grandchild));
        var fourth = Grandchild with { Id = new MandateId(Some.Id(304)), Parent = Grandchild.Id };
        _ = book.Refuses(new GrantMandate(fourth), LedgerRefusal.MandateMayNotDelegate);
    }

    [Fact]
    public void What_a_grandchild_uses_counts_against_every_ancestor()
    {
        var trial = Tree();
        Assert.Null(Buys(trial, 8_000, Grandchild));
        Assert.Null(Buys(trial, 5_000, Child));

        Assert.Equal(13_000, trial.Standing(Root.Id).Usage.TotalMinor);
        Assert.Equal(13_000, trial.Standing(Child.Id).Usage.TotalMinor);
        Assert.Equal(8_000, trial.Standing(Grandchild.Id).Usage.TotalMinor);
        Assert.Equal(LedgerRefusal.MandateWouldBeExceeded, Buys(trial, 2_001, Grandchild));
        Assert.Null(Buys(trial, 2_000, Grandchild));
    }

    [Fact]
    public void Siblings_share_what_their_parent_has()
    {
        var sibling = Grandchild with { Id = new MandateId(Some.Id(304)) };
        var trial = MandateTrial.Under(Root, Child, Grandchild, sibling);
        Assert.Null(Buys(trial, 9_000, Grandchild));
        Assert.Equal(LedgerRefusal.MandateWouldBeExceeded, Buys(trial, 6_001, sibling));
        Assert.Null(Buys(trial, 6_000, sibling));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Whoever_stops_a_mandate_stops_all_that_was_delegated_from_it(int level)
    {
        var stopped = ((Mandate[])[Root, Child, Grandchild])[level];
        var suspended = Tree();
        suspended.Book.Does(new SuspendMandate(stopped.Id, Some.Alice, 1));
        Assert.Equal(LedgerRefusal.MandateSuspended, Buys(suspended, 1, Grandchild));
        Assert.Equal(level == 2 ? null : LedgerRefusal.MandateSuspended, Buys(suspended, 1, Child));
        suspended.Book.Does(new ResumeMandate(stopped.Id, Some.Alice, 2));
        Assert.Null(Buys(suspended, 1, Grandchild));

        var revoked = Tree();
        var by = revoked.Book.Does(new RevokeMandate(stopped.Id, Some.Alice));
        Assert.Equal(LedgerRefusal.MandateRevoked, Buys(revoked, 1, Grandchild));
        Assert.Equal(by, revoked.Refused!.Entry);
    }

    [Fact]
    public void Nothing_is_delegated_from_a_mandate_that_was_stopped()
    {
        var book = new Settling.Book();
        book.Does(new GrantMandate(Root));
        book.Does(new SuspendMandate(Root.Id, Some.Alice, 1));
        _ = book.Refuses(new GrantMandate(Child), LedgerRefusal.MandateSuspended);
        book.Does(new RevokeMandate(Root.Id, Some.Alice));
        _ = book.Refuses(new GrantMandate(Child), LedgerRefusal.MandateRevoked);
    }

    [Fact]
    public void A_held_deal_goes_on_after_its_mandate_was_revoked_and_gives_back_what_it_took()
    {
        var trial = Tree();
        Assert.Null(Buys(trial, 4_000, Grandchild, SettlementMode.OnDelivery));
        Assert.Null(Buys(trial, 3_000, Grandchild, SettlementMode.OnDelivery));
        trial.Book.Does(new RevokeMandate(Child.Id, Some.Alice));
        trial.Book.Does(new ConfirmDelivery(Some.DealId(1)));
        trial.Book.Does(new CancelDelivery(Some.DealId(2)));
        Assert.Equal(new MandateUsage(0, 4_000), trial.Standing(Root.Id).Usage);
        Assert.Equal((0, 1), (trial.Standing(Root.Id).OpenHolds, (int)trial.Standing(Root.Id).Deals));
    }

    private static MandateTrial Tree() => MandateTrial.Under(Root, Child, Grandchild);

    private static LedgerRefusal? Buys(
        MandateTrial trial, long total, Mandate under, SettlementMode mode = SettlementMode.Immediate) =>
        trial.Buys(total, mode, "kitchen", under: under.Id);
}
