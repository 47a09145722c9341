using Market.Domain;

namespace Market.Simulations.Running;

/// <summary>Who meets whom: seats of a negotiation, filled with strategies by their numbers.</summary>
internal static class Lineups
{
    /// <summary>
    /// All line-ups in the order of their strategies' numbers, the last seat fastest. Where self-play is off, those in
    /// which one strategy has every seat are left out.
    /// </summary>
    /// <param name="strategies">Number of strategies.</param>
    /// <param name="seats">Parties of the scenario.</param>
    /// <param name="mode">Whether the order of the seats matters.</param>
    /// <param name="selfPlay">Whether one strategy may have every seat.</param>
    public static ValueArray<ValueArray<int>> Of(int strategies, int seats, PairingMode mode, bool selfPlay)
    {
        var lineups = new List<ValueArray<int>>();
        Fill(new int[seats], 0);
        return lineups.ToValueArray();

        void Fill(int[] seated, int seat)
        {
            if (seat == seated.Length)
            {
                if (selfPlay || seated.Any(strategy => strategy != seated[0]))
                {
                    lineups.Add(ValueArray.Create<int>(seated));
                }

                return;
            }

            var first = mode == PairingMode.RoundRobin && seat > 0 ? seated[seat - 1] : 0;
            for (var strategy = first; strategy < strategies; strategy++)
            {
                seated[seat] = strategy;
                Fill(seated, seat + 1);
            }
        }
    }
}
