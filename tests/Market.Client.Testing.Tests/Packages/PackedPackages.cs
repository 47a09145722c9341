using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Market.TestSupport;

namespace Market.Client.Testing.Tests.Packages;

/// <summary>
/// The packages, packed once from what was built, in a folder that is the only source of the programs that use them.
/// What else those programs need comes from the folder of restored packages; nothing asks a feed.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private static readonly string[] Projects =
        ["src/Market.Domain", "src/Market.Client", "src/Market.Grains", "tests/Market.Client.Testing"];

    private readonly string _folder = Directory.CreateTempSubdirectory("market-packages-").FullName;

    private string Feed => Path.Combine(_folder, "feed");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        foreach (var project in Projects)
        {
            await DotnetAsync(
                RepositoryFolder.Root,
                "pack", project, "-c", TestBuild.Configuration, "--no-build", "-o", Feed, "-v", "q");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders>
                <clear /><add key="restored" value="{TestBuild.PackageFolder}" />
              </fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_folder, "packages")}" /></config>
            </configuration>
            """);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The files of a package.</summary>
    internal IReadOnlyList<string> EntriesOf(string id, string kind)
    {
        using var package = ZipFile.OpenRead(PathOf(id, kind));
        return [.. package.Entries.Select(static entry => entry.FullName)];
    }

    /// <summary>One text of a package.</summary>
    internal string TextOf(string id, string entry)
    {
        using var package = ZipFile.OpenRead(PathOf(id, "nupkg"));
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>What a package says of itself.</summary>
    internal XElement MetadataOf(string id) =>
        XDocument.Parse(TextOf(id, id + ".nuspec")).Root!.Elements().Single(e => e.Name.LocalName == "metadata");

    /// <summary>The packages that a package needs.</summary>
    internal IEnumerable<string> DependenciesOf(string id) => MetadataOf(id).Descendants()
        .Where(static element => element.Name.LocalName == "dependency")
        .Select(static element => element.Attribute("id")!.Value);

    /// <summary>Builds a program that references packages, runs it to its end, and gives what it said.</summary>
    internal async Task<string> RunAsync(string name, string code, string[] packages)
    {
        await BuildAsync(name, code, packages);
        return await DotnetAsync(Path.Combine(_folder, name), "exec", Path.Combine("out", name + ".dll"));
    }

    /// <summary>Builds a program that references packages, and starts it.</summary>
    internal async Task<AgentProcess> StartAsync(string name, string code, string[] packages)
    {
        await BuildAsync(name, code, packages);
        return AgentProcess.Start(Path.Combine("out", name + ".dll"), Path.Combine(_folder, name));
    }

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output} {await errors}");
        return output;
    }

    private async Task BuildAsync(string name, string code, string[] packages)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), code);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(Reference))}
              </ItemGroup>
            </Project>
            """);
        await DotnetAsync(folder, "build", "-c", "Release", "-o", "out", "-v", "q");
    }

    private string Reference(string id) => $"<PackageReference Include=\"{id}\" Version=\"{VersionOf(id)}\" />";

    private string VersionOf(string id) => id.StartsWith("Market.", StringComparison.Ordinal)
        ? MetadataOf(id).Elements().Single(static e => e.Name.LocalName == "version").Value
        : XDocument.Load(RepositoryFolder.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(element => element.Attribute("Include")!.Value == id).Attribute("Version")!.Value;

    private string PathOf(string id, string kind) =>
        Directory.GetFiles(Feed).Single(file => System.Text.RegularExpressions.Regex.IsMatch(
            Path.GetFileName(file), $"^{System.Text.RegularExpressions.Regex.Escape(id)}\\.[0-9].*\\.{kind}$"));
}
