using System.Diagnostics;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile;

/// <summary>
/// Pairs of agents that make signed offers to each other at a fixed rate, whatever the answers' speed, and how long
/// each offer took from the moment in which it was due: an answer that came late makes the next ones late too, and that
/// is counted.
/// </summary>
internal sealed class HonestTraders : IAsyncDisposable
{
    private const int RoundsMax = 100;

    private readonly List<(WireAgent Buyer, WireAgent Seller, Listing Listing)> _pairs = [];

    /// <summary>Offers of a pair in a second.</summary>
    public const int OffersPerSecond = 20;

    /// <summary>Connects pairs.</summary>
    public static async Task<HonestTraders> StartAsync(Uri market, int pairs)
    {
        var (honest, run) = (new HonestTraders(), Guid.NewGuid().ToString("n"));
        for (var i = 0; i < pairs; i++)
        {
            var seller = await WireAgent.RegisterAsync(market, AgentRole.Seller, $"seller-{run}-{i}");
            var buyer = await WireAgent.RegisterAsync(market, AgentRole.Buyer, $"buyer-{run}-{i}");
            var published = (ListingPublished)await seller.AskAsync(
                new PublishListing(Wares.Message(), Wares.Listing()));
            honest._pairs.Add((buyer, seller, published.Listing));
        }

        return honest;
    }

    /// <summary>Makes offers for some time.</summary>
    /// <returns>Each offer's latency in milliseconds, the shortest first; and how many got no answer.</returns>
    public async Task<(double[] Milliseconds, int Failed)> TradeAsync(TimeSpan span)
    {
        var results = await Task.WhenAll(_pairs.Select((pair, i) => Task.Run(() => TradeAsync(pair, i, span))));
        return (
            [.. results.SelectMany(static result => result.Milliseconds).Order()],
            results.Sum(static result => result.Failed));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (buyer, seller, _) in _pairs)
        {
            await buyer.DisposeAsync();
            await seller.DisposeAsync();
        }
    }

    private static async Task<(List<double> Milliseconds, int Failed)> TradeAsync(
        (WireAgent Buyer, WireAgent Seller, Listing Listing) pair, int place, TimeSpan span)
    {
        var (latencies, failed) = (new List<double>(), 0);
        var watch = Stopwatch.StartNew();
        var step = TimeSpan.FromSeconds(1.0 / OffersPerSecond);
        var due = step * (place / 8.0); // not all in the same millisecond
        ActRecorded? last = null;
        for (; due < span; due += step)
        {
            if (due - watch.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }

            var from = last is null || last.Seq % 2 == 0 ? pair.Buyer : pair.Seller;
            object act = last is null
                ? Wares.Opening(pair.Listing, Wares.Firm(5_000), RoundsMax)
                : new MakeOffer(Wares.Message(), last.Negotiation, last.Seq, Wares.Firm(5_000 + last.Seq));
            var answer = await from.AskAsync(from.Signed(act));
            latencies.Add((watch.Elapsed - due).TotalMilliseconds);
            failed += answer is ActRecorded ? 0 : 1;
            last = answer is ActRecorded recorded && recorded.Seq < RoundsMax ? recorded : null;
        }

        return (latencies, failed);
    }
}
