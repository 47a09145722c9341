using System.Text.RegularExpressions;
using Market.TestSupport;

namespace Market.Simulations.Tests.Guide;

/// <summary>The researcher's guide, docs/simulations.md, and what it shows.</summary>
internal static partial class GuideText
{
    public static string Whole { get; } = RepositoryFolder.TextOf("docs", "simulations.md");

    /// <summary>Every command line, in its order: in blocks, and in the text between backticks.</summary>
    public static IReadOnlyList<string> CommandLines =>
    [
        .. CommandLine().Matches(Whole).Select(static found => found.Groups["line"].Value.Split(" #")[0].Trim()),
    ];

    /// <summary>The only block of a language.</summary>
    public static string BlockOf(string language) =>
        Regex.Match(Whole, $"```{language}\n(?<code>.*?)```", RegexOptions.Singleline).Groups["code"].Value;

    /// <summary>The words of a command line as a shell would split it; only single quotes occur.</summary>
    public static IReadOnlyList<string> WordsOf(string line) =>
        [.. Word().Matches(line).Select(static found => found.Value.Replace("'", "", StringComparison.Ordinal))];

    [GeneratedRegex("(^|`)sim (?<line>[^`\n]+)", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex("(?:'[^']*'|[^\\s'])+")]
    private static partial Regex Word();
}
