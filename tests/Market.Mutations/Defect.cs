using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Market.Mutations;

/// <summary>
/// A deliberate defect: one place of the source, what would stand there, and the test that must notice.
/// </summary>
public sealed record Defect
{
    /// <summary>What is wrong, in a few words; its name.</summary>
    public required string Name { get; init; }

    /// <summary>The invariants or faults that it breaks, such as "INV-4".</summary>
    public required string Breaks { get; init; }

    /// <summary>The file, from the repository's root.</summary>
    public required string File { get; init; }

    /// <summary>The text that stands there once, and once only.</summary>
    public required string Before { get; init; }

    /// <summary>The defect in its place.</summary>
    public required string After { get; init; }

    /// <summary>The test project, from the repository's root.</summary>
    public required string Project { get; init; }

    /// <summary>The test class that must fail.</summary>
    public required string CaughtBy { get; init; }

    /// <summary>Reads the list of defects.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">The file is not such a list; the text says where.</exception>
    public static IReadOnlyList<Defect> ReadAll(string path)
    {
        using var text = System.IO.File.OpenText(path);
        return new DeserializerBuilder()
            .WithNamingConvention(HyphenatedNamingConvention.Instance)
            .Build()
            .Deserialize<List<Defect>>(text);
    }

    /// <summary>The source with the defect in it.</summary>
    /// <exception cref="DefectException">The text is not there, or not only once.</exception>
    public string Plant(string source)
    {
        var at = source.IndexOf(Before, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new DefectException($"{File} no longer has the text that '{Name}' replaces; update the list.");
        }

        return source.IndexOf(Before, at + 1, StringComparison.Ordinal) < 0
            ? string.Concat(source.AsSpan(0, at), After, source.AsSpan(at + Before.Length))
            : throw new DefectException($"{File} has what '{Name}' replaces more than once; quote more of it.");
    }
}

/// <summary>A defect cannot be planted, or the check cannot run.</summary>
public sealed class DefectException(string message) : Exception(message);
