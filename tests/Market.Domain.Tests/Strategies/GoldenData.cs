using System.Text.Json;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.TestSupport;

namespace Market.Domain.Tests.Strategies;

/// <summary>Reads the reference runs of golden/negotiation.json.</summary>
internal sealed class GoldenData
{
    private GoldenData(JsonElement root)
    {
        Scenarios = root.GetProperty("scenarios").EnumerateArray()
            .Select(GoldenScenario.Read).ToDictionary(s => s.Name);
        Runs = [.. root.GetProperty("runs").EnumerateArray()];
    }

    public IReadOnlyDictionary<string, GoldenScenario> Scenarios { get; }

    public IReadOnlyList<JsonElement> Runs { get; }

    public static GoldenData Read()
    {
        using var stream = File.OpenRead(SharedData.PathOf("golden", "negotiation.json"));
        using var document = JsonDocument.Parse(stream);
        return new GoldenData(document.RootElement.Clone());
    }
}

/// <summary>A scenario of the reference runs, with both profiles ranked once.</summary>
internal sealed record GoldenScenario(
    string Name,
    IReadOnlyList<IReadOnlyList<string>> Values,
    Agenda Agenda,
    IReadOnlyList<RankedOutcomes> Profiles,
    JsonElement Stats)
{
    public static GoldenScenario Read(JsonElement json)
    {
        var issues = json.GetProperty("issues").EnumerateArray().ToList();
        var values = issues.ConvertAll(issue =>
            (IReadOnlyList<string>)[.. issue.GetProperty("values").EnumerateArray().Select(value => value.ToString())]);
        var agenda = new Agenda(
            Currency.Usd,
            issues.Select((issue, i) => Issue.Range(issue.GetProperty("name").GetString()!, 0, values[i].Count - 1))
                .ToValueArray());
        var profiles = json.GetProperty("profiles").EnumerateArray().Select(profile => Rank(agenda, profile));
        return new GoldenScenario(
            json.GetProperty("name").GetString()!, values, agenda, [.. profiles], json.GetProperty("stats"));
    }

    /// <summary>An outcome by the places of its values, from the values themselves.</summary>
    public Outcome OutcomeOf(JsonElement outcome)
    {
        var places = outcome.EnumerateArray().Select((value, i) => (long)Values[i].ToList().IndexOf(value.ToString()));
        return Outcome.Of([.. places]);
    }

    /// <summary>An outcome's index, from its values.</summary>
    public int IndexOf(JsonElement outcome) => Profiles[0].Space.IndexOf(OutcomeOf(outcome));

    private static RankedOutcomes Rank(Agenda agenda, JsonElement profile)
    {
        var tables = profile.GetProperty("value_functions").EnumerateArray()
            .Select(table => ValueFunction.Table([.. Numbers(table)])).ToValueArray();
        return new RankedOutcomes(new UtilityFunction(
            agenda,
            tables,
            Numbers(profile.GetProperty("weights")).ToValueArray(),
            profile.GetProperty("reservation_value").GetDouble(),
            profile.GetProperty("bias").GetDouble()));
    }

    private static IEnumerable<double> Numbers(JsonElement array) => array.EnumerateArray().Select(n => n.GetDouble());
}
