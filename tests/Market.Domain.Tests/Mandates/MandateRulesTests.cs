using Market.Domain.Mandates;
using Market.Domain.Settling;
using Some = Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Mandates;

/// <summary>Each rule of a mandate just within it, at it, and just beyond it.</summary>
public sealed class MandateRulesTests
{
    [Theory]
    [InlineData(9_999, null)]
    [InlineData(10_000, null)]
    [InlineData(10_001, LedgerRefusal.MandatePerDealMaxExceeded)]
    public void A_deal_is_at_most_the_limit_of_one_deal(long total, LedgerRefusal? refusal) =>
        Assert.Equal(refusal, MandateTrial.Under(Some.Mandate()).Buys(total));

    [Theory]
    [InlineData(5_999, null)]
    [InlineData(6_000, null)]
    [InlineData(6_001, LedgerRefusal.MandateWouldBeExceeded)]
    public void A_deal_is_at_most_what_held_and_posted_deals_leave_of_the_budget(long total, LedgerRefusal? refusal)
    {
        var trial = MandateTrial.Under(Some.Mandate());
        Assert.Null(trial.Buys(5_000));
        Assert.Null(trial.Buys(4_000, SettlementMode.OnDelivery));
        Assert.Equal(refusal, trial.Buys(total));
    }

    [Fact]
    public void A_mandate_of_another_principal_is_not_told_apart_from_none_also_when_it_is_stopped()
    {
        var trial = MandateTrial.Under(Some.Mandate(principal: Some.Bob));
        Assert.Equal(LedgerRefusal.MandateUnknown, trial.Buys(1));
        trial.Book.Does(new RevokeMandate(Some.MandateOne, Some.Bob));
        Assert.Equal(LedgerRefusal.MandateUnknown, trial.Buys(1));
        Assert.Null(trial.Refused!.Entry);
    }

    [Fact]
    public void A_refusal_says_what_was_asked_and_what_is_left()
    {
        var trial = MandateTrial.Under(Some.Mandate());
        Assert.Null(trial.Buys(9_000));
        Assert.NotNull(trial.Buys(6_001));
        Assert.Equal((6_001, 6_000), (trial.Refused!.Asked, trial.Refused.Allowed));
    }

