namespace Market.Simulations.Populations;

/// <summary>Shapes of a <see cref="Distribution"/>.</summary>
internal enum DistributionKind
{
    /// <summary>Always the same.</summary>
    Constant,

    /// <summary>Equally likely between two bounds.</summary>
    Uniform,

    /// <summary>Between two bounds, rising to the most likely value and falling from it.</summary>
    Triangular,

    /// <summary>Normal, by the sum of twelve uniforms: without tails beyond six deviations.</summary>
    Normal,
}
