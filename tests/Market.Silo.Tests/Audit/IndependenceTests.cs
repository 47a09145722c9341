using System.Text.RegularExpressions;
using Market.TestSupport;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// The audit is written against the file's form alone (F22): a bug of the write side is not repeated.
/// </summary>
public sealed partial class IndependenceTests
{
    [Fact]
    public void The_audit_shares_no_code_with_what_writes_a_store()
    {
        var files = Directory.GetFiles(
            RepositoryFolder.PathOf("src", "Market.Silo", "Commands", "Audit"), "*.cs", SearchOption.AllDirectories);

        Assert.InRange(files.Length, 30, 200);
        Assert.All(files, static file => Assert.DoesNotMatch(OtherCode(), File.ReadAllText(file)));
    }

    // Namespaces of the market's own other code, in a using or before a name.
    [GeneratedRegex(
        @"(?<![\w.])(Market\.)?(Domain|Grains|Client|Keys|Gateway)\.\w|using Market\.(Domain|Grains|Client)\b")]
    private static partial Regex OtherCode();
}
