namespace Market.Domain.Settling;

/// <summary>
/// Whether a command says what was said before under its id: field by field, against what the book remembers or the
/// old entry itself, so that a difference can be named.
/// </summary>
internal static class PayloadComparison
{
    /// <summary>The first field that differs, or none.</summary>
    public static LedgerField FirstDifference(IdentifiedLedgerCommand command, in RememberedRow row, ref Past past)
    {
        if (row.Mark == RememberedRow.Detailed)
        {
            return DetailDifference(command, row.Detail!);
        }

        if (row.Mark != MarkOf(command))
        {
            return LedgerField.Kind;
        }

        if (command is Transfer transfer)
        {
            return LegsDifference(transfer.Legs.AsSpan(), row, ref past);
        }

        var leg = command switch
        {
            HoldTransfer hold => hold.Leg,

            // How much all of it was, the command does not say.
            ReturnStock all => TransferRules.LegOf(all) with { Amount = row.Amount },
            _ => TransferRules.LegOf(command),
        };
        var difference = LegDifference(
            leg, new Posting(new AccountNumber(row.Debit), new AccountNumber(row.Credit), row.Amount), ref past);
        return difference == LedgerField.None && command is HoldTransfer { ExpiresAt: var end } && end != row.Deadline
            ? LedgerField.ExpiresAt
            : difference;
    }

    private static byte MarkOf(IdentifiedLedgerCommand command) => command switch
    {
        Deposit => (byte)TransferReason.Deposited,
        Withdraw => (byte)TransferReason.Withdrawn,
        MintUnits => (byte)TransferReason.UnitsMinted,
        MintNeed => (byte)TransferReason.NeedMinted,
        ReturnUnits => (byte)TransferReason.UnitsReturned,
        ReturnStock => (byte)TransferReason.StockReturned,
        Transfer => (byte)TransferReason.Transferred,
        HoldTransfer => RememberedRow.Held,
        _ => RememberedRow.Detailed,
    };

    private static LedgerField LegsDifference(ReadOnlySpan<Leg> legs, in RememberedRow row, ref Past past)
    {
        var one = new Posting(new AccountNumber(row.Debit), new AccountNumber(row.Credit), row.Amount);
        var postings = row.Detail is TransfersPosted posted
            ? posted.Postings.AsSpan()
            : new ReadOnlySpan<Posting>(in one);
        if (legs.Length != postings.Length)
        {
            return LedgerField.Count;
        }

        for (var i = 0; i < legs.Length; i++)
        {
            if (LegDifference(legs[i], postings[i], ref past) is not LedgerField.None and var difference)
            {
                return difference;
            }
        }

        return LedgerField.None;
    }

    private static LedgerField LegDifference(in Leg leg, in Posting posting, ref Past past)
    {
        if (past.NameOf(posting.Debit.Value) != leg.Debit)
        {
            return LedgerField.Debit;
        }

        if (past.NameOf(posting.Credit.Value) != leg.Credit)
        {
            return LedgerField.Credit;
        }

        return posting.Amount == leg.Amount ? LedgerField.None : LedgerField.Amount;
    }

    private static LedgerField DetailDifference(IdentifiedLedgerCommand command, LedgerEvent entry)
    {
        return (command, entry) switch
        {
            (OpenAccount open, AccountsOpened opened) =>
                Unless(open.Account == opened.Opened[opened.Opened.Count - 1].Name, LedgerField.Account),
            (CloseSubject close, AccountsEvicted evicted) => Unless(close.Asset == evicted.Asset, LedgerField.Asset),
            (PayClaim pay, ClaimPaid paid) => Unless(pay.Claim == paid.Claim, LedgerField.Claim),
            (ReturnUnits units, ReturnRefused refused) =>
                (units.Listing, units.Owner) != (refused.Listing, refused.Owner) ? LedgerField.Debit
                : Unless(units.Quantity == refused.Quantity, LedgerField.Amount),
            (Reverse reverse, DealReversed reversed) => Difference(reverse, reversed.Deal, reversed.Amounts),
            (Reverse reverse, RefundClaimed claimed) => Difference(reverse, claimed.Deal, claimed.Amounts),
            _ => LedgerField.Kind,
        };

        static LedgerField Unless(bool isSame, LedgerField field) => isSame ? LedgerField.None : field;

        static LedgerField Difference(Reverse reverse, DealId deal, ValueArray<long> amounts) =>
            reverse.Deal != deal ? LedgerField.Deal
            : reverse.Amounts.Count != amounts.Count ? LedgerField.Count
            : Unless(reverse.Amounts == amounts, LedgerField.Amount);
    }
}
