using Market.Domain.Mandates;

namespace Market.Domain.Settling;

/// <summary>
/// Settling a deal: delivery versus payment in one entry. Refusals that follow from the command alone come first,
/// and are the same whenever it is told; those that follow from the book or the time are final for the deal, and so
/// are entries.
/// </summary>
internal static class SettleRules
{
    public static LedgerDecision Decide(LedgerState state, Settle command, LedgerTime now, ref Past past)
    {
        var id = command.Deal.Value;
        var (older, hash) = past.Begin(RememberedKind.Deal, id);
        if (past.TryFindRecent(RememberedKind.Deal, id, hash, out var known))
        {
            return Again(known, command);
        }

        var first = DecideFirst(state, command, now);
        return past.TryFindOlder(RememberedKind.Deal, id, older, out known) ? Again(known, command) : first;
    }

    private static LedgerDecision DecideFirst(LedgerState state, Settle command, LedgerTime now)
    {
        var legs = command.Legs.AsSpan();
        if ((CheckParties(command)
            ?? CheckMode(command)
            ?? LegRules.CheckCount(legs.Length)
            ?? DealShape.Check(command)) is { } wrong)
        {
            return LedgerDecision.RefusesDeal(SettlementCauses.OfBoth(wrong));
        }

        Span<AccountName> opened = stackalloc AccountName[2 * legs.Length];
        var plan = new PostingPlan(state, opened, command.Mode == SettlementMode.Immediate);
        if ((CheckDeadline(command, now) ?? plan.Resolve(legs)) is { } impossible)
        {
            return ForGood(command, now, SettlementCauses.OfBoth(impossible));
        }

        var buyer = plan.CheckAvailable(legs, LedgerRefusal.NeedAlreadyFilled, AccountKind.Need)
            ?? state.Mandates.Check(MandatedDeal.OfBuyer(command), now)
            ?? plan.CheckAvailable(legs, LedgerRefusal.BuyerFundsExceeded, AccountKind.Funds)
            ?? (command.Mode == SettlementMode.OnDelivery ? HoldRules.CheckCount(state, command.Buyer.Principal) : null);
        var seller = state.Mandates.Check(MandatedDeal.OfSeller(command), now)
            ?? plan.CheckAvailable(legs, LedgerRefusal.StockExceeded, AccountKind.Stock);
        if (buyer is not null || seller is not null)
        {
            return ForGood(command, now, new SettlementCauses(buyer, seller));
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new DealBooked(
            now,
            command.Deal,
            command.Negotiation,
            command.TermsHash,
            command.Buyer,
            command.Seller,
            command.Total,
            command.Mode,
            command.DeliveryDeadline,
            plan.Opened(),
            plan.Postings));
    }

    private static LedgerDecision Again(in RememberedRow known, Settle command)
    {
        if (known.TermsHash != command.TermsHash)
        {
            return LedgerDecision.RefusesDeal(SettlementCauses.OfBoth(
                new LedgerRefused(
                LedgerRefusal.DealExistsWithDifferentTerms, Entry: known.Entry, Field: LedgerField.TermsHash)));
        }

        return known.Detail is DealRefused refused
            ? LedgerDecision.RefusesDeal(refused.Causes)
            : LedgerDecision.AlreadyDone(known.Entry, known.At);
    }

    private static LedgerDecision ForGood(Settle command, LedgerTime now, SettlementCauses causes) =>
        LedgerDecision.RefusesDeal(
            causes, new DealRefused(now, command.Deal, command.Negotiation, command.TermsHash, causes));

    private static LedgerRefused? CheckParties(Settle command)
    {
        if (command.Buyer.Principal.Value < 1 || command.Seller.Principal.Value < 1)
        {
            return new LedgerRefused(LedgerRefusal.PartyMissing);
        }

        return command.Buyer.Principal == command.Seller.Principal
            ? new LedgerRefused(LedgerRefusal.BuyerAndSellerAreTheSamePrincipal)
            : null;
    }

    private static LedgerRefused? CheckMode(Settle command) => (command.Mode, command.DeliveryDeadline) switch
    {
        (SettlementMode.Immediate, null) or (SettlementMode.OnDelivery, not null) => null,
        (SettlementMode.Immediate, _) => new LedgerRefused(LedgerRefusal.DeliveryDeadlineUnexpected),
        (SettlementMode.OnDelivery, _) => new LedgerRefused(LedgerRefusal.DeliveryDeadlineMissing),
        _ => new LedgerRefused(LedgerRefusal.SettlementModeUnknown),
    };

    private static LedgerRefused? CheckDeadline(Settle command, LedgerTime now) =>
        command.DeliveryDeadline is { } deadline && LegRules.CheckDeadline(deadline, now) is { } refusal
            ? new LedgerRefused(refusal)
            : null;
}
