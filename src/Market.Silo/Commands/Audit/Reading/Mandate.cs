namespace Market.Silo.Commands.Audit.Reading;

/// <summary>What a principal lets an agent do.</summary>
internal sealed record Mandate(
    MandateId Id,
    PrincipalNumber Principal,
    AgentNumber Agent,
    uint Currency,
    long PerDealMaxMinor,
    long BudgetMaxMinor,
    Moment NotBefore,
    Moment ExpiresAt)
{
    public static Mandate Read(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 8);
        var mandate = new Mandate(
            new(reader.Id()), reader.Principal(), reader.Agent(), reader.UInt32(), reader.Int64(), reader.Int64(),
            reader.Moment(), reader.Moment());
        reader.EndArray(count - 8);
        return mandate;
    }
}
