using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Market.Mutations;

/// <summary>What became of a defect.</summary>
/// <param name="Defect">The defect.</param>
/// <param name="IsCaught">Whether its test failed, having passed without it.</param>
/// <param name="Finding">What was seen, in a few words.</param>
/// <param name="Seconds">How long that took.</param>
public sealed record MutationVerdict(Defect Defect, bool IsCaught, string Finding, double Seconds);

/// <summary>Plants defects one by one in a copy of the source, builds it, and runs the test that must fail.</summary>
/// <param name="root">The repository.</param>
public sealed partial class MutationCheck(string root)
{
    private static readonly TimeSpan StepTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Checks defects; each verdict as soon as it is there.</summary>
    /// <exception cref="DefectException">The source without any defect does not build or pass.</exception>
    public async Task RunAsync(
        IReadOnlyList<Defect> defects,
        Action<string> log,
        Action<MutationVerdict> report,
        CancellationToken cancellationToken)
    {
        using var copy = await SourceCopy.MakeAsync(root, cancellationToken);
        foreach (var project in defects.GroupBy(defect => defect.Project))
        {
            log($"{project.Key}: without a defect");
            await RequireSoundAsync(copy, project.Key, project.Select(d => d.CaughtBy).Distinct(), cancellationToken);
            foreach (var defect in project)
            {
                report(await CheckAsync(copy, defect, cancellationToken));
            }
        }
    }

    private static async Task RequireSoundAsync(
        SourceCopy copy, string project, IEnumerable<string> classes, CancellationToken cancellationToken)
    {
        var built = await StepAsync(copy, ["build", "-c", "Release", project], cancellationToken);
        if (built.ExitCode != 0)
        {
            throw new DefectException($"{project} does not build without a defect either:\n{Tail(built.Output)}");
        }

        var tested = await TestAsync(copy, project, classes, cancellationToken);
        if (tested.ExitCode != 0 || CountOf(tested.Output, "Passed") == 0)
        {
            throw new DefectException($"The tests of {project} do not pass without a defect:\n{Tail(tested.Output)}");
        }
    }

    private static async Task<MutationVerdict> CheckAsync(
        SourceCopy copy, Defect defect, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        copy.Plant(defect);
        try
        {
            var built = await StepAsync(
                copy, ["build", "-c", "Release", "--no-restore", defect.Project], cancellationToken);
            if (built.ExitCode != 0)
            {
                return new MutationVerdict(
                    defect, false, $"does not compile: {ErrorOf(built.Output)}", watch.Elapsed.TotalSeconds);
            }

            var tested = await TestAsync(copy, defect.Project, [defect.CaughtBy], cancellationToken);
            var failed = CountOf(tested.Output, "Failed");
            return new MutationVerdict(
                defect, failed > 0, failed > 0 ? FirstFailure(tested.Output) : "every test passes",
                watch.Elapsed.TotalSeconds);
        }
        catch (TimeoutException)
        {
            return new MutationVerdict(
                defect, false, $"no end within {StepTimeout.TotalMinutes:N0} minutes", watch.Elapsed.TotalSeconds);
        }
        finally
        {
            copy.Remove(defect);
        }
    }

    private static Task<ToolResult> TestAsync(
        SourceCopy copy, string project, IEnumerable<string> classes, CancellationToken cancellationToken)
    {
        var filter = string.Join('|', classes.Select(name => $"FullyQualifiedName~.{name}."));
        return StepAsync(
            copy, ["test", "-c", "Release", "--no-build", project, "--filter", filter], cancellationToken);
    }

    private static async Task<ToolResult> StepAsync(
        SourceCopy copy, string[] arguments, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StepTimeout);
        try
        {
            return await Tool.RunAsync(copy.Path, "dotnet", arguments, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"dotnet {arguments[0]} took too long.");
        }
    }

    private static int CountOf(string output, string what) =>
        Counts().Matches(output).Where(match => match.Groups[1].Value == what)
            .Sum(match => int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

    private static string FirstFailure(string output) =>
        FailedTest().Match(output) is { Success: true } match ? match.Groups[1].Value : "a test failed";

    private static string ErrorOf(string output) =>
        output.Split('\n').FirstOrDefault(line => line.Contains(": error ", StringComparison.Ordinal))?.Trim() ?? "";

    private static string Tail(string output) => string.Join('\n', output.Split('\n').TakeLast(30));

    [GeneratedRegex(@"\b(Passed|Failed):\s+(\d+)")]
    private static partial Regex Counts();

    [GeneratedRegex(@"^\s*Failed (?:.*\.)?(\w+)(?:\(.*)? \[", RegexOptions.Multiline)]
    private static partial Regex FailedTest();
}
