namespace Market.Benchmarks;

/// <summary>A folder for one measurement, on the disk of the system's temporary files; gone afterwards.</summary>
internal sealed class JournalBenchmarkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("market-benchmark-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
