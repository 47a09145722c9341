using Market.Domain.Mandates;
using Market.Domain.Settling;
using static Market.Domain.Tests.Settling.Some;

namespace Market.Domain.Tests.Settling;

/// <summary>
/// For each refusal the shortest story that produces it: what happens first, and the command that is refused.
/// </summary>
internal static class RefusalCases
{
    private const long TooMuch = MarketLimits.AmountMax + 1;
    private static readonly Leg Pay = Leg(AliceFunds, BobFunds, 100);

    public static Dictionary<LedgerRefusal, (Action<Book> Before, LedgerCommand Command)> All { get; } = new()
    {
        [LedgerRefusal.CommandIdUsedWithDifferentPayload] = After(new Deposit(CommandId(1), Alice, Usd(1))),
        [LedgerRefusal.LegsMissing] = After(new Transfer(CommandId(50), [])),
        [LedgerRefusal.TooManyLegs] = After(Moves([.. Enumerable.Repeat(Pay, LedgerLimits.LegsMax + 1)])),
        [LedgerRefusal.AmountNotPositive] = After(Moves(Pay with { Amount = 0 })),
        [LedgerRefusal.AmountTooLarge] = After(new Deposit(CommandId(50), Alice, Usd(TooMuch))),
        [LedgerRefusal.AccountsAreTheSame] = After(Moves(Leg(AliceFunds, AliceFunds, 1))),
        [LedgerRefusal.AccountsHaveDifferentAssets] = After(Moves(Leg(AliceFunds, AliceOwned, 1))),
        [LedgerRefusal.AccountDoesNotHoldAsset] =
            After(Moves(Leg(AliceFunds, AliceFunds with { Kind = AccountKind.Stock }, 1))),
        [LedgerRefusal.AccountOwnerWrong] = After(new Deposit(CommandId(50), PrincipalNumber.Market, Usd(1))),
        [LedgerRefusal.AccountHasNoFloor] = After(Moves(Leg(AccountName.World(Currency.Usd), AliceFunds, 1))),
        [LedgerRefusal.AccountExists] = After(new OpenAccount(CommandId(50), AliceFunds)),
        [LedgerRefusal.AccountEvicted] = (book =>
        {
            book.Does(Settle(request: Request));
            book.Does(new CloseSubject(CommandId(51), Asset.Need(Request)));
        }, new Reverse(CommandId(50), DealId(1), [0, 0, 0, 1])),
        [LedgerRefusal.SubjectUnknown] = After(new CloseSubject(CommandId(50), Asset.Money(Currency.Usd))),
        [LedgerRefusal.SubjectHasHolds] = (book => book.Does(Settle(mode: SettlementMode.OnDelivery)),
            new CloseSubject(CommandId(50), Asset.Unit(Listing))),
        [LedgerRefusal.SubjectStillOwned] =
            (book => book.Does(Settle()), new CloseSubject(CommandId(50), Asset.Unit(Listing))),
        [LedgerRefusal.SubjectTooLarge] = (ManyOwners, new CloseSubject(CommandId(50), Asset.Unit(Listing))),
        [LedgerRefusal.AvailableExceeded] = After(new Withdraw(CommandId(50), Alice, Usd(20_001))),
        [LedgerRefusal.WouldOverflow] = (FillToTheBrim, new Deposit(CommandId(50), Carol, Usd(MarketLimits.AmountMax))),

        [LedgerRefusal.NothingToCheckpoint] = After(new ExportCheckpoint(new EntryNumber(3))),
        [LedgerRefusal.CheckpointIsAheadOfBook] = After(new ExportCheckpoint(new EntryNumber(4))),
        [LedgerRefusal.DealExistsWithDifferentTerms] =
            (book => book.Does(Settle()), Settle() with { TermsHash = Hash(7) }),
        [LedgerRefusal.PartyMissing] = After(Settle() with { Buyer = default }),
        [LedgerRefusal.BuyerAndSellerAreTheSamePrincipal] =
            After(Settle() with { Seller = new DealParty(AgentB, Alice, null) }),
        [LedgerRefusal.LegNotPartOfDeal] = After(Settle() with { Legs = [Leg(BobFunds, AliceFunds, 1)] }),
        [LedgerRefusal.LegsDoNotAddUpToTotal] = After(Settle() with { Total = Usd(8_401) }),
        [LedgerRefusal.GoodsMissing] = After(Settle() with { Total = Usd(100), Legs = [Pay] }),
        [LedgerRefusal.SettlementModeUnknown] = After(Settle() with { Mode = (SettlementMode)9 }),
        [LedgerRefusal.DeliveryDeadlineMissing] = After(Settle() with { Mode = SettlementMode.OnDelivery }),
        [LedgerRefusal.DeliveryDeadlineUnexpected] = After(Settle() with { DeliveryDeadline = Friday }),
        [LedgerRefusal.BuyerFundsExceeded] = After(Settle(total: 20_001)),
        [LedgerRefusal.StockExceeded] = After(Settle(quantity: 6)),
        [LedgerRefusal.NeedAlreadyFilled] = After(Settle(quantity: 2, request: Request)),
        [LedgerRefusal.DealUnknown] = After(new ConfirmDelivery(DealId(1))),
        [LedgerRefusal.DealNotOnDelivery] = (book => book.Does(Settle()), new CancelDelivery(DealId(1))),
        [LedgerRefusal.DeliveryAlreadyConfirmed] =
            (book => HeldThen(book, new ConfirmDelivery(DealId(1))), new CancelDelivery(DealId(1))),
        [LedgerRefusal.DeliveryAlreadyCancelled] =
            (book => HeldThen(book, new CancelDelivery(DealId(1))), new ConfirmDelivery(DealId(1))),
        [LedgerRefusal.DeliveryDeadlinePassed] = (HeldTooLong, new ConfirmDelivery(DealId(1))),

        [LedgerRefusal.MandateUnknown] = After(new RevokeMandate(MandateOne, Alice)),
        [LedgerRefusal.MandateMalformed] = After(new GrantMandate(Mandate(perDeal: 0))),
        [LedgerRefusal.MandateExistsWithDifferentTerms] = Under(Mandate(), new GrantMandate(Mandate(budget: 1))),
        [LedgerRefusal.MandateOfAnotherAgent] =
            Under(Mandate() with { Agent = AgentB }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateCurrencyDiffers] =
            Under(Mandate() with { Currency = Currency.Of("EUR", 2) }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateNotYetValid] =
            Under(Mandate() with { NotBefore = Start + TimeSpan.FromDays(1) }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateExpired] =
            Under(Mandate() with { ExpiresAt = Start + TimeSpan.FromTicks(2) }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateRevoked] = (Revoked, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandatePerDealMaxExceeded] = Under(Mandate(perDeal: 8_399), Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateWouldBeExceeded] = Under(Mandate(budget: 8_399), Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateSuspended] = (Suspended, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateActionNotAllowed] =
            Under(Mandate() with { Actions = MandateActions.Sell }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateCategoryNotAllowed] =
            Under(Mandate() with { Categories = ["kitchen"] }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateCounterpartyNotAllowed] =
            Under(Mandate() with { CounterpartiesDenied = [Bob] }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateOpenHoldsExceeded] = Under(
            Mandate() with { OpenHoldsMax = 0 }, Settle(buyerMandate: MandateOne, mode: SettlementMode.OnDelivery)),
        [LedgerRefusal.MandateDealsExceeded] = (OneDealMade, Settle(deal: 2, total: 1, buyerMandate: MandateOne)),
        [LedgerRefusal.ApprovalRequired] =
            Under(Mandate() with { ApprovalAboveMinor = 8_399 }, Settle(buyerMandate: MandateOne)),
        [LedgerRefusal.MandateNotNarrower] = Under(
            Mandate() with { DelegationDepthMax = 1 },
            new GrantMandate(ChildOf(Mandate()) with { BudgetMaxMinor = 15_001 })),
        [LedgerRefusal.MandateMayNotDelegate] = Under(Mandate(), new GrantMandate(ChildOf(Mandate()))),
        [LedgerRefusal.MandateRevisionIsStale] = (Suspended, new SuspendMandate(MandateOne, Alice, 3)),
        [LedgerRefusal.MandateAlreadySuspended] = (Suspended, new SuspendMandate(MandateOne, Alice, 2)),
        [LedgerRefusal.MandateNotSuspended] = Under(Mandate(), new ResumeMandate(MandateOne, Alice, 1)),
        [LedgerRefusal.MandateRevisionsExhausted] =
            (ChangedTooOften, new SuspendMandate(MandateOne, Alice, MandateLimits.RevisionsMax - 1)),

        [LedgerRefusal.HoldUnknown] = After(new VoidHold(CommandId(1))),
        [LedgerRefusal.HoldAlreadyPosted] = Held(new PostHold(CommandId(20), 100), new VoidHold(CommandId(20))),
        [LedgerRefusal.HoldAlreadyVoided] = Held(new VoidHold(CommandId(20)), new PostHold(CommandId(20), 100)),
        [LedgerRefusal.HoldExpired] = (book =>
        {
            book.Does(Hold());
            book.Waits(TimeSpan.FromDays(4));
        }, new PostHold(CommandId(20), 100)),
        [LedgerRefusal.HoldAmountExceeded] = Held(null, new PostHold(CommandId(20), 101)),
        [LedgerRefusal.DeadlineNotInFuture] = After(Hold() with { ExpiresAt = Start }),
        [LedgerRefusal.DeadlineTooFar] = After(Hold() with { ExpiresAt = Start + TimeSpan.FromDays(401) }),
        [LedgerRefusal.NoHoldIsDue] = Held(null, new ExpireHolds(1)),
        [LedgerRefusal.TooManyHolds] = (book =>
        {
            book.State.HoldsPerPrincipalMax = 1;
            book.Does(Hold());
        }, Hold() with { Id = CommandId(21) }),
        [LedgerRefusal.StepSizeOutOfRange] = After(new ExpireHolds(0)),

        [LedgerRefusal.DealNotPosted] = (book => book.Does(Settle(mode: SettlementMode.OnDelivery)), Back(1, 0, 0)),
        [LedgerRefusal.ReversalAmountsMissing] = (book => book.Does(Settle()), Back(1)),
        [LedgerRefusal.ReversalEmpty] = (book => book.Does(Settle()), Back(0, 0, 0)),
        [LedgerRefusal.ReversalExceedsLeg] = (book =>
        {
            book.Does(Settle());
            book.Does(Back(5_000, 0, 0) with { Id = CommandId(51) });
        }, Back(8_316 - 4_999, 0, 0)),
        [LedgerRefusal.GoodsNotReturnable] = (book =>
        {
            book.Does(Settle());
            var carols = AccountName.Owned(Carol, Listing);
            book.Does(Moves(Leg(AliceOwned, carols, 1)) with { Id = CommandId(51) });
        }, Back(8_316, 84, 1)),
        [LedgerRefusal.SellerCannotRefund] = (PaidOut, Back(8_316, 84, 1)),
        [LedgerRefusal.ClaimUnknown] = After(new PayClaim(CommandId(50), new EntryNumber(1))),
        [LedgerRefusal.ClaimAlreadyPaid] = (book =>
        {
            PaidOut(book);
            _ = book.Tell(Back(8_316, 84, 1) with { Id = CommandId(52) });
            book.Does(new Deposit(CommandId(53), Bob, Usd(8_316)));
            book.Does(new PayClaim(CommandId(54), new EntryNumber(6)));
        }, new PayClaim(CommandId(50), new EntryNumber(6))),
        [LedgerRefusal.ClaimNotCovered] = (book =>
        {
            PaidOut(book);
            _ = book.Tell(Back(8_316, 84, 1) with { Id = CommandId(52) });
        }, new PayClaim(CommandId(50), new EntryNumber(6))),
    };

