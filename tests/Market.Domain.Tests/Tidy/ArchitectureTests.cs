using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Market.Domain.Tests.Tidy;

/// <summary>Dependencies run one way, and the domain is pure: time, ids, seeds and storage come from outside.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string> Impure = new()
    {
        [@"\bDateTime(Offset)?\s*\.\s*(UtcNow|Now|Today)\b"] = "reads a clock; time is an argument",
        [@"\b(TimeProvider|Stopwatch)\b"] = "reads a clock; time is an argument",
        [@"\b(Random|RandomNumberGenerator)\b"] = "draws lots; seeds are arguments",
        [@"\bGuid\s*\.\s*(NewGuid|CreateVersion7)\b"] = "makes an id; ids are arguments",
        [@"\b(Task|ValueTask|Thread)\b"] = "waits; the domain decides at once",
        [@"\bILogger\b"] = "logs; the domain returns what it has to say",
        [@"\bEnvironment\b"] = "asks the machine",
        [@"\bConsole\b"] = "talks to a terminal",
        [@"\b(File|Directory|Path)\s*\.|\b(FileStream|Stream|StreamReader|StreamWriter|HttpClient)\b"] = "does IO",
        [@"\bMath\s*\.\s*Pow\b"] = "differs between machines; use Powers",
        [@"\bCultureInfo\s*\.\s*Current"] = "differs between machines; use the invariant culture",
    };

    // A negotiator that asks a model cannot answer at once; nothing of the domain awaits it.
    private static readonly HashSet<string> MayWait = ["src/Market.Domain/Strategies/IAsyncNegotiator.cs"];

    [Fact]
    public void The_domain_is_pure()
    {
        var findings =
            from file in SourceTree.Domain
            from rule in Impure
            where !(MayWait.Contains(file.Path) && rule.Key.Contains("Task", StringComparison.Ordinal))
            from Match match in Regex.Matches(file.Code, rule.Key)
            let line = file.Code.AsSpan(0, match.Index).Count('\n') + 1
            select $"{file.Path}:{line}: {match.Value} {rule.Value}";

        Assert.Empty(findings);
    }

    [Fact]
    public void Whoever_may_wait_does()
    {
        var waiting = SourceTree.Domain.Where(file => file.Code.Contains("ValueTask", StringComparison.Ordinal));

        Assert.Equal(MayWait, waiting.Select(file => file.Path).ToHashSet());
    }

    [Fact]
    public void The_domain_references_no_package_and_no_project()
    {
        var project = Project("Market.Domain");

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Theory]
    [InlineData("Market.Grains", "Market.Domain")]
    [InlineData("Market.Client", "Market.Domain")]
    [InlineData("Market.Silo", "Market.Grains", "Market.Client", "Market.Domain")]
    public void Projects_reference_one_way(string name, params string[] allowed)
    {
        var references = Project(name).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToList();

        Assert.Empty(references.Except(allowed));
        Assert.Contains(references, reference => reference == allowed[0]);
    }

    private static XDocument Project(string name) =>
        XDocument.Load(Path.Combine(SourceTree.Root, "src", name, $"{name}.csproj"));
}
