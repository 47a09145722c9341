using System.Collections.Concurrent;
using Market.Client;
using Market.Domain;
using Market.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Racing;

/// <summary>
/// A negotiation is decided by the server's state alone: of acts at the same moment exactly one counts.
/// </summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int Races = 2_000;
    private const int AtOnce = 8;

    private static readonly Race.Act[][] Fields =
    [
        [Race.Act.Accept, Race.Act.Withdraw],
        [Race.Act.Counter, Race.Act.Withdraw],
        [Race.Act.Accept, Race.Act.Counter],
        [Race.Act.Accept, Race.Act.Counter, Race.Act.Withdraw],
    ];

    [Fact]
    public async Task Of_an_accept_a_counteroffer_and_a_withdrawal_at_the_same_moment_exactly_one_wins()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var listing = await seller.Client.PublishListingAsync(Wares.Draft());
        var invited = new Invitations(seller);
        var wins = new ConcurrentDictionary<(int Field, Race.Act Winner), int>();
        var nextRace = 0;
        async Task RaceOnAsync()
        {
            while (Interlocked.Increment(ref nextRace) is var number && number <= Races)
            {
                var random = new Random(unchecked(seed + number));
                var race = await Race.OpenAsync(buyer, listing, opened => invited.FindAsync(opened.Id));
                var acts = Fields[number % Fields.Length];
                random.Shuffle(acts = [.. acts]);
                var winner = await race.RunAsync(acts, random);
                wins.AddOrUpdate((number % Fields.Length, winner), 1, static (_, n) => n + 1);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => RaceOnAsync()));

        output.WriteLine(string.Join('\n', wins.OrderBy(static w => w.Key).Select(static w =>
            $"{string.Join(" / ", Fields[w.Key.Field])}: {w.Key.Winner} won {w.Value} times")));
        Assert.Equal(Races, wins.Values.Sum());
        Assert.All(Enum.GetValues<Race.Act>(), act => Assert.Contains(wins, w => w.Key.Winner == act));
        Assert.Empty(buyer.Wire.Contradictions.Concat(seller.Wire.Contradictions));
    }

    /// <summary>The negotiations that buyers open with a seller, by their ids.</summary>
    private sealed class Invitations
    {
        private readonly ConcurrentDictionary<NegotiationId, TaskCompletionSource<Negotiation>> _known = new();

        public Invitations(TestAgent seller) => _ = ReadAsync(seller);

        public Task<Negotiation> FindAsync(NegotiationId id) =>
            Eventually.DoneAsync("the seller learns of a negotiation", Of(id).Task);

        private TaskCompletionSource<Negotiation> Of(NegotiationId id) => _known.GetOrAdd(
            id, _ => new TaskCompletionSource<Negotiation>(TaskCreationOptions.RunContinuationsAsynchronously));

        private async Task ReadAsync(TestAgent seller)
        {
            await foreach (var negotiation in seller.Client.NegotiationsAsync())
            {
                Of(negotiation.Id).SetResult(negotiation);
            }
        }
    }
}