    private static Reverse Back(params long[] amounts) =>
        new(CommandId(50), DealId(1), amounts.ToValueArray());

    /// <summary>The deal is settled and the seller has withdrawn its money.</summary>
    private static void PaidOut(Book book)
    {
        book.Does(Settle());
        book.Does(new Withdraw(CommandId(51), Bob, Usd(8_316)));
    }

    private static void ManyOwners(Book book)
    {
        for (var i = 0; i < LedgerLimits.AccountsEvictedMax; i++)
        {
            var owned = AccountName.Owned(new PrincipalNumber(10 + i), Listing);
            book.Does(new OpenAccount(CommandId(30_000 + i), owned));
        }
    }

    private static HoldTransfer Hold() => new(CommandId(20), Pay, Friday);

    private static Transfer Moves(params Leg[] legs) => new(CommandId(50), legs.ToValueArray());

    private static (Action<Book> Before, LedgerCommand Command) After(LedgerCommand command) => (_ => { }, command);

    private static (Action<Book> Before, LedgerCommand Command) Under(Mandate mandate, LedgerCommand command) =>
        (book => book.Does(new GrantMandate(mandate)), command);

    private static (Action<Book> Before, LedgerCommand Command) Held(LedgerCommand? then, LedgerCommand command) =>
        (book =>
        {
            book.Does(Hold());
            if (then is not null)
            {
                book.Does(then);
            }
        }, command);

