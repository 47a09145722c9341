namespace Market.Chaos.Clusters;

/// <summary>What a campaign does.</summary>
/// <param name="Engine">The engine, as `market serve` names it.</param>
/// <param name="Silos">Processes; the embedded engine is always one.</param>
/// <param name="Trials">What is done, each to a market of its own.</param>
/// <param name="Faults">How often each is done.</param>
/// <param name="FrozenFor">How long a frozen silo is frozen.</param>
/// <param name="Seed">What everything random comes from but the moments of processes.</param>
/// <param name="Store">Address of an empty database; null for a throw-away server.</param>
/// <param name="OnFiles">Whether the store is files of SQLite in a temporary folder.</param>
internal sealed record ClusterPlan(
    string Engine,
    int Silos,
    IReadOnlyList<Trial> Trials,
    int Faults,
    TimeSpan FrozenFor,
    int Seed,
    string? Store = null,
    bool OnFiles = false)
{
    /// <summary>The engine that hosts a market in one process.</summary>
    public const string Embedded = "embedded";

    /// <summary>The engine that hosts it in many.</summary>
    public const string Orleans = "orleans";

    /// <summary>The command that does the same again.</summary>
    public string Again => FormattableString.Invariant(
        $"cluster --engine {Engine} --silos {Silos} --faults {Faults} --freeze {FrozenFor.TotalSeconds} --seed {Seed}");
}
