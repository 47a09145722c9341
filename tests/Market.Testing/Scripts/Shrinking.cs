using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// Simpler forms of generated values, the simplest first, for FsCheck and for <see cref="LedgerModel"/>.
/// </summary>
public static class Shrinking
{
    /// <summary>
    /// Shorter scripts first, by leaving out ever smaller runs of steps; then the same steps, each made simpler.
    /// </summary>
    public static IEnumerable<LedgerScript> Of(LedgerScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var steps = script.Steps;
        for (var run = steps.Count / 2; run > 0; run /= 2)
        {
            for (var from = 0; from + run <= steps.Count; from += run)
            {
                yield return new LedgerScript(steps.Take(from).Concat(steps.Skip(from + run)).ToValueArray());
            }
        }

        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var simpler in Of(steps[i]))
            {
                yield return new LedgerScript(
                    steps.Take(i).Append(simpler).Concat(steps.Skip(i + 1)).ToValueArray());
            }
        }
    }

    /// <summary>The same command about less.</summary>
    public static IEnumerable<LedgerCommand> Of(LedgerCommand command) => command switch
    {
        Deposit c => Of(c.Amount).Select(amount => c with { Amount = amount }),
        Withdraw c => Of(c.Amount).Select(amount => c with { Amount = amount }),
        MintUnits c => Of(c.Quantity).Select(quantity => c with { Quantity = quantity }),
        MintNeed c => Of(c.Quantity).Select(quantity => c with { Quantity = quantity }),
        ReturnUnits c => Of(c.Quantity).Select(quantity => c with { Quantity = quantity }),
        Transfer c => OfTransfer(c),
        HoldTransfer c => Of(c.Leg.Amount).Select(amount => c with { Leg = c.Leg with { Amount = amount } }),
        PostHold c => Of(c.Amount).Select(amount => c with { Amount = amount }),
        Reverse c => OfReverse(c),
        GrantMandate c => Of(c.Mandate).Select(mandate => new GrantMandate(mandate)),
        Settle c => Of(c),
        _ => [],
    };

    /// <summary>The same mandate with round limits.</summary>
    public static IEnumerable<Mandate> Of(Mandate mandate)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        return OfLimits(mandate).Where(simpler => simpler != mandate)
            .Concat(Of(mandate.BudgetMaxMinor).Select(budget => mandate with { BudgetMaxMinor = budget }))
            .Concat(Of(mandate.PerDealMaxMinor).Select(perDeal => mandate with { PerDealMaxMinor = perDeal }));
    }

    /// <summary>The same deal without mandates, at once, and without what is not needed to be a deal.</summary>
    public static IEnumerable<Settle> Of(Settle settle)
    {
        ArgumentNullException.ThrowIfNull(settle);
        if (settle.Seller.Mandate is not null)
        {
            yield return settle with { Seller = settle.Seller with { Mandate = null } };
        }

        if (settle.Buyer.Mandate is not null)
        {
            yield return settle with { Buyer = settle.Buyer with { Mandate = null } };
        }

        if (settle.Category is not null)
        {
            yield return settle with { Category = null };
        }

        if (settle.Mode == SettlementMode.OnDelivery)
        {
            yield return settle with { Mode = SettlementMode.Immediate, DeliveryDeadline = null };
        }

        if (settle.Legs.Any(leg => leg.Debit.Kind == AccountKind.Need))
        {
            yield return settle with
            {
                Legs = settle.Legs.Where(leg => leg.Debit.Kind != AccountKind.Need).ToValueArray(),
            };
        }

        foreach (var total in Of(settle.Total))
        {
            var payment = settle.Legs.FirstOrDefault(leg => leg.Debit.Kind == AccountKind.Funds);
            yield return settle with
            {
                Total = total,
                Legs = settle.Legs.Where(leg => leg.Debit.Kind != AccountKind.Funds)
                    .Prepend(payment with { Amount = total.MinorUnits })
                    .ToValueArray(),
            };
        }
    }

    /// <summary>The same mandate without one of its limits.</summary>
    private static IEnumerable<Mandate> OfLimits(Mandate mandate) =>
    [
        new Mandate(
            mandate.Id, mandate.Principal, mandate.Agent, mandate.Currency, mandate.PerDealMaxMinor,
            mandate.BudgetMaxMinor, mandate.NotBefore, mandate.ExpiresAt),
        mandate with { Parent = null },
        mandate with { Window = BudgetWindow.Total },
        mandate with { Actions = MandateActions.BuyAndSell },
        mandate with { Categories = [] },
        mandate with { CounterpartiesAllowed = [] },
        mandate with { CounterpartiesDenied = [] },
        mandate with { OpenHoldsMax = null },
        mandate with { DealsMax = null },
        mandate with { ApprovalAboveMinor = null },
        mandate with { DelegationDepthMax = 0 },
    ];

    private static IEnumerable<LedgerStep> Of(LedgerStep step) => step.Command is { } command
        ? Of(command).Select(LedgerStep.FromLedgerCommand)
        : Of(step.Wait.Ticks / TimeSpan.TicksPerMinute)
            .Select(minutes => LedgerStep.FromTimeSpan(TimeSpan.FromMinutes(minutes)));

    private static IEnumerable<Transfer> OfTransfer(Transfer transfer)
    {
        for (var i = 0; transfer.Legs.Count > 1 && i < transfer.Legs.Count; i++)
        {
            yield return transfer with
            {
                Legs = transfer.Legs.Take(i).Concat(transfer.Legs.Skip(i + 1)).ToValueArray(),
            };
        }
    }

    private static IEnumerable<Reverse> OfReverse(Reverse reverse)
    {
        for (var i = 0; i < reverse.Amounts.Count; i++)
        {
            if (reverse.Amounts[i] != 0)
            {
                yield return reverse with
                {
                    Amounts = reverse.Amounts.Select((amount, at) => at == i ? 0 : amount).ToValueArray(),
                };
            }
        }
    }

    private static IEnumerable<Money> Of(Money money) =>
        Of(money.MinorUnits).Select(amount => money with { MinorUnits = amount });

    private static IEnumerable<long> Of(long amount)
    {
        foreach (var simpler in new[] { 1, amount / 10, amount / 2, amount - 1 }.Distinct())
        {
            if (simpler >= 1 && simpler < amount)
            {
                yield return simpler;
            }
        }
    }
}
