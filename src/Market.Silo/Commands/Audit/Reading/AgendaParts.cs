namespace Market.Silo.Commands.Audit.Reading;

/// <summary>What an issue is about; only price, quantity and text mean something to the audit.</summary>
internal enum IssueKind : byte
{
    UnitPrice = 1,
    TotalPrice = 2,
    Quantity = 3,
    Range = 4,
    Choice = 5,
    Money = 6,
    Date = 7,
    Boolean = 8,
    Text = 9,
}

/// <summary>One dimension of a deal; with only one value where it is fixed.</summary>
internal sealed record Issue(string Name, IssueKind Kind, long Minimum, long Maximum, long Step, long? Fixed)
{
    /// <summary>Whether a value is one of its own.</summary>
    public bool Has(long value) => Fixed is { } only
        ? value == only
        : value >= Minimum && value <= Maximum && Step >= 1 && (value - Minimum) % Step == 0;
}

/// <summary>What a charge is for.</summary>
internal enum ChargeKind : byte
{
    Delivery = 1,
    Fee = 2,
    Tax = 3,
}

/// <summary>What is paid beside or within the price.</summary>
internal sealed record Charge(
    ChargeKind Kind, long AmountMinor, int BasisPoints, bool IsIncluded, int? ByIssue, Items<long> AmountsMinor)
{
    /// <summary>The amount that goes by an issue of terms, or the fixed one; null where the issue has none.</summary>
    public long? AmountOf(Terms terms) =>
        ByIssue is not { } issue ? AmountMinor
        : issue < 0 || issue >= terms.Values.Count || terms.Values[issue] is not (>= 0 and var choice) ? null
        : choice < AmountsMinor.Count ? AmountsMinor[(int)choice]
        : null;
}

/// <summary>The currency, the issues and the charges of a negotiation.</summary>
internal sealed record Agenda(uint Currency, Items<Issue> Issues, Items<Charge> Charges);

/// <summary>Reads agendas. Elements that older programs did not write are read as empty.</summary>
internal static class AgendaReader
{
    public static Agenda Agenda(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 2);
        var (currency, issues) = (reader.UInt32(), reader.List(Issue));
        var charges = count > 2 ? reader.List(Charge) : default;
        reader.EndArray(Math.Max(0, count - 3));
        return new Agenda(currency, issues, charges);
    }

    private static Issue Issue(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 6);
        var (name, kind) = (reader.Text(), (IssueKind)reader.Member(9));
        var (minimum, maximum, step) = (reader.Int64(), reader.Int64(), reader.Int64());
        reader.Skip(); // the names of choices
        var only = count > 6 ? reader.OptionalInt64() : null;
        reader.EndArray(Math.Max(0, count - 7));
        return new Issue(name, kind, minimum, maximum, step, only);
    }

    private static Charge Charge(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 7);
        reader.Skip(); // its name
        var charge = new Charge(
            (ChargeKind)reader.Member(3), reader.Int64(), reader.Int32(), reader.Bool(),
            reader.TryNil() ? null : reader.Int32(), reader.List(static (ref FormReader r) => r.Int64()));
        reader.EndArray(count - 7);
        return charge;
    }
}
