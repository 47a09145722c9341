using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Running.Progress;

namespace Market.Simulations.Tests.Running;

/// <summary>Tournaments in folders of their own, which go when the test ends.</summary>
internal sealed class Tournaments : IDisposable
{
    public static string UserAssembly { get; } = typeof(Tournaments).Assembly.Location;

    private readonly string _folder = Directory.CreateTempSubdirectory("market-runs-").FullName;

    public static TournamentSettings Settings { get; } = new()
    {
        Strategies = ["Boulware", "MiCRO", "Random", "Linear+AC-combi(0.9)+model:frequency"],
        Scenarios = ["laptop", "price-100", "water-sharing"],
        Rounds = 15,
        Repetitions = 2,
        Rotate = true,
        Seed = 42,
        Offers = true,
    };

    private readonly StrategyResolver _strategies = new(CancellationToken.None);

    public static RunSetup SetupOf(TournamentSettings settings) =>
        RunSetup.Of(settings, new StrategyResolver(CancellationToken.None));

    public string PathOf(string name) => Path.Combine(_folder, name);

    public RunReport Run(
        TournamentSettings settings, string name, int parallel = 2, CancellationToken cancel = default) =>
        RunSession.New(RunSetup.Of(settings, _strategies), PathOf(name))
            .Run(parallel, ProgressKind.None, TextWriter.Null, cancel);

    public RunReport Resume(string name, int parallel = 2) =>
        RunSession.Resume(PathOf(name), _strategies)
            .Run(parallel, ProgressKind.None, TextWriter.Null, CancellationToken.None);

    public ResultFolder Read(string name) => ResultFolder.Read(PathOf(name));

    /// <summary>Every file of a folder with its bytes.</summary>
    public SortedDictionary<string, string> Bytes(string name)
    {
        var root = PathOf(name);
        return new SortedDictionary<string, string>(
            Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(
                file => Path.GetRelativePath(root, file), file => Convert.ToBase64String(File.ReadAllBytes(file))),
            StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _strategies.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
