using System.Globalization;

namespace Market.Chaos.Killing;

/// <summary>
/// How often the server is killed, and the seed that everything random of a run comes from. MARKET_KILLS asks for a
/// longer run, MARKET_SEED for the run of a failure's text again; the moments of threads and processes are their own
/// all the same.
/// </summary>
/// <param name="Kills">How often.</param>
/// <param name="Seed">The seed.</param>
internal sealed record KillPlan(int Kills, int Seed)
{
    private const int KillsByDefault = 20;
    private const int DollarsForEachKill = 200;

    /// <summary>
    /// What each buyer has at the start: enough for most of its deals until the end, and some of them fail for want of
    /// money.
    /// </summary>
    public long StartingCents => Kills * DollarsForEachKill * 100L;

    /// <summary>The same as `market serve` takes it.</summary>
    public string[] StartingBalance =>
        ["--starting-balance", string.Create(CultureInfo.InvariantCulture, $"{StartingCents / 100m:F2}")];

    /// <summary>The plan that the environment asks for.</summary>
    /// <param name="killsByDefault">How often, where it does not say.</param>
    public static KillPlan FromEnvironment(int killsByDefault = KillsByDefault) => new(
        Read("MARKET_KILLS") ?? killsByDefault,
        Read("MARKET_SEED") ?? Random.Shared.Next(1, 1_000_000));

    /// <summary>Random numbers for one of the run's parts, the same for the same seed.</summary>
    public Random RandomOf(int part) => new(unchecked((Seed * 1_000_003) + part));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kills} kills, seed {Seed} (again: MARKET_KILLS={Kills} MARKET_SEED={Seed} dotnet test -c Release)";

    private static int? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : null;
}
