using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>The same command twice is one effect and the same answer (INV-7, INV-8).</summary>
public sealed class IdempotenceTests
{
    public static TheoryData<string> Names => new(Commands.Keys);

    private static Dictionary<string, LedgerCommand> Commands { get; } = new()
    {
        ["deposit"] = new Deposit(Some.CommandId(50), Some.Alice, Some.Usd(5)),
        ["withdraw"] = new Withdraw(Some.CommandId(50), Some.Alice, Some.Usd(5)),
        ["mint units"] = new MintUnits(Some.CommandId(50), Some.Listing, Some.Bob, 5),
        ["mint need"] = new MintNeed(Some.CommandId(50), Some.Request, Some.Alice, 5),
        ["transfer"] = new Transfer(Some.CommandId(50), [Some.Leg(Some.AliceFunds, Some.BobFunds, 5)]),
        ["hold"] = new HoldTransfer(Some.CommandId(50), Some.Leg(Some.AliceFunds, Some.BobFunds, 5), Some.Friday),
        ["post"] = new PostHold(Some.CommandId(40), 60),
        ["void"] = new VoidHold(Some.CommandId(41)),
        ["grant"] = new GrantMandate(Some.Mandate(id: new MandateId(Some.Id(302)))),
        ["revoke"] = new RevokeMandate(Some.MandateOne, Some.Alice),
        ["settle"] = Some.Settle(deal: 5),
        ["settle on delivery"] = Some.Settle(deal: 5, mode: SettlementMode.OnDelivery),
        ["confirm"] = new ConfirmDelivery(Some.DealId(1)),
        ["cancel"] = new CancelDelivery(Some.DealId(2)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_told_twice_has_one_effect_and_one_answer(string name)
    {
        var command = Commands[name];
        var book = Prepared();
        var entry = book.Does(command);
        book.Does(new Deposit(Some.CommandId(99), Some.Carol, Some.Usd(1)));
        book.Restart();
        var before = book.State.LastEntry;

        var again = book.Tell(command);

        Assert.Null(again.Event);
        Assert.Null(again.Refused);
        Assert.Equal(entry, again.DoneBy);
        Assert.Equal(new LedgerDone(entry), Answers.Of(book.State, again));
        Assert.Equal(before, book.State.LastEntry);
    }

    [Fact]
    public void A_settle_told_twice_gets_the_same_answer_to_the_tick()
    {
        var book = Prepared();
        var command = Some.Settle(deal: 5);
        var first = Answers.Of(book.State, command, book.Decide(command));
        book.Does(command);
        book.Waits(TimeSpan.FromHours(1));

        Assert.Equal(first, Answers.Of(book.State, command, book.Decide(command)));
        Assert.IsType<Settled>(first);
    }

    [Fact]
    public void A_refused_settle_told_twice_gets_the_same_answer()
    {
        var book = Prepared();
        var command = Some.Settle(deal: 5, quantity: 50);
        var first = Answers.Of(book.State, command, book.Decide(command));
        _ = book.Tell(command);

        Assert.Equal(first, Answers.Of(book.State, command, book.Decide(command)));
        Assert.Equal(LedgerRefusal.StockExceeded, ((SettlementRefused)first).Causes.Seller!.Reason);
    }

    [Fact]
    public void A_hold_posted_in_full_and_then_in_part_is_two_different_commands()
    {
        var book = Prepared();
        book.Does(new PostHold(Some.CommandId(40), 100));
        _ = book.Refuses(new PostHold(Some.CommandId(40), 60), LedgerRefusal.HoldAlreadyPosted);
    }

    private static Book Prepared()
    {
        var book = Book.WithAliceAndBob(funds: 50_000);
        book.Does(new GrantMandate(Some.Mandate()));
        book.Does(new HoldTransfer(Some.CommandId(40), Some.Leg(Some.AliceFunds, Some.BobFunds, 100), Some.Friday));
        book.Does(new HoldTransfer(Some.CommandId(41), Some.Leg(Some.AliceFunds, Some.BobFunds, 100), Some.Friday));
        book.Does(Some.Settle(deal: 1, mode: SettlementMode.OnDelivery));
        book.Does(Some.Settle(deal: 2, mode: SettlementMode.OnDelivery));
        return book;
    }
}
