using System.Text.Json;
using Market.Domain.Wire;

namespace Market.Chaos.Fuzzing;

/// <summary>Says what was reached, a target at a time, and what broke.</summary>
internal sealed class FuzzReport(TextWriter output, bool isJson, int seed)
{
    private const int MissedShown = 12;
    private const int BytesShown = 4096;

    private long _inputs;

    /// <summary>Reports a target that held.</summary>
    public void Add(FuzzTarget target, FuzzTally tally, TimeSpan took)
    {
        _inputs += tally.Inputs;
        var coverage = Coverage(target, tally);
        if (isJson)
        {
            Write(new
            {
                target = NameOf(target),
                inputs = tally.Inputs,
                seconds = Math.Round(took.TotalSeconds, 1),
                rows = tally.Rows.Count,
                outcomes = tally.Outcomes().ToDictionary(o => o.Outcome, o => new { inputs = o.Inputs, rows = o.Rows }),
                reached = coverage?.Reached,
                reachable = coverage?.Reachable,
                missed = coverage?.Missed.Take(MissedShown),
                allocatedMax = tally.AllocatedMax,
                allocatedPerByteMax = Math.Round(tally.RatioMax, 1),
            });
            return;
        }

        Line($"{NameOf(target)}: {tally.Inputs:N0} inputs in {took.TotalSeconds:F1} s");
        foreach (var (outcome, inputs, rows) in tally.Outcomes())
        {
            Line($"  {inputs,12:N0}  {outcome}{(tally.Rows.Count > 1 ? $", of {rows} of {tally.Rows.Count}" : "")}");
        }

        if (coverage is { } found)
        {
            Line($"  reached {found.Reached} of {found.Reachable} pairs of what is read and an outcome");
            Line($"  at most {tally.AllocatedMax:N0} bytes allocated by an input; above {DecodeProbe.FreeBytes:N0}, "
                + $"{tally.RatioMax:F1} for each byte of it");
            if (found.Missed.Count > 0)
            {
                Line($"  not reached: {string.Join("; ", found.Missed.Take(MissedShown))}"
                    + (found.Missed.Count > MissedShown ? "; …" : ""));
            }
        }
    }

    /// <summary>Reports the end of a run in which all held.</summary>
    public void End(TimeSpan took, TimeSpan slowest)
    {
        if (isJson)
        {
            Write(new
            {
                result = "held",
                inputs = _inputs,
                seed,
                seconds = Math.Round(took.TotalSeconds, 1),
                slowestDecodeMilliseconds = Math.Round(slowest.TotalMilliseconds, 1),
            });
        }
        else
        {
            Line($"held: {_inputs:N0} inputs, seed {seed}, {took.TotalSeconds:F1} s; "
                + $"the slowest decoding took {slowest.TotalMilliseconds:F1} ms");
        }
    }

    /// <summary>Reports what broke, with all that is needed to see it again.</summary>
    public void Fail(FuzzTarget target, FuzzFailureException failure)
    {
        var input = Convert.ToHexString(failure.Input.AsSpan(0, Math.Min(failure.Input.Length, BytesShown)))
            + (failure.Input.Length > BytesShown ? $"… ({failure.Input.Length} bytes)" : "");
        var again = $"Market.Chaos -- fuzz --target {NameOf(target)} --seed {seed}";
        if (isJson)
        {
            Write(new { result = "failed", seed, target = NameOf(target), what = failure.Message, input, again });
        }
        else
        {
            Line($"FAILED with seed {seed}: {failure.Message}\ninput: {input}\n{failure.InnerException}");
            Line($"Again by: {again}");
        }
    }

    private static string NameOf(FuzzTarget target) => target.ToString().ToLowerInvariant();

    /// <summary>
    /// Of all pairs of a decoder and an outcome that some input can bring about, how many came up; null where there
    /// are no decoders.
    /// </summary>
    private static (int Reached, int Reachable, List<string> Missed)? Coverage(FuzzTarget target, FuzzTally tally)
    {
        var decoders = target switch
        {
            FuzzTarget.Codec => FuzzDecoders.OfCodec(),
            FuzzTarget.Messages => FuzzDecoders.OfMessages(),
            FuzzTarget.Handshake => FuzzDecoders.OfHandshake(),
            _ => null,
        };
        if (decoders is null)
        {
            return null;
        }

        var pairs = decoders.SelectMany(static decoder => decoder.Reachable
            .Select(static (WireFormatReason reason) => reason.ToString())
            .Append(DecodeProbe.Accepted)
            .Select(outcome => (decoder.Name, Outcome: outcome))).ToList();
        var missed = pairs.Where(pair =>
            !tally.Rows.TryGetValue(pair.Name, out var outcomes) || !outcomes.ContainsKey(pair.Outcome));
        var names = missed.Select(static pair => $"{pair.Name} {pair.Outcome}").ToList();
        return (pairs.Count - names.Count, pairs.Count, names);
    }

    private void Line(string line) => output.WriteLine(line);

    private void Write(object line) => output.WriteLine(JsonSerializer.Serialize(line));
}
