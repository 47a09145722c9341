using Market.TestSupport;

namespace Market.EndToEnd.Tests.Interop;

/// <summary>
/// A fact that needs Node and the npm packages of tests/interop; without them it is skipped, and says why.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithNodeAgentAttribute : FactAttribute
{
    /// <summary>Looks for them.</summary>
    public FactWithNodeAgentAttribute() => Skip = NodeScripts.WhyNot("@msgpack/msgpack", "ws");
}
