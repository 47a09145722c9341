using Market.TestSupport;

namespace Market.Domain.Tests.Tidy;

/// <summary>One C# file of the repository.</summary>
/// <param name="Path">Relative to the repository's root, with slashes.</param>
/// <param name="Text">The text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private string? _code;

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The text without comments and the contents of strings, line for line.</summary>
    public string Code => _code ??= SourceScanner.WithoutTexts(Text);
}

/// <summary>The repository that the tests were built from.</summary>
internal static class SourceTree
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> All = new(ReadAll);

    public static string Root => RepositoryFolder.Root;

    public static IReadOnlyList<SourceFile> Files => All.Value;

    public static IEnumerable<SourceFile> Source => Under("src/");

    public static IEnumerable<SourceFile> Domain => Under("src/Market.Domain/");

    public static IEnumerable<SourceFile> Under(string folder) =>
        Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal));

    private static List<SourceFile> ReadAll() =>
        [.. new[] { "src", "tests", "simulations", "docs" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Full: path, Relative: Path.GetRelativePath(Root, path).Replace('\\', '/')))
            .Where(file => !file.Relative.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .OrderBy(file => file.Relative, StringComparer.Ordinal)
            .Select(file => new SourceFile(file.Relative, File.ReadAllText(file.Full)))];
}
