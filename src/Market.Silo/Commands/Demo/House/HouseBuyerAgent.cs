using Market.Client;
using Market.Domain.Enrolling;
using Market.Domain.Listings;

namespace Market.Silo.Commands.Demo.House;

/// <summary>
/// A buyer of the house's market: it negotiates with one seller after another, and takes the first deal that its
/// strategy comes to.
/// </summary>
/// <param name="own">Its profile and its preferences.</param>
/// <param name="place">Its place among the buyers of its category, from 0: with which seller it begins.</param>
/// <param name="progress">Counts offers and needs.</param>
internal sealed class HouseBuyerAgent(HouseAgent own, int place, DemoProgress progress) : DemoAgent
{
    private readonly HouseStrategy _strategy = new(own, progress);
    private Request? _request;
    private List<Listing> _listings = [];

    /// <summary>What it has bought so far; null for nothing yet.</summary>
    public HouseSale? Sale { get; private set; }

    /// <summary>Finds who sells what it needs.</summary>
    public async Task FindSellersAsync(CancellationToken cancellationToken)
    {
        var query = new ListingQuery { Category = own.Profile.Category.Name };
        await foreach (var listing in Market.SearchAsync(query, cancellationToken).ConfigureAwait(false))
        {
            _listings.Add(listing);
        }

        // By title, since ids are of this market alone, and another run is to go the same way.
        _listings = [.. _listings.OrderBy(static listing => listing.Draft.Title, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Negotiates with the seller of a turn, unless it has bought already: the buyer at place p meets seller p + turn,
    /// so no seller ever has two buyers at once, and nothing depends on who is quicker.
    /// </summary>
    /// <param name="turn">The turn, from 0.</param>
    /// <param name="turns">Turns in all: at least as many as sellers, and as buyers.</param>
    /// <param name="cancellationToken">Stops negotiating.</param>
    public async Task TakeTurnAsync(int turn, int turns, CancellationToken cancellationToken)
    {
        var seller = (place + turn) % turns;
        if (Sale is null && seller < _listings.Count && _strategy.HasAnythingToGain)
        {
            await NegotiateAsync(_listings[seller], cancellationToken).ConfigureAwait(false);
        }

        if (turn == turns - 1 && Sale is null)
        {
            progress.CountDecided(isMet: false);
        }
    }

    /// <inheritdoc/>
    protected override async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var profile = own.Profile;
        var disclosure = new Disclosure("the house", own.Secret.Strategy.Name, string.Empty);
        await Market.RegisterBuyerAsync(
            profile.Name, DemoText.HandleOf(profile.Name), disclosure, cancellationToken).ConfigureAwait(false);
        var draft = new RequestDraft(profile.Category.Name, $"Wanted: one {profile.Category.Name}.", profile.Quantity);
        _request = await Market.PublishRequestAsync(draft, cancellationToken).ConfigureAwait(false);
    }

    private async Task NegotiateAsync(Listing listing, CancellationToken cancellationToken)
    {
        var settings = new NegotiationSettings { RoundsMax = HouseDemo.RoundsMax, Request = _request!.Id };
        var negotiation = await Market.OpenAsync(listing, settings, cancellationToken).ConfigureAwait(false);
        var result = await negotiation.RunAsync(_strategy, cancellationToken).ConfigureAwait(false);
        if (result.Deal is { } deal)
        {
            var rounds = (result.End.OffersMade + 1) / 2;
            Sale = new HouseSale(
                own.Profile.Name, listing.Draft.Title, rounds, deal.Terms.Outcome, deal.Total.MinorUnits);
            progress.CountDecided(isMet: true);
        }
    }
}
