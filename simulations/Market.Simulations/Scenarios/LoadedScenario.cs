using Market.Domain;

namespace Market.Simulations.Scenarios;

/// <summary>A scenario with where it came from, so that a finding can name file and line.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Format">Name of the format that it was read from.</param>
/// <param name="Place">Where it begins.</param>
/// <param name="Issues">Where each issue stands.</param>
/// <param name="Profiles">Where each profile stands.</param>
internal sealed record LoadedScenario(
    Scenario Scenario, string Format, Place Place, ValueArray<Place> Issues, ValueArray<ProfilePlaces> Profiles);

/// <summary>Where a profile stands.</summary>
/// <param name="Whole">Where it begins.</param>
/// <param name="Reservation">Its reservation value, or where it begins if it does not name one.</param>
/// <param name="Values">What it says about each issue.</param>
internal sealed record ProfilePlaces(Place Whole, Place Reservation, ValueArray<Place> Values);
