namespace Market.Grains.Searching;

/// <summary>A place in the order of what is found: the higher score first, among equals the lower id.</summary>
/// <param name="Score">The score.</param>
/// <param name="Id">The id, as a number that sorts as ids do.</param>
internal readonly record struct RankKey(long Score, UInt128 Id) : IComparable<RankKey>
{
    /// <inheritdoc/>
    public int CompareTo(RankKey other) =>
        Score != other.Score ? other.Score.CompareTo(Score) : Id.CompareTo(other.Id);
}
