using System.Diagnostics;
using System.Text.RegularExpressions;
using Market.Domain;
using Market.Domain.Wire.Messages;
using Market.Silo;
using Market.TestSupport;

namespace Market.EndToEnd.Tests;

/// <summary>The agents of the README, as a reader tries them: in folders of their own, against a server.</summary>
public sealed class ReadmeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("market-readme-").FullName;

    [Fact]
    public async Task The_agents_of_the_readme_make_a_deal()
    {
        await using var host = await MarketHost.StartAsync(new MarketSiloOptions
        {
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(100_000, Currency.Usd),
        });
        using var timeout = new CancellationTokenSource(Patience);
        using var seller = await StartAsync("seller", host.Uri, timeout.Token);
        try
        {
            await UntilListedAsync(host, timeout.Token);
            using var buyer = await StartAsync("buyer", host.Uri, timeout.Token);
            var output = await buyer.StandardOutput.ReadToEndAsync(timeout.Token);
            await buyer.WaitForExitAsync(timeout.Token);

            Assert.Equal(0, buyer.ExitCode);
            Assert.Contains("Settled", output, StringComparison.Ordinal);
        }
        finally
        {
            seller.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task The_hosted_strategy_of_the_readme_makes_a_deal_after_its_program_has_ended()
    {
        await using var host = await MarketHost.StartAsync(new MarketSiloOptions
        {
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(100_000, Currency.Usd),
        });
        using var timeout = new CancellationTokenSource(Patience);
        using var seller = await StartAsync("hosted", host.Uri, timeout.Token);
        var said = await seller.StandardOutput.ReadToEndAsync(timeout.Token);
        await seller.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, seller.ExitCode);
        Assert.Contains("trades from now on", said, StringComparison.Ordinal);

        using var buyer = await StartAsync("buyer", host.Uri, timeout.Token);
        var output = await buyer.StandardOutput.ReadToEndAsync(timeout.Token);
        await buyer.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, buyer.ExitCode);
        Assert.Contains("Settled", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Process> StartAsync(string name, Uri market, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var readme = RepositoryFolder.TextOf("README.md");
        var code = AgentOf(name).Match(readme).Groups["code"].Value;
        Assert.Contains("http://127.0.0.1:7420", code, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Program.cs"),
            code.Replace("http://127.0.0.1:7420", market.ToString(), StringComparison.Ordinal),
            cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Market.Client.dll")}" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Market.Domain.dll")}" />
              </ItemGroup>
            </Project>
            """, cancellationToken);
        await RunAsync(folder, cancellationToken, "build", "-c", "Release", "-o", "out");
        return Start(folder, "exec", Path.Combine("out", name + ".dll"));
    }

    private static async Task RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }

    private static Process Start(string folder, params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;

    private static async Task UntilListedAsync(MarketHost host, CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var query = new SearchListings("espresso", null, [], []);
        while ((await host.Catalog.SearchAsync(query, cancellationToken)).Found!.Listings.Count == 0)
        {
            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static Regex AgentOf(string name) =>
        new($"<!-- tested: {name} -->\\s*```csharp\n(?<code>.*?)```", RegexOptions.Singleline);
}
