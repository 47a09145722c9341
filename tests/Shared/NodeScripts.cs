namespace Market.TestSupport;

/// <summary>The programs of tests/interop: a second implementation of the wire, on Node.</summary>
internal static class NodeScripts
{
    private static readonly string? Folder = FindFolder();

    /// <summary>Path of a program.</summary>
    /// <exception cref="InvalidOperationException">The test does not run below the repository.</exception>
    public static string PathOf(string script) => Path.Combine(
        Folder ?? throw new InvalidOperationException("tests/interop is not above the test's folder."), script);

    /// <summary>Why the programs cannot run here; null where they can.</summary>
    /// <param name="packages">The npm packages that they need.</param>
    public static string? WhyNot(params IEnumerable<string> packages) =>
        Folder is null ? "tests/interop is not above the test's folder."
        : packages.FirstOrDefault(package => !Directory.Exists(Path.Combine(Folder, "node_modules", package)))
            is { } missing ? $"The npm package {missing} is not installed: run `npm ci` in tests/interop."
        : !IsOnPath("node") ? "Node is not on the PATH."
        : null;

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "tests", "interop");
            if (File.Exists(Path.Combine(path, "package-lock.json")))
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program))
        .Any(path => File.Exists(path) || File.Exists(path + ".exe"));
}
