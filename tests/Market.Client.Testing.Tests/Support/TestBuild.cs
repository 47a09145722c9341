using System.Reflection;

namespace Market.Client.Testing.Tests;

/// <summary>The repository that these tests were built from, and how.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release.</summary>
    public static string Configuration { get; } = Built("Configuration");

    /// <summary>Where packages that were restored are, so that no feed is asked for them.</summary>
    public static string PackageFolder { get; } = Built("PackageFolder");

    private static string Built(string name) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == name).Value!;

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Market.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("There is no Market.sln above.");
        }

        return folder;
    }
}
