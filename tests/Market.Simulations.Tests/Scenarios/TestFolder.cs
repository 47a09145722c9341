namespace Market.Simulations.Tests.Scenarios;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("market-scenarios-").FullName;

    /// <summary>The path of an example file or folder of another format.</summary>
    public static string Example(params string[] parts) =>
        System.IO.Path.Combine([AppContext.BaseDirectory, "Scenarios", "Files", .. parts]);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
