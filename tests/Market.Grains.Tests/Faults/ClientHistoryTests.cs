using Market.Domain;
using Market.Domain.Settling;
using Market.Testing;
using Market.Testing.Faults;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Faults;

/// <summary>The history finds what it is there to find.</summary>
public sealed class ClientHistoryTests : IAsyncLifetime
{
    private readonly ClientHistory _history = new();
    private InProcessMarket _market = null!;

    public async Task InitializeAsync() => _market = await InProcessMarket.StartAsync();

    public async Task DisposeAsync() => await _market.DisposeAsync();

    [Fact]
    public async Task An_acknowledged_effect_that_the_journal_lost_is_found()
    {
        await _history.AskAsync(_market, Deposit(1));
        Assert.Empty(await _history.FindViolationsAsync(_market));

        await _market.ResetAsync(); // as a store whose tail was lost

        Assert.Contains("was acknowledged at 1", Assert.Single(await _history.FindViolationsAsync(_market)));
    }

    [Fact]
    public async Task A_refused_command_that_was_done_all_the_same_is_found()
    {
        var withdraw = new Withdraw(Trade.Command(2), Some.Buyer.Principal, new Money(10_00, Currency.Usd));
        Assert.Equal(ClientOutcome.Refused, (await _history.AskAsync(_market, withdraw)).Outcome);
        await _market.AskAsync(Deposit(1));
        Assert.Empty(await _history.FindViolationsAsync(_market));

        await _market.AskAsync(withdraw); // unheard by the client, as by a bug

        Assert.Contains("was refused at last", Assert.Single(await _history.FindViolationsAsync(_market)));
    }

    [Fact]
    public async Task An_entry_that_nobody_asked_for_is_found()
    {
        await _history.AskAsync(_market, Deposit(1));
        await _market.AskAsync(Trade.Hold(2, Some.Noon + TimeSpan.FromHours(1)));

        Assert.Contains("Nobody asked for", Assert.Single(await _history.FindViolationsAsync(_market)));
    }

    [Fact]
    public async Task What_is_unknown_is_either_until_it_is_asked_again()
    {
        var journal = new FaultJournal(_market.Journal, FaultPlan.AtAppend(1, StorageFault.UnknownAfter));
        await using var failing = await InProcessMarket.StartAsync(new InProcessMarketOptions { Journal = journal });

        Assert.Equal(ClientOutcome.Unknown, (await _history.AskAsync(failing, Deposit(1))).Outcome);
        Assert.Empty(await _history.FindViolationsAsync(failing));
        Assert.Empty(await _history.ResolveAsync(failing));

        Assert.Equal(new LedgerDone(new EntryNumber(1)), _history.Answers.Last().Answer);
        Assert.Empty(await _history.FindViolationsAsync(failing));
    }

    private static Deposit Deposit(int number) =>
        new(Trade.Command(number), Some.Buyer.Principal, new Money(50_00, Currency.Usd));
}
