using System.Reflection;

namespace Market.Client.Testing.Tests;

/// <summary>How these tests were built.</summary>
internal static class TestBuild
{
    /// <summary>Debug or Release.</summary>
    public static string Configuration { get; } = Built("Configuration");

    /// <summary>Where packages that were restored are, so that no feed is asked for them.</summary>
    public static string PackageFolder { get; } = Built("PackageFolder");

    private static string Built(string name) =>
        typeof(TestBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == name).Value!;
}
