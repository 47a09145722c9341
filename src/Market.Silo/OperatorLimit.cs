using System.Globalization;

namespace Market.Silo;

/// <summary>One limit that an operator may set.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Meaning">What it bounds.</param>
/// <param name="Minimum">The least that it may be.</param>
/// <param name="Maximum">The most that it may be.</param>
/// <param name="Of">Its value among some limits.</param>
/// <param name="With">Limits with another value of it.</param>
public sealed record OperatorLimit(
    string Name,
    string Meaning,
    int Minimum,
    int Maximum,
    Func<OperatorLimits, int> Of,
    Func<OperatorLimits, int, OperatorLimits> With)
{
    /// <summary>What it may be, in words.</summary>
    public string Range => $"N from {Minimum} to {Maximum}";

    /// <summary>The value that a text says; null where it says none that is allowed.</summary>
    public int? Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && FaultOf(value) is null
            ? value
            : null;

    /// <summary>Why a value cannot be, as a sentence; null where it can.</summary>
    public string? FaultOf(int value) =>
        value >= Minimum && value <= Maximum ? null : $"The limit {Name} is {value}; it must be from {Minimum} to {Maximum}.";
}
