namespace Market.Simulations.Scenarios.Linting;

/// <summary>Something about a scenario that its author should know.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rule">The rule's name: letters and "-".</param>
/// <param name="Scenario">The scenario's name; empty where it could not be read.</param>
/// <param name="Place">File and line.</param>
/// <param name="Problem">What it is, in a sentence.</param>
/// <param name="Cure">What can be done about it, in a sentence.</param>
internal sealed record Finding(
    Severity Severity, string Rule, string Scenario, Place Place, string Problem, string Cure);
