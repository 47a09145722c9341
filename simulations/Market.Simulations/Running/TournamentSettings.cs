namespace Market.Simulations.Running;

/// <summary>
/// What a tournament or a sweep was asked to do: everything that its results depend on, and nothing else. Two runs with
/// equal settings, scenarios and strategies write the same bytes, however many negotiations run at once.
/// </summary>
internal sealed record TournamentSettings
{
    /// <summary>Rounds where neither the settings nor the scenario says a number.</summary>
    public const int RoundsUsual = 100;

    /// <summary>Megabytes of heap for users' strategies where nobody says a number.</summary>
    public const int MemoryLimitUsual = 512;

    /// <summary>The strategies: names of the catalogue, and paths of users' own.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>The scenarios: names of the library, files, and folders.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>
    /// Rounds after which there is no agreement; null for the scenario's own number, or 100 where it has none.
    /// </summary>
    public int? Rounds { get; init; }

    /// <summary>How often strategies with chance meet in a scenario; those without meet once.</summary>
    public int Repetitions { get; init; } = 1;

    /// <summary>Which strategies meet.</summary>
    public PairingMode Mode { get; init; }

    /// <summary>Whether a strategy also meets itself.</summary>
    public bool SelfPlay { get; init; } = true;

    /// <summary>Whether each meeting runs once for each rotation of the profiles against the seats.</summary>
    public bool Rotate { get; init; }

    /// <summary>Seed of the run; each negotiation derives its own.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether offers.csv is written.</summary>
    public bool Offers { get; init; }

    /// <summary>Seconds that a user's own strategy may take for one act.</summary>
    public double TimeLimitSeconds { get; init; } = 1;

    /// <summary>Megabytes of heap that the process of a user's own strategies may use.</summary>
    public int MemoryLimitMegabytes { get; init; } = MemoryLimitUsual;

    /// <summary>
    /// Whether users' own strategies play in this program's process: faster, and an act that never ends is left behind.
    /// </summary>
    public bool InProcess { get; init; }

    /// <summary>What is swept; null in a tournament.</summary>
    public SweepSettings? Sweep { get; init; }
}
