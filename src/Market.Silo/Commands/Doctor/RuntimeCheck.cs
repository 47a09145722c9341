namespace Market.Silo.Commands.Doctor;

/// <summary>Whether the program runs on the runtime that it was made and tested for.</summary>
internal static class RuntimeCheck
{
    private const string Check = "runtime";
    private const int MadeFor = 10;

    /// <summary>Judges what is known.</summary>
    public static IEnumerable<DoctorFinding> Run(MachineFacts facts)
    {
        var text = $".NET {facts.Runtime} on {facts.System}.";
        yield return facts.Runtime.Major == MadeFor
            ? DoctorFinding.Ok(Check, text)
            : DoctorFinding.Warning(
                Check,
                text,
                $"The market is made for .NET {MadeFor}; install that runtime, and remove DOTNET_ROLL_FORWARD.");
    }
}
