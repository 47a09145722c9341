using System.Numerics;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// What terms come to under an agenda, computed again from docs/wire.md's rule, in numbers that cannot overflow: a rate
/// is a fraction, and is rounded once, half to even.
/// </summary>
internal static class AuditedTerms
{
    private const int Whole = 10_000;

    /// <summary>Why terms are none of an agenda's; null where they are.</summary>
    public static string? Check(Agenda agenda, Terms terms)
    {
        var values = terms.Values;
        if (values.Count != agenda.Issues.Count)
        {
            return $"The offer has {values.Count} values for {agenda.Issues.Count} issues.";
        }

        var texts = 0;
        for (var i = 0; i < values.Count; i++)
        {
            texts += agenda.Issues[i].Kind == IssueKind.Text ? 1 : 0;
            if (!agenda.Issues[i].Has(values[i]))
            {
                return $"The offer's value {values[i]} is none of the issue '{agenda.Issues[i].Name}'.";
            }
        }

        if (terms.Labels.Count != texts)
        {
            return $"The offer has {terms.Labels.Count} labels for {texts} texts.";
        }

        foreach (var charge in agenda.Charges)
        {
            if (charge.AmountOf(terms) is null)
            {
                return "A charge goes by an issue that does not say how much.";
            }
        }

        var total = TotalOf(agenda, terms);
        return total == terms.TotalMinorUnits
            ? null
            : $"The offer's total is {terms.TotalMinorUnits} and should be {total}.";
    }

    /// <summary>Units that change hands: the quantity issue's value, or one.</summary>
    public static long QuantityOf(Agenda agenda, Terms terms) => Find(agenda, terms, IssueKind.Quantity) ?? 1;

    /// <summary>
    /// Whether a part of what is offered has terms of its own: of a unit price and a quantity, one of its values.
    /// </summary>
    public static bool IsPart(Agenda agenda, Terms terms, long quantity) =>
        PlaceOf(agenda, IssueKind.UnitPrice) is not null
        && PlaceOf(agenda, IssueKind.Quantity) is { } place
        && quantity <= terms.Values[place]
        && agenda.Issues[place].Has(quantity);

    /// <summary>The terms over a part of the quantity that is offered; where there is none, the terms.</summary>
    public static Terms OfPart(Agenda agenda, Terms terms, long quantity)
    {
        if (!IsPart(agenda, terms, quantity) || quantity == QuantityOf(agenda, terms))
        {
            return terms;
        }

        var values = new long[terms.Values.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = agenda.Issues[i].Kind == IssueKind.Quantity ? quantity : terms.Values[i];
        }

        var part = terms with { Values = new Items<long>(values) };
        var total = TotalOf(agenda, part);
        return total <= long.MaxValue ? part with { TotalMinorUnits = (long)total } : terms;
    }

    private static BigInteger TotalOf(Agenda agenda, Terms terms)
    {
        BigInteger goods = Find(agenda, terms, IssueKind.TotalPrice)
            ?? (BigInteger)(Find(agenda, terms, IssueKind.UnitPrice) ?? 0) * QuantityOf(agenda, terms);
        var taxed = goods;
        foreach (var charge in agenda.Charges)
        {
            taxed += charge.Kind switch
            {
                ChargeKind.Tax => 0,
                ChargeKind.Fee when charge.BasisPoints != 0 => Share(goods, charge.BasisPoints),
                _ => charge.AmountOf(terms)!.Value,
            };
        }

        var total = taxed;
        foreach (var charge in agenda.Charges)
        {
            total += charge is { Kind: ChargeKind.Tax, IsIncluded: false } ? Share(taxed, charge.BasisPoints) : 0;
        }

        return total;
    }

    private static BigInteger Share(BigInteger amount, int basisPoints)
    {
        var tenThousandths = amount * basisPoints;
        var down = tenThousandths / Whole;
        var over = ((tenThousandths - (down * Whole)) * 2).CompareTo(Whole);
        return over < 0 || (over == 0 && down.IsEven) ? down : down + 1;
    }

    private static long? Find(Agenda agenda, Terms terms, IssueKind kind) =>
        PlaceOf(agenda, kind) is { } place ? terms.Values[place] : null;

    private static int? PlaceOf(Agenda agenda, IssueKind kind)
    {
        for (var i = 0; i < agenda.Issues.Count; i++)
        {
            if (agenda.Issues[i].Kind == kind)
            {
                return i;
            }
        }

        return null;
    }
}