    private static void HeldThen(Book book, LedgerCommand then)
    {
        book.Does(Settle(mode: SettlementMode.OnDelivery));
        book.Does(then);
    }

    private static void HeldTooLong(Book book)
    {
        book.Does(Settle(mode: SettlementMode.OnDelivery));
        book.Waits(TimeSpan.FromDays(4));
    }

    private static void Revoked(Book book)
    {
        book.Does(new GrantMandate(Mandate()));
        book.Does(new RevokeMandate(MandateOne, Alice));
    }

    /// <summary>Money goes in and out until the world's account has no room for one amount more.</summary>
    private static void FillToTheBrim(Book book)
    {
        for (var i = 0; i < long.MaxValue / MarketLimits.AmountMax; i++)
        {
            book.Does(new Deposit(CommandId(10_000 + i), Carol, Usd(MarketLimits.AmountMax)));
            book.Does(new Withdraw(CommandId(20_000 + i), Carol, Usd(MarketLimits.AmountMax)));
        }
    }

    private static Mandate ChildOf(Mandate parent) => parent with { Id = new MandateId(Id(302)), Parent = parent.Id };

    private static void Suspended(Book book)
    {
        book.Does(new GrantMandate(Mandate()));
        book.Does(new SuspendMandate(MandateOne, Alice, 1));
    }

    private static void OneDealMade(Book book)
    {
        book.Does(new GrantMandate(Mandate() with { DealsMax = 1 }));
        book.Does(Settle(buyerMandate: MandateOne));
    }

    private static void ChangedTooOften(Book book)
    {
        book.Does(new GrantMandate(Mandate()));
        for (var revision = 1; revision < MandateLimits.RevisionsMax - 1; revision++)
        {
            book.Does(revision % 2 == 1
                ? new SuspendMandate(MandateOne, Alice, revision)
                : new ResumeMandate(MandateOne, Alice, revision));
        }
    }
}
