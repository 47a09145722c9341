namespace Market.Simulations.Running.Progress;

/// <summary>How a run shows how far it is.</summary>
internal enum ProgressKind
{
    /// <summary>A bar on a terminal, plain lines elsewhere.</summary>
    Auto = 0,

    /// <summary>A line now and then.</summary>
    Plain = 1,

    /// <summary>A JSON object a line.</summary>
    Json = 2,

    /// <summary>Nothing.</summary>
    None = 3,
}
