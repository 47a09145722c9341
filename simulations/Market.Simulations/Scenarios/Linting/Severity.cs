namespace Market.Simulations.Scenarios.Linting;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>Worth knowing; nothing need be done.</summary>
    Info,

    /// <summary>Results may mean something else than expected.</summary>
    Warning,

    /// <summary>Negotiations over it make no sense, or cannot be run.</summary>
    Error,
}
