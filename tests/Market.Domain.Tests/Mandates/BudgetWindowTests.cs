using System.Globalization;
using Market.Domain.Mandates;
using Market.Domain.Settling;
using Some = Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Mandates;

/// <summary>Budgets of a day and of a month, at midnight, at the ends of months and in leap years.</summary>
public sealed class BudgetWindowTests
{
    [Theory]
    [InlineData(BudgetWindow.Day, "2026-01-05T00:00:00", "2026-01-05T23:59:59", "2026-01-06T00:00:00")]
    [InlineData(BudgetWindow.Day, "2028-02-28T12:00:00", "2028-02-28T23:59:59", "2028-02-29T00:00:00")]
    [InlineData(BudgetWindow.Day, "2026-12-31T12:00:00", "2026-12-31T23:59:59", "2027-01-01T00:00:00")]
    [InlineData(BudgetWindow.Month, "2026-01-01T00:00:00", "2026-01-31T23:59:59", "2026-02-01T00:00:00")]
    [InlineData(BudgetWindow.Month, "2026-02-28T12:00:00", "2026-02-28T23:59:59", "2026-03-01T00:00:00")]
    [InlineData(BudgetWindow.Month, "2028-02-28T12:00:00", "2028-02-29T23:59:59", "2028-03-01T00:00:00")]
    [InlineData(BudgetWindow.Month, "2100-02-28T12:00:00", "2100-02-28T23:59:59", "2100-03-01T00:00:00")]
    [InlineData(BudgetWindow.Month, "2026-12-31T12:00:00", "2026-12-31T23:59:59", "2027-01-01T00:00:00")]
    public void A_budget_is_whole_again_at_the_first_moment_of_the_next_window(
        BudgetWindow window, string within, string last, string next)
    {
        var trial = Over(window);
        trial.WaitsUntil(At(within));
        Assert.Null(trial.Buys(10_000));

        trial.WaitsUntil(At(last) + TimeSpan.FromTicks(TimeSpan.TicksPerSecond - 2));
        Assert.Equal(LedgerRefusal.MandateWouldBeExceeded, trial.Buys(5_001));
        Assert.Null(trial.Buys(5_000));
        Assert.Equal(At(next), trial.Book.Now);
        Assert.Null(trial.Buys(10_000));
        Assert.Equal(25_000, trial.Standing().Usage.TotalMinor);
        Assert.Equal(10_000, trial.Standing().WindowUsedMinor);
    }

    [Fact]
    public void What_is_held_counts_in_the_window_in_which_it_was_held()
    {
        var trial = Over(BudgetWindow.Day);
        trial.WaitsUntil(At("2026-01-05T23:00:00"));
        Assert.Null(trial.Buys(10_000, SettlementMode.OnDelivery));
        trial.WaitsUntil(At("2026-01-06T01:00:00"));
        Assert.Null(trial.Buys(8_000));

        trial.Book.Does(new ConfirmDelivery(Some.DealId(1)));

        Assert.Equal(LedgerRefusal.MandateWouldBeExceeded, trial.Buys(7_001));
        Assert.Null(trial.Buys(7_000));
    }

    [Fact]
    public void A_deal_of_yesterday_that_is_voided_today_does_not_widen_todays_budget()
    {
        var trial = Over(BudgetWindow.Day);
        trial.WaitsUntil(At("2026-01-05T23:00:00"));
        Assert.Null(trial.Buys(10_000, SettlementMode.OnDelivery));
        trial.WaitsUntil(At("2026-01-06T01:00:00"));
        Assert.Null(trial.Buys(10_000));

        trial.Book.Does(new CancelDelivery(Some.DealId(1)));

        Assert.Equal(LedgerRefusal.MandateWouldBeExceeded, trial.Buys(5_001));
        Assert.Equal(10_000, trial.Standing().Usage.TotalMinor);
    }

    [Fact]
    public void A_deal_of_yesterday_that_is_voided_before_todays_first_gives_yesterday_back_and_nothing_to_today()
    {
        var trial = Over(BudgetWindow.Day);
        trial.WaitsUntil(At("2026-01-05T23:00:00"));
        Assert.Null(trial.Buys(10_000, SettlementMode.OnDelivery));
        trial.WaitsUntil(At("2026-01-06T01:00:00"));
        trial.Book.Does(new CancelDelivery(Some.DealId(1)));

        Assert.Null(trial.Buys(10_000));
        Assert.Null(trial.Buys(5_000));
        Assert.Equal(LedgerRefusal.MandateWouldBeExceeded, trial.Buys(1));
    }

    [Fact]
    public void What_is_voided_in_its_own_window_may_be_spent_again()
    {
        var trial = Over(BudgetWindow.Month);
        Assert.Null(trial.Buys(10_000, SettlementMode.OnDelivery));
        Assert.Equal(LedgerRefusal.MandateWouldBeExceeded, trial.Buys(5_001));
        trial.Book.Does(new CancelDelivery(Some.DealId(1)));
        Assert.Null(trial.Buys(10_000));
    }

    [Theory]
    [InlineData("2026-01-05T23:30:00", 9_950)]
    [InlineData("2026-01-06T01:00:00", 15_000)]
    public void What_is_reversed_is_given_back_to_the_window_of_the_deal(string reversedAt, long left)
    {
        var trial = Over(BudgetWindow.Day);
        trial.WaitsUntil(At("2026-01-05T23:00:00"));
        Assert.Null(trial.Buys(10_000));
        trial.WaitsUntil(At(reversedAt));
        var booked = trial.Book.Journal.OfType<DealBooked>().Single();
        var amounts = booked.Postings.Select((posting, i) => i == 0 ? 4_950 : 0L).ToValueArray();
        trial.Book.Does(new Reverse(Some.CommandId(70), booked.Deal, amounts));

        Assert.Equal(5_050, trial.Standing().Usage.PostedMinor);
        Assert.Equal(15_000 - left, trial.Standing().WindowUsedMinor);
        var refusal = left < 10_000 ? LedgerRefusal.MandateWouldBeExceeded : LedgerRefusal.MandatePerDealMaxExceeded;
        Assert.Equal(refusal, trial.Buys(Math.Min(left, 10_000) + 1));
    }

    private static MandateTrial Over(BudgetWindow window) => MandateTrial.Under(
        Some.Mandate() with { Window = window, ExpiresAt = At("2200-01-01T00:00:00") });

    private static LedgerTime At(string utc) =>
        LedgerTime.FromUtc(DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture));
}
