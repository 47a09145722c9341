using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>The same command twice is one effect and the same answer (INV-7, INV-8).</summary>
public sealed class IdempotenceTests
{
    private static readonly Leg ToBob = Some.Leg(Some.AliceFunds, Some.BobFunds, 5);

    public static TheoryData<string> Names => new(Commands.Keys);

    private static Dictionary<string, LedgerCommand> Commands { get; } = new()
    {
        ["deposit"] = new Deposit(Some.CommandId(50), Some.Alice, Some.Usd(5)),
        ["withdraw"] = new Withdraw(Some.CommandId(50), Some.Alice, Some.Usd(5)),
        ["mint units"] = new MintUnits(Some.CommandId(50), Some.Listing, Some.Bob, 5),
        ["mint need"] = new MintNeed(Some.CommandId(50), Some.Request, Some.Alice, 5),
        ["return units"] = new ReturnUnits(Some.CommandId(50), Some.Listing, Some.Bob, 2),
        ["return stock"] = new ReturnStock(Some.CommandId(50), Some.Listing, Some.Bob),
        ["transfer"] = new Transfer(Some.CommandId(50), [Some.Leg(Some.AliceFunds, Some.BobFunds, 5)]),
        ["linked transfer"] = new Transfer(
            Some.CommandId(50), [ToBob, Some.Leg(Some.BobFunds, Some.AliceFunds, 2)]),
        ["open"] = new OpenAccount(Some.CommandId(50), AccountName.Funds(new PrincipalNumber(77), Currency.Usd)),
        ["close"] = new CloseSubject(Some.CommandId(50), Asset.Need(Some.Request)),
        ["reverse"] = new Reverse(Some.CommandId(50), Some.DealId(3), [1, 0, 0]),
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
    public void A_command_told_twice_has_one_effect_and_one_answer(string name) =>
        AssertOneEffect(name, Prepared());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_that_the_book_remembers_only_by_its_entry_has_one_effect_and_one_answer(string name)
    {
        var book = Prepared(entriesMax: 8);
        AssertOneEffect(name, book);
        Assert.True(book.Recalls > 0 || Commands[name] is GrantMandate or RevokeMandate);
    }

    private static void AssertOneEffect(string name, Book book)
    {
        var command = Commands[name];
        var entry = book.Does(command);
        for (var i = 0; i < 20; i++)
        {
            book.Does(new Deposit(Some.CommandId(900 + i), Some.Carol, Some.Usd(1)));
        }

        book.Restart();
        var before = book.State.LastEntry;

        var again = book.Tell(command);

        Assert.Null(again.Event);
        Assert.Null(again.Refused);
        Assert.Equal(entry, again.DoneBy);
        Assert.Equal(new LedgerDone(entry), Answers.Of(book.State, again));
        Assert.Equal(before, book.State.LastEntry);
    }

    [Theory]
    [InlineData(LedgerLimits.EntriesMax)]
    [InlineData(8)]
    public void A_mint_whose_accounts_were_evicted_since_is_still_the_same_mint(int entriesMax)
    {
        var book = Prepared(entriesMax);
        var mint = new MintNeed(Some.CommandId(3), Some.Request, Some.Alice, 1);
        book.Does(new CloseSubject(Some.CommandId(70), Asset.Need(Some.Request)));

        Assert.Equal(new EntryNumber(3), book.Tell(mint).DoneBy);
        Assert.Equal(LedgerField.Amount, book.Tell(mint with { Quantity = 2 }).Refused!.Field);
        book.Does(mint with { Id = Some.CommandId(71) });
        Assert.Equal(1, book[Some.AliceNeed].Available);
        Assert.Null(LedgerQueries.GetAccount(book.State, new AccountNumber(5)));
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

    [Theory]
    [InlineData(LedgerLimits.EntriesMax)]
    [InlineData(8)]
    public void A_reversal_that_became_a_claim_gets_the_same_answer_also_when_the_claim_is_paid(int entriesMax)
    {
        var book = Prepared(entriesMax);
        var deal = Some.Settle(deal: 5);
        book.Does(deal);
        book.Does(new Withdraw(Some.CommandId(60), Some.Bob, Some.Usd(2 * 8_316)));
        var back = new Reverse(Some.CommandId(61), deal.Deal, [8_316, 84, 1]);
        var first = book.Refuses(back, LedgerRefusal.SellerCannotRefund);
        Assert.Equal((8_316, 0, book.State.LastEntry), (first.Asked, first.Allowed, first.Entry));

        Assert.Equal(first, book.Refuses(back, LedgerRefusal.SellerCannotRefund));
        book.Does(new Deposit(Some.CommandId(62), Some.Bob, Some.Usd(10_000)));
        book.Does(new PayClaim(Some.CommandId(63), first.Entry!.Value));
        book.Restart();

        Assert.Equal(first, book.Refuses(back, LedgerRefusal.SellerCannotRefund));
        Assert.Equal(1_684, book[Some.BobFunds].Posted);
        Assert.Equal(1, book[Some.AliceOwned].Posted);
        Assert.Equal(84, book[Some.FeesUsd].Posted);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Another_payload_under_a_used_id_is_refused_and_the_first_difference_named(
        string name, LedgerField field)
    {
        foreach (var entriesMax in new[] { LedgerLimits.EntriesMax, 8 })
        {
            var book = Prepared(entriesMax);
            var entry = book.Does(Commands[name]);
            for (var i = 0; i < 20; i++)
            {
                book.Does(new Deposit(Some.CommandId(900 + i), Some.Carol, Some.Usd(1)));
            }

            var refused = book.Tell(Differing[(name, field)]).Refused!;
            Assert.Equal((field, entry), (refused.Field, refused.Entry));
            Assert.True(refused.Reason is LedgerRefusal.CommandIdUsedWithDifferentPayload
                or LedgerRefusal.DealExistsWithDifferentTerms);
        }
    }

    public static IEnumerable<object[]> Others => Differing.Keys.Select(key => new object[] { key.Name, key.Field });

    private static Dictionary<(string Name, LedgerField Field), LedgerCommand> Differing { get; } = new()
    {
        [("deposit", LedgerField.Amount)] = new Deposit(Some.CommandId(50), Some.Alice, Some.Usd(6)),
        [("deposit", LedgerField.Credit)] = new Deposit(Some.CommandId(50), Some.Bob, Some.Usd(5)),
        [("deposit", LedgerField.Kind)] = new Withdraw(Some.CommandId(50), Some.Alice, Some.Usd(5)),
        [("return units", LedgerField.Amount)] = new ReturnUnits(Some.CommandId(50), Some.Listing, Some.Bob, 1),
        [("return units", LedgerField.Debit)] = new ReturnUnits(Some.CommandId(50), Some.Listing, Some.Alice, 2),
        [("return units", LedgerField.Kind)] = new ReturnStock(Some.CommandId(50), Some.Listing, Some.Bob),
        [("return stock", LedgerField.Debit)] = new ReturnStock(Some.CommandId(50), Some.Listing, Some.Alice),
        [("transfer", LedgerField.Debit)] =
            new Transfer(Some.CommandId(50), [Some.Leg(Some.BobFunds, Some.AliceFunds, 5)]),
        [("transfer", LedgerField.Count)] = new Transfer(
            Some.CommandId(50), [ToBob, ToBob]),
        [("linked transfer", LedgerField.Amount)] = new Transfer(
            Some.CommandId(50), [ToBob, Some.Leg(Some.BobFunds, Some.AliceFunds, 3)]),
        [("hold", LedgerField.ExpiresAt)] = new HoldTransfer(
            Some.CommandId(50), Some.Leg(Some.AliceFunds, Some.BobFunds, 5), Some.Friday + TimeSpan.FromTicks(1)),
        [("open", LedgerField.Account)] =
            new OpenAccount(Some.CommandId(50), AccountName.Funds(new PrincipalNumber(78), Currency.Usd)),
        [("close", LedgerField.Asset)] = new CloseSubject(Some.CommandId(50), Asset.Unit(Some.Listing)),
        [("reverse", LedgerField.Amount)] = new Reverse(Some.CommandId(50), Some.DealId(3), [2, 0, 0]),
        [("reverse", LedgerField.Deal)] = new Reverse(Some.CommandId(50), Some.DealId(1), [1, 0, 0]),
        [("settle", LedgerField.TermsHash)] = Some.Settle(deal: 5) with { TermsHash = Some.Hash(7) },
    };

    private static Book Prepared(int entriesMax = LedgerLimits.EntriesMax)
    {
        var book = Book.WithAliceAndBob(funds: 90_000, entriesMax: entriesMax);
        book.Does(Some.Settle(deal: 3));
        book.Does(new GrantMandate(Some.Mandate()));
        book.Does(new HoldTransfer(Some.CommandId(40), Some.Leg(Some.AliceFunds, Some.BobFunds, 100), Some.Friday));
        book.Does(new HoldTransfer(Some.CommandId(41), Some.Leg(Some.AliceFunds, Some.BobFunds, 100), Some.Friday));
        book.Does(Some.Settle(deal: 1, mode: SettlementMode.OnDelivery));
        book.Does(Some.Settle(deal: 2, mode: SettlementMode.OnDelivery));
        return book;
    }
}
