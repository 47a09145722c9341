using Market.Simulations.Results;

namespace Market.Simulations.Reporting;

/// <summary>A negotiation that went differently in two runs.</summary>
/// <param name="First">How it went in the first.</param>
/// <param name="Second">How it went in the second.</param>
internal sealed record RowDifference(NegotiationRow First, NegotiationRow Second)
{
    /// <summary>What of the result differs; "acts" where the result is the same.</summary>
    public IReadOnlyList<string> Fields
    {
        get
        {
            var fields = new List<string>();
            AddIf(First.RoundsMax != Second.RoundsMax, "roundsMax");
            AddIf(First.Seed != Second.Seed, "seed");
            AddIf(First.End != Second.End, "end");
            AddIf(First.Rounds != Second.Rounds, "rounds");
            AddIf(First.Agreement != Second.Agreement, "agreement");
            AddIf(!UtilitiesOf(First).SequenceEqual(UtilitiesOf(Second)), "utility");
            AddIf(First.Failure != Second.Failure, "failure");
            return fields.Count > 0 ? fields : ["acts"];

            void AddIf(bool isDifferent, string name)
            {
                if (isDifferent)
                {
                    fields.Add(name);
                }
            }
        }
    }

    private static IEnumerable<double> UtilitiesOf(NegotiationRow row) => row.Parties.Select(static p => p.Utility);
}