    [Theory]
    [InlineData(-1, LedgerRefusal.MandateNotYetValid)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, LedgerRefusal.MandateExpired)]
    public void A_mandate_holds_from_its_first_moment_to_just_before_its_last(int ticks, LedgerRefusal? refusal)
    {
        var from = Some.Start + TimeSpan.FromHours(1);
        var trial = MandateTrial.Under(
            Some.Mandate() with { NotBefore = from, ExpiresAt = from + TimeSpan.FromTicks(2) });
        trial.WaitsUntil(from + TimeSpan.FromTicks(ticks));
        Assert.Equal(refusal, trial.Buys(1));
    }

    [Theory]
    [InlineData("kitchen", null)]
    [InlineData("Kitchen", null)]
    [InlineData("garden", LedgerRefusal.MandateCategoryNotAllowed)]
    [InlineData(null, LedgerRefusal.MandateCategoryNotAllowed)]
    public void A_deal_has_one_of_the_categories(string? category, LedgerRefusal? refusal) => Assert.Equal(
        refusal,
        MandateTrial.Under(Some.Mandate() with { Categories = ["office", "kitchen"] }).Buys(1, category: category));

    [Fact]
    public void A_counterparty_is_allowed_and_not_denied()
    {
        Assert.Null(WithCounterparties([Some.Bob], [Some.Carol]).Buys(1));
        Assert.Equal(
            LedgerRefusal.MandateCounterpartyNotAllowed, WithCounterparties([Some.Carol], []).Buys(1));
        Assert.Equal(
            LedgerRefusal.MandateCounterpartyNotAllowed, WithCounterparties([Some.Bob], [Some.Bob]).Buys(1));

        static MandateTrial WithCounterparties(
            ValueArray<PrincipalNumber> allowed, ValueArray<PrincipalNumber> denied) => MandateTrial.Under(
                Some.Mandate() with { CounterpartiesAllowed = allowed, CounterpartiesDenied = denied });
    }

    [Fact]
    public void A_place_among_the_open_holds_is_free_again_when_a_deal_is_delivered()
    {
        var trial = MandateTrial.Under(Some.Mandate() with { OpenHoldsMax = 1 });
        Assert.Null(trial.Buys(1, SettlementMode.OnDelivery));
        Assert.Equal(LedgerRefusal.MandateOpenHoldsExceeded, trial.Buys(1, SettlementMode.OnDelivery));
        Assert.Null(trial.Buys(1));
        trial.Book.Does(new ConfirmDelivery(Some.DealId(1)));
        Assert.Null(trial.Buys(1, SettlementMode.OnDelivery));
    }

    [Fact]
    public void A_deal_that_was_voided_does_not_count_and_one_that_was_delivered_does()
    {
        var trial = MandateTrial.Under(Some.Mandate() with { DealsMax = 2 });
        Assert.Null(trial.Buys(1, SettlementMode.OnDelivery));
        Assert.Null(trial.Buys(1, SettlementMode.OnDelivery));
        Assert.Equal(LedgerRefusal.MandateDealsExceeded, trial.Buys(1));
        trial.Book.Does(new CancelDelivery(Some.DealId(1)));
        trial.Book.Does(new ConfirmDelivery(Some.DealId(2)));
        Assert.Null(trial.Buys(1));
        Assert.Equal(LedgerRefusal.MandateDealsExceeded, trial.Buys(1));
    }

    [Theory]
    [InlineData(5_000, false, null)]
    [InlineData(5_001, false, LedgerRefusal.ApprovalRequired)]
    [InlineData(5_001, true, null)]
    public void A_total_above_the_threshold_needs_an_approval(long total, bool isApproved, LedgerRefusal? refusal)
    {
        var trial = MandateTrial.Under(Some.Mandate() with { ApprovalAboveMinor = 5_000 });
        Assert.Equal(refusal, trial.Buys(total, approval: isApproved ? trial.NextTermsHash : null));
    }

    [Fact]
    public void An_approval_of_other_terms_is_none()
    {
        var trial = MandateTrial.Under(Some.Mandate() with { ApprovalAboveMinor = 5_000 });
        Assert.Equal(LedgerRefusal.ApprovalRequired, trial.Buys(5_001, approval: Some.Hash(9)));
    }

    [Fact]
    public void An_approval_does_not_widen_any_other_limit()
    {
        var trial = MandateTrial.Under(Some.Mandate() with { ApprovalAboveMinor = 0 });
        Assert.Equal(LedgerRefusal.MandatePerDealMaxExceeded, trial.Buys(10_001, approval: trial.NextTermsHash));
    }

    [Fact]
    public void A_mandate_that_says_nothing_cannot_be_granted()
    {
        var sound = Some.Mandate();
        Mandate[] unsound =
        [
            sound with { Principal = default },
            sound with { Agent = default },
            sound with { Currency = default },
            sound with { PerDealMaxMinor = 0 },
            sound with { BudgetMaxMinor = MarketLimits.AmountMax + 1 },
            sound with { ExpiresAt = sound.NotBefore },
            sound with { Window = (BudgetWindow)4 },
            sound with { Actions = 0 },
            sound with { Categories = [""] },
            sound with { Categories = Enumerable.Repeat("a", MandateLimits.CategoriesMax + 1).ToValueArray() },
            sound with
            {
                CounterpartiesDenied =
                    Enumerable.Repeat(Some.Bob, MandateLimits.CounterpartiesMax + 1).ToValueArray(),
            },
            sound with { OpenHoldsMax = -1 },
            sound with { DealsMax = 0 },
            sound with { ApprovalAboveMinor = -1 },
            sound with { DelegationDepthMax = MandateLimits.DelegationDepthMax + 1 },
        ];
        Assert.Null(MandateRules.CheckGrant(sound));
        Assert.All(unsound, mandate => Assert.Equal(LedgerRefusal.MandateMalformed, MandateRules.CheckGrant(mandate)));
    }

    [Fact]
    public void A_mandate_of_another_principal_is_not_told_apart_from_none()
    {
        var book = new Settling.Book();
        book.Does(new GrantMandate(Some.Mandate() with { DelegationDepthMax = 1 }));
        var delegated = Some.Mandate(id: new MandateId(Some.Id(302)), principal: Some.Bob);
        LedgerCommand[] commands =
        [
            new RevokeMandate(Some.MandateOne, Some.Bob),
            new SuspendMandate(Some.MandateOne, Some.Bob, 1),
            new ResumeMandate(Some.MandateOne, Some.Bob, 1),
            new GrantMandate(delegated with { Parent = Some.MandateOne }),
        ];
        Assert.All(commands, command => book.Refuses(command, LedgerRefusal.MandateUnknown));
    }

    [Fact]
    public void A_sellers_mandate_binds_the_seller()
    {
        var book = Settling.Book.WithAliceAndBob();
        var mandate = Some.Mandate(perDeal: 8_399, principal: Some.Bob) with { Agent = Some.AgentB };
        book.Does(new GrantMandate(mandate));
        var settle = Some.Settle() with { Seller = new DealParty(Some.AgentB, Some.Bob, Some.MandateOne) };

        var causes = book.Tell(settle).Causes!;

        Assert.Null(causes.Buyer);
        Assert.Equal(LedgerRefusal.MandatePerDealMaxExceeded, causes.Seller!.Reason);
    }

    [Theory]
    [InlineData(MandateActions.Buy, LedgerRefusal.MandateActionNotAllowed)]
    [InlineData(MandateActions.Sell, null)]
    [InlineData(MandateActions.BuyAndSell, null)]
    public void A_seller_needs_a_mandate_to_sell(MandateActions actions, LedgerRefusal? refusal)
    {
        var book = Settling.Book.WithAliceAndBob();
        book.Does(new GrantMandate(
            Some.Mandate(principal: Some.Bob) with { Agent = Some.AgentB, Actions = actions }));
        var settle = Some.Settle() with { Seller = new DealParty(Some.AgentB, Some.Bob, Some.MandateOne) };

        Assert.Equal(refusal, book.Tell(settle).Causes?.Seller?.Reason);
    }
}
