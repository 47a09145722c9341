using System.Globalization;
using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Tests.Running;

/// <summary>One seed, one result: to the byte, whatever runs at once and wherever it runs.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly Tournaments _runs = new();

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void The_files_do_not_depend_on_how_many_negotiations_run_at_once(int parallel)
    {
        Assert.True(_runs.Run(Tournaments.Settings, "one", 1).IsComplete);
        _runs.Run(Tournaments.Settings, "many", parallel);

        Assert.Equal(_runs.Bytes("one"), _runs.Bytes("many"));
        Assert.True(_runs.Read("one").Rows.Count > 100);
    }

    [Fact]
    public void Negotiations_of_more_offers_than_a_piece_holds_are_written_whole_and_in_order()
    {
        var settings = new TournamentSettings
        {
            Strategies = ["Tough", "Boulware"],
            Scenarios = ["price-100", "laptop"],
            Rounds = 9_000,
            Offers = true,
        };
        _runs.Run(settings, "one", 1);
        _runs.Run(settings, "many", 3);

        Assert.Equal(_runs.Bytes("one"), _runs.Bytes("many"));
        var lines = File.ReadLines(Path.Combine(_runs.PathOf("one"), ResultFiles.OffersName)).Skip(1)
            .Select(line => line.Split(',')).Select(fields => (Number: fields[0], Index: fields[3]));
        Assert.Equal(
            ResultFolder.ReadActs(_runs.PathOf("one")).SelectMany(negotiation => negotiation.Acts
                .Where(act => act >= 0).Select(act => (Text(negotiation.Number), Text(act)))),
            lines);
        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_files_do_not_depend_on_the_culture()
    {
        _runs.Run(Tournaments.Settings, "here");
        var before = CultureInfo.DefaultThreadCurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (odd.NumberFormat.NumberDecimalSeparator, odd.NumberFormat.NegativeSign) = (",", "~");
        try
        {
            (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.CurrentCulture) = (odd, odd);
            Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));
            _runs.Run(Tournaments.Settings, "there");
        }
        finally
        {
            CultureInfo.DefaultThreadCurrentCulture = before;
        }

        Assert.Equal(_runs.Bytes("here"), _runs.Bytes("there"));
    }

    [Fact]
    public void Another_seed_gives_other_dice_and_the_same_deterministic_negotiations()
    {
        _runs.Run(Tournaments.Settings, "first");
        _runs.Run(Tournaments.Settings with { Seed = 43 }, "second");

        var pairs = _runs.Read("first").Rows.Zip(_runs.Read("second").Rows).ToList();
        Assert.All(pairs, pair => Assert.NotEqual(pair.First.Seed, pair.Second.Seed));
        Assert.All(
            pairs.Where(pair => pair.First.Parties.All(party => party.Strategy == "negmas:Boulware")),
            pair => Assert.Equal(pair.First.Agreement, pair.Second.Agreement));
        Assert.Contains(pairs, pair => pair.First.Agreement != pair.Second.Agreement);
    }

    [Fact]
    public void A_negotiation_is_the_same_whatever_else_runs()
    {
        _runs.Run(Tournaments.Settings, "wide");
        _runs.Run(Tournaments.Settings with { Strategies = ["Random"], Scenarios = ["laptop"] }, "narrow");

        var wide = _runs.Read("wide").Rows.Select(row => row.Digest).ToHashSet();
        Assert.All(_runs.Read("narrow").Rows, row => Assert.Contains(row.Digest, wide));
    }

    [Fact]
    public void Every_seat_of_every_negotiation_rolls_dice_of_its_own()
    {
        _runs.Run(
            new TournamentSettings
            {
                Strategies = [$"{Tournaments.UserAssembly}#Dicing"],
                Scenarios = ["price-100"],
                Rounds = 10,
                Repetitions = 3,
                InProcess = true,
            },
            "dice");
        var rolled = ResultFolder.ReadActs(_runs.PathOf("dice")).SelectMany(negotiation => new[]
        {
            string.Join(' ', negotiation.Acts.Where((_, act) => act % 2 == 0)),
            string.Join(' ', negotiation.Acts.Where((_, act) => act % 2 == 1)),
        }).ToList();
        Assert.Equal(6, rolled.Count);
        Assert.Equal(6, rolled.Distinct().Count());
    }

    public void Dispose() => _runs.Dispose();
}
