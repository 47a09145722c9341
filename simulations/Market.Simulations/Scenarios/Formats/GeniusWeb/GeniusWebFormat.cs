using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.GeniusWeb;

/// <summary>GeniusWeb JSON: a file a party with a LinearAdditiveUtilitySpace, which holds the domain, too.</summary>
internal sealed class GeniusWebFormat : IScenarioFormat
{
    /// <summary>The field that holds a profile.</summary>
    public const string Space = "LinearAdditiveUtilitySpace";

    /// <inheritdoc/>
    public string Name => "geniusweb";

    /// <inheritdoc/>
    public string About => "GeniusWeb JSON: linear additive profiles; the reservation value is that of a bid.";

    /// <inheritdoc/>
    public bool Knows(IReadOnlyList<SourceDocument> documents) => documents.Any(one => one.HasFields(Space));

    /// <inheritdoc/>
    public ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents) =>
        GeniusWebReader.Read(folder, documents);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Write(Scenario scenario)
    {
        var check = ExportCheck.Of(Name, scenario)
            .NoBias().NoDiscount().FiniteReservations().ValuesFromZeroToOne().WeightsOfOne();
        var bids = scenario.Profiles.Select(profile => ReservationBid.Find(profile.Utility)).ToList();
        for (var i = 0; i < bids.Count; i++)
        {
            if (bids[i] is null && scenario.Profiles[i].Utility.ReservationValue != 0)
            {
                check.Add($"the profile '{scenario.Profiles[i].Name}' has a reservation value that no outcome has");
            }
        }

        check.ThrowIfAny();
        return GeniusWebWriter.Write(scenario, [.. bids.Select((bid, i) => IsPlain(scenario, i) ? null : bid)]);
    }

    // Without a bid the value is 0.
    private static bool IsPlain(Scenario scenario, int party) =>
        scenario.Profiles[party].Utility.ReservationValue == 0;
}
