using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>The first field in which a command differs from the one that had its id before.</summary>
internal static class CommandDifference
{
    public static LedgerField First(IdentifiedLedgerCommand known, IdentifiedLedgerCommand told)
    {
        if (known.GetType() != told.GetType())
        {
            return LedgerField.Kind;
        }

        var (before, now) = (FieldsOf(known).ToList(), FieldsOf(told).ToList());
        return before.Zip(now).FirstOrDefault(pair => !pair.First.Equals(pair.Second)).Second.Field;
    }

    /// <summary>What a command says, in the order in which differences are looked for.</summary>
    private static IEnumerable<(LedgerField Field, object Value)> FieldsOf(IdentifiedLedgerCommand command) =>
        command switch
        {
            Deposit c =>
                [(LedgerField.Debit, c.Amount.Currency), (LedgerField.Credit, c.Principal),
                    (LedgerField.Amount, c.Amount.MinorUnits)],
            Withdraw c =>
                [(LedgerField.Debit, (c.Principal, c.Amount.Currency)), (LedgerField.Amount, c.Amount.MinorUnits)],
            MintUnits c =>
                [(LedgerField.Debit, c.Listing), (LedgerField.Credit, c.Owner), (LedgerField.Amount, c.Quantity)],
            MintNeed c =>
                [(LedgerField.Debit, c.Request), (LedgerField.Credit, c.Owner), (LedgerField.Amount, c.Quantity)],
            ReturnUnits c =>
                [(LedgerField.Debit, (c.Owner, c.Listing)), (LedgerField.Amount, c.Quantity)],
            ReturnStock c => [(LedgerField.Debit, (c.Owner, c.Listing))],
            Transfer c => c.Legs.SelectMany(FieldsOf).Prepend((LedgerField.Count, c.Legs.Count)),
            HoldTransfer c => FieldsOf(c.Leg).Append((LedgerField.ExpiresAt, c.ExpiresAt)),
            OpenAccount c => [(LedgerField.Account, c.Account)],
            CloseSubject c => [(LedgerField.Asset, c.Asset)],
            PayClaim c => [(LedgerField.Claim, c.Claim)],
            Reverse c => c.Amounts.Select(amount => (LedgerField.Amount, (object)amount))
                .Prepend((LedgerField.Count, c.Amounts.Count))
                .Prepend((LedgerField.Deal, c.Deal)),
            _ => throw new ArgumentException($"The model knows no {command.GetType().Name}.", nameof(command)),
        };

    private static IEnumerable<(LedgerField Field, object Value)> FieldsOf(Leg leg) =>
        [(LedgerField.Debit, leg.Debit), (LedgerField.Credit, leg.Credit), (LedgerField.Amount, leg.Amount)];
}
