using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Market.Domain.Strategies;
using Market.Silo.Commands;
using Market.Silo.Commands.Audit;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Commands;

/// <summary>`list`: what there is to choose from.</summary>
internal static class ListCommand
{
    private static readonly Dictionary<string, Func<IEnumerable<Entry>>> Subjects = new(StringComparer.Ordinal)
    {
        ["strategies"] = () => StrategyCatalog.Infos
            .Select(info => new Entry(info.Name, info.Description + (info.UsesChance ? " Uses chance." : ""))),
        ["metrics"] = () => RowColumns.OfNegotiation
            .Concat(RowColumns.OfParty.Select(column => column with { Name = column.Name + "_N" }))
            .Select(column => new Entry(column.Name, column.Meaning)),
        ["protocols"] = () =>
        [
            new(
                "alternating-offers",
                "Stacked alternating offers of two or more parties: in each round every party acts "
                + "once, in a fixed order; agreement when all others accept an offer in succession."),
        ],
        ["formats"] = () => ScenarioFormats.Described.Select(
            format => new Entry(format.Name, format.About + (format.IsWritten ? "" : " Read only."))),
        ["scenarios"] = () => ScenarioLibrary.Names.Select(ScenarioEntry),
        ["parameters"] = () => Sweeps.Parameters.Select(parameter => new Entry(parameter.Name, parameter.Meaning)),
    };

    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var subject = new Argument<string>("subject") { Description = string.Join(", ", Subjects.Keys) + "." };
        subject.AcceptOnlyFromAmong([.. Subjects.Keys]);
        var command = new Command("list", """
            Lists strategies, metrics (the columns of negotiations.csv), protocols, formats of scenarios, the scenarios
            that come with the program, or the parameters of a sweep.
            """) { subject };
        CommandExamples.Add(command, """
            Examples:
              list strategies
              list scenarios --json
            """);
        command.SetAction((result, _) => Task.FromResult(CommandFailures.Guard(
            () => Write(Subjects[result.GetValue(subject)!](), result.GetValue(json)))));
        return command;
    }

    private static Entry ScenarioEntry(string name)
    {
        var scenario = ScenarioLibrary.Load(name).Scenario;
        var outcomes = new OutcomeSpace(scenario.Agenda).Count;
        return new Entry(name, string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario.Description} ({scenario.Profiles.Count} parties, {outcomes:N0} outcomes)"));
    }

    private static int Write(IEnumerable<Entry> entries, bool isJson)
    {
        if (isJson)
        {
            foreach (var entry in entries)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { name = entry.Name, meaning = entry.Meaning }));
            }

            return 0;
        }

        var table = AuditConsole.NewTable("name", "meaning");
        foreach (var entry in entries)
        {
            table.Add(entry.Name, entry.Meaning);
        }

        AuditConsole.Over(Console.Out).Write(table);
        return 0;
    }

    private sealed record Entry(string Name, string Meaning);
}
