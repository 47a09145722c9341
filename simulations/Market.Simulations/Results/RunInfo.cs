using Market.Simulations.Running;

namespace Market.Simulations.Results;

/// <summary>run.json: what ran, so that anybody can run it again and get the same bytes.</summary>
/// <param name="Format">Version of the folder's files; this program writes 2.</param>
/// <param name="Program">Name and version of the program that ran.</param>
/// <param name="Command">tournament or sweep.</param>
/// <param name="Complete">Whether all negotiations are there.</param>
/// <param name="Negotiations">Number of negotiations of the whole run.</param>
/// <param name="PartiesMax">Parties of the largest negotiation; negotiations.csv has columns for so many.</param>
/// <param name="RepetitionsLeftOut">
/// How many repetitions were left out, since strategies without chance do the same each time.
/// </param>
/// <param name="Settings">What was asked for.</param>
/// <param name="Strategies">The strategies, in the order asked for.</param>
/// <param name="Scenarios">The scenarios, in the order in which they ran.</param>
internal sealed record RunInfo(
    int Format,
    string Program,
    string Command,
    bool Complete,
    long Negotiations,
    int PartiesMax,
    long RepetitionsLeftOut,
    TournamentSettings Settings,
    IReadOnlyList<RunStrategyInfo> Strategies,
    IReadOnlyList<RunScenarioInfo> Scenarios)
{
    /// <summary>
    /// The version of the files that this program writes and reads. Version 2 has the surplus in money, labels of
    /// overpayment and substitution, and sides by who pays.
    /// </summary>
    public const int CurrentFormat = 2;
}

/// <summary>A strategy of a run.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="UsesChance">Whether it rolls dice, so that repetitions mean something.</param>
/// <param name="Source">The assembly of a user's own strategy; null for one of the catalogue.</param>
/// <param name="Sha256">The assembly's SHA-256 in hexadecimal digits; null for one of the catalogue.</param>
internal sealed record RunStrategyInfo(string Name, bool UsesChance, string? Source = null, string? Sha256 = null);

/// <summary>A scenario of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">
/// SHA-256 over its issues and utilities: changes with anything that could change a result.
/// </param>
/// <param name="Outcomes">Number of outcomes.</param>
/// <param name="Profiles">Names of its profiles in their order.</param>
internal sealed record RunScenarioInfo(
    string Name, string Sha256, int Outcomes, IReadOnlyList<string> Profiles);
