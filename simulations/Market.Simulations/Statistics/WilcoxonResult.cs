namespace Market.Simulations.Statistics;

/// <summary>What the signed-rank test found.</summary>
/// <param name="PositiveRanks">W+: the ranks of differences above zero.</param>
/// <param name="NegativeRanks">W−: the ranks of differences below zero.</param>
/// <param name="Differences">Number of differences that are not zero: what the test rests on.</param>
/// <param name="Zeros">Number of zero differences, which are left out.</param>
/// <param name="P">Two-sided p; 1 where every difference is zero.</param>
/// <param name="IsExact">Whether p is exact, or by the normal approximation.</param>
internal readonly record struct WilcoxonResult(
    double PositiveRanks, double NegativeRanks, int Differences, int Zeros, double P, bool IsExact)
{
    /// <summary>
    /// Matched-pairs rank-biserial correlation (W+ − W−)/(W+ + W−), −1 to 1 (Kerby, "The simple difference formula",
    /// 2014); 0 where every difference is zero.
    /// </summary>
    public double RankBiserial =>
        Differences == 0 ? 0 : (PositiveRanks - NegativeRanks) / (PositiveRanks + NegativeRanks);
}
