using System.ComponentModel;
using System.Diagnostics;

namespace Market.Simulations.Running.Users;

/// <summary>
/// Turns what a user names into an assembly: a .dll is one; a project, or a folder with one, is built; around a single
/// C# file a project is made, in a folder of its own that only this user can enter.
/// </summary>
internal static class UserProject
{
    /// <summary>The assembly's full path.</summary>
    /// <exception cref="RunRefusedException">There is no such file, or it does not build.</exception>
    /// <param name="path">What the user names.</param>
    /// <param name="folders">Where single files are built; the assembly is there as long as they are.</param>
    /// <param name="cancellation">Gives up building.</param>
    public static string AssemblyOf(string path, BuildFolders folders, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            var projects = Directory.GetFiles(full, "*.csproj");
            return projects.Length == 1
                ? Built(projects[0], path, cancellation)
                : throw new RunRefusedException(
                    $"{path} has {projects.Length} projects; name the .csproj, .cs or .dll that has the strategy.");
        }

        if (!File.Exists(full))
        {
            throw new RunRefusedException($"There is no file {path}, where a strategy was to be.");
        }

        return Path.GetExtension(full).ToUpperInvariant() switch
        {
            ".CSPROJ" => Built(full, path, cancellation),
            ".CS" => Built(ProjectAround(full, folders.New()), path, cancellation),
            ".DLL" => full,
            _ => throw new RunRefusedException($"{path} is no strategy: name a .dll, a .csproj or a .cs file."),
        };
    }

    // Nothing above the project's folder has a say: the system's folder for temporary files belongs to everybody. Nor
    // does the folder's own name, so that one file gives the same assembly every time, and is known again by its hash.
    private static string ProjectAround(string source, string folder)
    {
        var project = Path.Combine(folder, Path.GetFileNameWithoutExtension(source) + ".csproj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup>
                <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
                <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <EnableDefaultItems>false</EnableDefaultItems>
                <Deterministic>true</Deterministic>
                <DebugType>none</DebugType>
                <PathMap>{Escaped(folder)}=/built,{Escaped(Path.GetDirectoryName(source)!)}=/source</PathMap>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="{Escaped(source)}" />
                <Reference Include="{Escaped(typeof(Domain.Strategies.INegotiator).Assembly.Location)}" />
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """);
        return project;
    }

    private static string Built(string project, string asked, CancellationToken cancellation)
    {
        var build = Run(cancellation, "build", project, "-c", "Release", "-v", "q", "-nologo", "-noAutoResponse");
        if (build.ExitCode != 0)
        {
            throw new RunRefusedException($"{asked} does not build: {FirstError(build.Output)}");
        }

        var target = Run(
            cancellation, "msbuild", project, "-nologo", "-noAutoResponse", "-p:Configuration=Release",
            "-getProperty:TargetPath");
        return File.Exists(target.Output.Trim())
            ? target.Output.Trim()
            : throw new RunRefusedException($"{asked} builds no assembly that can be found: {target.Output.Trim()}");
    }

    private static string FirstError(string output) => output.Split('\n')
        .Select(line => line.Trim())
        .FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal), output.Trim());

    private static (int ExitCode, string Output) Run(CancellationToken cancellation, params string[] arguments)
    {
        using var process = Started(arguments);
        using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return (process.ExitCode, output);
    }

    private static Process Started(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        try
        {
            return Process.Start(start)!; // null only where a shell starts it
        }
        catch (Win32Exception e)
        {
            throw new RunRefusedException(
                "A strategy's source is built by the .NET SDK, and no dotnet was found on the path: put it there, or "
                + $"name a built .dll. ({e.Message})", e);
        }
    }

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);
}
