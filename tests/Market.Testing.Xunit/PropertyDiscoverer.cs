using Xunit.Abstractions;
using Xunit.Sdk;

namespace Market.Testing.Xunit;

/// <summary>
/// Makes one test case of a method with <see cref="PropertyAttribute"/>, however many cases FsCheck generates.
/// </summary>
public sealed class PropertyDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [
            new PropertyTestCase(
                diagnostics,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod),
        ];
}
