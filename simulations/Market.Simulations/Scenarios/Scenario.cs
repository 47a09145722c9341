using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Simulations.Scenarios;

/// <summary>
/// What is negotiated, and what each party wants: an agenda and two or more profiles over it. Values that have names
/// are choices of the agenda's issues; the outcomes' order is that of the file. Immutable.
/// </summary>
/// <param name="Name">Unique in a tournament; letters, digits, "-", "_", ".".</param>
/// <param name="Description">A sentence for people; may be empty.</param>
/// <param name="Agenda">The issues, in the file's order. A scenario need not have a price.</param>
/// <param name="Profiles">The parties in their order; in two-party negotiations the first one opens.</param>
internal sealed record Scenario(
    string Name, string Description, Agenda Agenda, ValueArray<Profile> Profiles);
