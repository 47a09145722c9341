namespace Market.Silo.Commands.Doctor;

/// <summary>How a finding is meant.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>A market runs with it, but not as well, or not for long.</summary>
    Warning,

    /// <summary>A market does not run with it, or must not.</summary>
    Problem,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">Which part of the machine or the market it is about.</param>
/// <param name="Level">How it is meant.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record DoctorFinding(string Check, FindingLevel Level, string Text, string? Advice = null)
{
    public static DoctorFinding Ok(string check, string text) => new(check, FindingLevel.Ok, text);

    public static DoctorFinding Warning(string check, string text, string advice) =>
        new(check, FindingLevel.Warning, text, advice);

    public static DoctorFinding Problem(string check, string text, string advice) =>
        new(check, FindingLevel.Problem, text, advice);
}
