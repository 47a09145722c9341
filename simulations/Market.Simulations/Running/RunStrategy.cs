using Market.Domain.Strategies;
using Market.Simulations.Running.Users;

namespace Market.Simulations.Running;

/// <summary>How a strategy of a run is made, once for each negotiation and seat.</summary>
/// <param name="Name">Its full name, as results show it.</param>
/// <param name="UsesChance">Whether it rolls dice: one without meets the same opponents once only.</param>
/// <param name="Create">Makes one for a party's ranked outcomes, with a seed of its own.</param>
internal sealed record RunStrategy(
    string Name, bool UsesChance, Func<RankedOutcomes, ulong, INegotiator> Create)
{
    /// <summary>
    /// Whether it is foreign code, which may hang: its acts are timed, and it is stopped where one takes too long.
    /// </summary>
    public bool IsForeign => Code is not null;

    /// <summary>Where foreign code is; null for a strategy of the program.</summary>
    public UserCode? Code { get; init; }

    /// <summary>
    /// Whether it is a language model: a negotiation that is cut short by the end of the run then counts for nothing.
    /// </summary>
    public bool IsModel { get; init; }

    /// <summary>The assembly it comes from; null for one of the catalogue.</summary>
    public string? Source { get; init; }

    /// <summary>SHA-256 of that assembly in hexadecimal digits; null for one of the catalogue.</summary>
    public string? SourceSha256 { get; init; }
}
