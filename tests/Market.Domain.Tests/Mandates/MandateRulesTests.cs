using Market.Domain.Mandates;
using Market.Domain.Settling;
using Some = Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Mandates;

public sealed class MandateRulesTests
{
    private static readonly LedgerTime Monday = Some.Start;

    [Theory]
    [InlineData(9_999, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void A_deal_is_at_most_the_limit_of_one_deal(long total, bool isAllowed) =>
        Assert.Equal(isAllowed ? null : LedgerRefusal.MandatePerDealMaxExceeded, Check(default, total));

    [Theory]
    [InlineData(5_999, true)]
    [InlineData(6_000, true)]
    [InlineData(6_001, false)]
    public void A_deal_is_at_most_what_held_and_posted_deals_leave_of_the_budget(long total, bool isAllowed) =>
        Assert.Equal(
            isAllowed ? null : LedgerRefusal.MandateWouldBeExceeded, Check(new MandateUsage(4_000, 5_000), total));

    [Fact]
    public void A_mandate_holds_from_its_first_moment_to_just_before_its_last()
    {
        var mandate = Some.Mandate() with { NotBefore = Monday, ExpiresAt = Monday + TimeSpan.FromTicks(2) };
        Assert.Equal(
            [LedgerRefusal.MandateNotYetValid, null, null, LedgerRefusal.MandateExpired],
            new[] { -1, 0, 1, 2 }.Select(ticks => MandateRules.AdvisoryCheck(
                mandate, default, Some.Usd(1), Monday + TimeSpan.FromTicks(ticks))));
    }

    [Fact]
    public void Another_currency_is_not_covered() => Assert.Equal(
        LedgerRefusal.MandateCurrencyDiffers,
        MandateRules.AdvisoryCheck(Some.Mandate(), default, new Money(1, Currency.Of("EUR", 2)), Monday));

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
        ];
        Assert.Null(MandateRules.CheckGrant(sound));
        Assert.All(unsound, mandate => Assert.Equal(LedgerRefusal.MandateMalformed, MandateRules.CheckGrant(mandate)));
    }

    [Fact]
    public void A_mandate_of_another_principal_cannot_be_revoked_and_is_not_told_apart_from_none()
    {
        var book = new Settling.Book();
        book.Does(new GrantMandate(Some.Mandate()));
        _ = book.Refuses(new RevokeMandate(Some.MandateOne, Some.Bob), LedgerRefusal.MandateUnknown);
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

    private static LedgerRefusal? Check(MandateUsage used, long total) =>
        MandateRules.AdvisoryCheck(Some.Mandate(), used, Some.Usd(total), Monday);
}
