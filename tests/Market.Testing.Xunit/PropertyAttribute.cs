using Xunit;
using Xunit.Sdk;

namespace Market.Testing.Xunit;

/// <summary>
/// Marks a method whose parameters FsCheck generates: it must hold for all of them. The method returns nothing, bool,
/// an
/// FsCheck Property or a task of these; a throw or false is a counterexample. The failure text has the shrunk
/// counterexample and the text to put into <see cref="Replay"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Market.Testing.Xunit." + nameof(PropertyDiscoverer), "Market.Testing.Xunit")]
public sealed class PropertyAttribute : FactAttribute
{
    /// <summary>Number of generated cases.</summary>
    public int MaxTest { get; set; } = 100;

    /// <summary>Size of the first case; generators make larger values for larger sizes.</summary>
    public int StartSize { get; set; } = 1;

    /// <summary>Size of the last case.</summary>
    public int EndSize { get; set; } = 100;

    /// <summary>
    /// "seed,gamma,size" from a failure text: the run starts with the case that failed. Else seeds are new each time.
    /// </summary>
    public string? Replay { get; set; }

    /// <summary>A type whose public static members give the Arbitrary of types that FsCheck cannot derive.</summary>
    public Type? Arbitraries { get; set; }
}
