using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Market.Silo.Commands;
using Market.Simulations.Running;
using Market.Simulations.Scenarios.Linting;

namespace Market.Simulations.Commands;

/// <summary>`lint`: what makes results of scenarios meaningless or surprising.</summary>
internal static class LintCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var sources = new Argument<string[]>("sources")
        {
            Description = ScenarioArguments.Source
                + " library, --all or nothing: the scenarios that come with the program.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var all = new Option<bool>("--all") { Description = "The scenarios that come with the program, too." };
        var command = new Command("lint", """
            Looks at scenarios and names file, line and cure of what is found: what cannot be read, outcome spaces that
            are too large, reservation values that no outcome reaches, no zone of agreement (errors); weights that do
            not add up to 1, values that are worth the same to all, ties, issues that a party does not care about
            (warnings); levels of continuous issues that were assumed, no price, reservation values below every outcome
            (notes). Ends with 1 where there is an error.
            """) { sources, all };
        CommandExamples.Add(command, """
            Examples:
              lint my-scenario.yaml
              lint library
              lint laptop ~/genius/party-domain --json
            """);
        command.SetAction((result, _) => Task.FromResult(CommandFailures.Guard(() =>
        {
            var asked = result.GetValue(sources) ?? [];
            var named = ScenarioArguments.Each(
                result.GetValue(all) || asked.Length == 0 ? [.. asked, RunSetup.WholeLibrary] : asked);
            var findings = named.SelectMany(ScenarioLint.Check).ToList();
            Write(findings, named.Count, result.GetValue(json));
            return findings.Any(finding => finding.Severity == Severity.Error) ? CommandFailures.RunFailed : 0;
        })));
        return command;
    }

    private static void Write(List<Finding> findings, int sources, bool isJson)
    {
        foreach (var finding in findings)
        {
            Console.WriteLine(isJson
                ? JsonSerializer.Serialize(new
                {
                    severity = Word(finding.Severity),
                    rule = finding.Rule,
                    scenario = finding.Scenario,
                    file = finding.Place.File,
                    line = finding.Place.Line,
                    problem = finding.Problem,
                    cure = finding.Cure,
                })
                : $"{finding.Place}: {Word(finding.Severity)} {finding.Rule}: {finding.Problem} {finding.Cure}");
        }

        if (!isJson)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{sources} looked at: {Count(Severity.Error)} errors, {Count(Severity.Warning)} warnings, "
                + $"{Count(Severity.Info)} notes."));
        }

        int Count(Severity severity) => findings.Count(finding => finding.Severity == severity);
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
