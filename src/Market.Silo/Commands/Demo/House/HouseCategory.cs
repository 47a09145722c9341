using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Demo.House;

/// <summary>A kind of goods in the house's market, with everything that is negotiated about a piece.</summary>
/// <param name="Name">What buyers search for.</param>
/// <param name="TypicalCents">What a piece usually costs; buyers' worths and sellers' costs lie around it.</param>
/// <param name="Agenda">Unit price, delivery days, warranty months and one named choice, in this order.</param>
public sealed record HouseCategory(string Name, long TypicalCents, Agenda Agenda)
{
    /// <summary>The place of the unit price in the agenda.</summary>
    public const int PriceIssue = 0;

    /// <summary>All categories.</summary>
    public static ValueArray<HouseCategory> All { get; } =
    [
        // Typical price and step in cents, then the most delivery days and warranty months.
        Of("espresso machine", 600_00, 5_00, 14, 36, Issue.Choice("finish", "steel", "black", "red")),
        Of("office chair", 250_00, 2_00, 10, 60, Issue.Choice("cover", "mesh", "fabric", "leather")),
        Of("e-bike", 2_000_00, 20_00, 21, 48, Issue.Choice("battery", "400 Wh", "500 Wh", "625 Wh")),
    ];

    private static HouseCategory Of(
        string name, long typicalCents, long stepCents, long daysMax, long warrantyMonthsMax, Issue choice) =>
        new(
            name,
            typicalCents,
            new Agenda(
                Currency.Usd,
                [
                    Issue.UnitPrice(typicalCents / 2, typicalCents * 3 / 2, stepCents),
                    Issue.Range("delivery days", 1, daysMax),
                    Issue.Range("warranty months", 12, warrantyMonthsMax, 12),
                    choice,
                ]));
}
