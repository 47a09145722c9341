namespace Market.Testing;

/// <summary>A numbered invariant does not hold.</summary>
public sealed class InvariantViolationException : Exception
{
    /// <summary>Says which invariant is broken, and how.</summary>
    /// <param name="invariant">Its number, for example "INV-3".</param>
    /// <param name="how">What was found, with names and amounts.</param>
    public InvariantViolationException(string invariant, string how)
        : base($"{invariant}: {how}") => Invariant = invariant;

    /// <summary>The number, for example "INV-3".</summary>
    public string Invariant { get; }
}
