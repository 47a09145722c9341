using System.Text.Json;
using Market.Silo.Operations;

namespace Market.Silo.Commands.Doctor;

/// <summary>Prints findings as they come: a line each for people, or one JSON object a line.</summary>
/// <param name="output">Where to.</param>
/// <param name="isJson">Whether as JSON.</param>
internal sealed class DoctorReport(TextWriter output, bool isJson)
{
    private int _problems;
    private int _warnings;

    /// <summary>Prints what a check has found.</summary>
    public void Add(IEnumerable<DoctorFinding> findings)
    {
        foreach (var finding in findings)
        {
            _problems += finding.Level == FindingLevel.Problem ? 1 : 0;
            _warnings += finding.Level == FindingLevel.Warning ? 1 : 0;
            Write(finding);
        }

        output.Flush();
    }

    /// <summary>Prints the sum.</summary>
    /// <returns>The program's exit code.</returns>
    public int End()
    {
        output.WriteLine(isJson
            ? JsonSerializer.Serialize(new { @event = "done", problems = _problems, warnings = _warnings })
            : _problems + _warnings == 0 ? "All is well."
            : $"Problems: {_problems}, warnings: {_warnings}.");
        output.Flush();
        return _problems == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private void Write(DoctorFinding finding)
    {
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                check = finding.Check,
                level = finding.Level.ToString().ToLowerInvariant(),
                finding = finding.Text,
                advice = finding.Advice,
            }));
            return;
        }

        output.WriteLine($"{WordOf(finding.Level),-8} {finding.Check,-8} {LogText.Escape(finding.Text)}");
        if (finding.Advice is { } advice)
        {
            output.WriteLine($"{"",-8} {"",-8} → {LogText.Escape(advice)}");
        }
    }

    private static string WordOf(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "OK",
        FindingLevel.Warning => "WARNING",
        _ => "PROBLEM",
    };
}
