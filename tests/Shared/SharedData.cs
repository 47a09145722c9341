namespace Market.TestSupport;

/// <summary>
/// Finds the reference data that lies beside the repository and is not part of it: the folder <c>shared/data</c> in
/// one of the folders above the tests.
/// </summary>
internal static class SharedData
{
    /// <summary>The folder, or null where the data is absent.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The path of something in the folder.</summary>
    public static string PathOf(params string[] parts) =>
        Path.Combine([Folder ?? throw new InvalidOperationException("The shared data is absent."), .. parts]);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
