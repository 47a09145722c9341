namespace Market.Domain.Listings;

/// <summary>What is wrong with a draft or an order.</summary>
/// <param name="Refusal">Why it is refused: of several reasons the first, in the order of its fields.</param>
/// <param name="Fields">
/// Everything that is wrong with it, up to <see cref="MarketLimits.FieldProblemsMax"/> fields.
/// </param>
public sealed record ListingFault(ListingRefusal Refusal, ValueArray<FieldProblem> Fields);

/// <summary>Collects the problems of a draft; the first group that has any gives the refusal.</summary>
internal sealed class ListingFaults
{
    private ListingRefusal? _refusal;

    /// <summary>Where the checks of a group put what they find.</summary>
    public FieldProblems Problems { get; } = new();

    /// <summary>What was found, or null.</summary>
    public ListingFault? Found =>
        _refusal is { } refusal ? new ListingFault(refusal, Problems.ToValueArray()) : null;

    /// <summary>
    /// Ends a group: if anything was found so far, and no group before had any, it gives the refusal.
    /// </summary>
    public void Close(ListingRefusal refusal) => _refusal ??= Problems.AreNone ? null : refusal;
}
