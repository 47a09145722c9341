using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Market.Testing.Tests;

/// <summary>The property that both READMEs show is the one that is compiled and run here.</summary>
public sealed class ReadmeTests
{
    [Property(Arbitraries = typeof(MarketArbitraries))]
    public void No_script_breaks_the_ledger(LedgerScript script) =>
        LedgerModel.Run(script);

    [Theory]
    [InlineData("README.md")]
    [InlineData("tests/Market.Testing/README.md")]
    public void The_property_of_the_readme_is_the_one_that_runs(string readme)
    {
        var here = ThisFile();
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
        var shown = Regex.Match(
            File.ReadAllText(Path.Combine(root, readme)),
            "```csharp\n(?<code>\\[Property.*?)```",
            RegexOptions.Singleline);

        Assert.True(shown.Success, $"{readme} shows no property.");
        var code = Regex.Replace(shown.Groups["code"].Value.TrimEnd(), "^", "    ", RegexOptions.Multiline);
        Assert.Contains(code, File.ReadAllText(here), StringComparison.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
