using System.Diagnostics;
using System.Globalization;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Simulations.Tests.Running.Hosting;

/// <summary>No process of a user's strategy outlives the program that started it, however that ended.</summary>
public sealed class OrphanTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("market-orphans-").FullName;

    [Fact]
    public async Task A_process_whose_strategy_never_returns_dies_with_its_parent()
    {
        var file = Path.Combine(_folder, "process");
        using var written = new FileSystemWatcher(_folder, "process");
        var seen = new TaskCompletionSource();
        written.Renamed += (_, _) => seen.TrySetResult();
        written.EnableRaisingEvents = true;
        using var parent = Process.Start(Program(file))!;
        await seen.Task.WaitAsync(Patience);
        using var child = Process.GetProcessById(int.Parse(
            await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture));
        Assert.NotEqual(parent.Id, child.Id);

        parent.Kill();
        await parent.WaitForExitAsync();

        Assert.True(child.WaitForExit(Patience), "The strategy's process is still there.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ProcessStartInfo Program(string file)
    {
        var start = HostProgram.Start("unused", memoryMegabytes: 512);
        start.ArgumentList.Clear();
        foreach (var word in new[]
        {
            typeof(HostProgram).Assembly.Location, "run", "price-100", "Tough",
            $"{Tournaments.UserAssembly}#Announcing", "--time-limit", "3600",
        })
        {
            start.ArgumentList.Add(word);
        }

        start.Environment[Announcing.FileVariable] = file;
        return start;
    }
}
