using System.CommandLine;

namespace Market.Chaos.Fuzzing;

/// <summary>`fuzz`: hostile bytes for everything that takes bytes from agents.</summary>
internal static class FuzzCommand
{
    private const long LongForm = 10_000_000;

    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<int?> seed, Option<bool> json)
    {
        var inputs = new Option<long>("--inputs")
        {
            Description = "How many inputs, shared out over the targets.",
            DefaultValueFactory = static _ => LongForm,
        };
        inputs.Validators.Add(result =>
        {
            if (result.GetValue(inputs) < 1)
            {
                result.AddError("--inputs is at least 1.");
            }
        });
        var target = new Option<FuzzTarget?>("--target")
        {
            Description = "Fuzz only this; without it, everything.",
        };
        var command = new Command("fuzz", """
            Sends hostile bytes to the codec, to every message decoder, to real handshakes and sessions of a market in
            this process, and to its HTTP paths: cut at every byte, changed, spliced, nested, with giant lengths, values
            of wrong kinds, longer forms and invalid texts. Each is taken, refused by its reason, or the connection ends
            with one; nothing crashes, hangs, or allocates more than a small multiple of its input. Prints what was
            reached. Ends with 1 at the first that does not hold, after printing the seed and the input.
            """) { inputs, seed, target };
        command.SetAction((result, cancellation) => FuzzRun.RunAsync(
            result.GetValue(inputs),
            result.GetValue(seed) ?? Random.Shared.Next(),
            result.GetValue(target),
            result.GetValue(json),
            cancellation));
        return command;
    }
}
