using System.Globalization;
using System.Text.Json;
using Market.Silo.Commands.Audit;
using Market.Simulations.Running;

namespace Market.Simulations.Commands;

/// <summary>Shows what opponent models that only watched have learnt, offer by offer.</summary>
internal static class WatchShow
{
    /// <summary>Writes it; nothing where none watched.</summary>
    public static void Write(IReadOnlyList<WatchedOffer> watched, TextWriter to, bool isJson)
    {
        if (isJson)
        {
            foreach (var offer in watched)
            {
                to.WriteLine(JsonSerializer.Serialize(new
                {
                    kind = "model",
                    round = offer.Round,
                    party = offer.Party,
                    model = offer.Model,
                    rmse = offer.Score.RootMeanSquareError,
                    spearman = offer.Score.Spearman,
                    kendall = offer.Score.Kendall,
                }));
            }
        }
        else if (watched.Count > 0)
        {
            var table = AuditConsole.NewTable("round", "party watched", "model", "RMSE", "Spearman", "Kendall");
            foreach (var offer in watched)
            {
                table.Add(
                [
                    (offer.Round + 1).ToString(CultureInfo.InvariantCulture),
                    offer.Party.ToString(CultureInfo.InvariantCulture),
                    offer.Model,
                    Number(offer.Score.RootMeanSquareError),
                    Number(offer.Score.Spearman),
                    Number(offer.Score.Kendall),
                ]);
            }

            AuditConsole.Over(to).Write(table);
        }
    }

    private static string Number(double? number) => number?.ToString("F4", CultureInfo.InvariantCulture) ?? "";
}
