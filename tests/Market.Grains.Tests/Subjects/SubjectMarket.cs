using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Subjects;
using Market.Grains.Tests.Journaling;
using Market.Grains.Tests.Watching;
using Market.Testing;

namespace Market.Grains.Tests.Subjects;

/// <summary>
/// A market of numbered buyers, sellers, listings and requests: nobody is told that a subject is gone unless a test
/// sweeps, or starts the sweeper.
/// </summary>
internal sealed class SubjectMarket : WatchedMarket<SubjectWatch>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private SubjectMarket(IJournal journal)
        : base(journal, new SubjectWatch(journal))
    {
        Cancelled = new EventWitness<NegotiationCancelled>(journal);
        Settled = new EventWitness<Domain.Negotiating.DealSettled>(journal);
        Failed = new EventWitness<DealNotSettled>(journal);
    }

    public EventWitness<NegotiationCancelled> Cancelled { get; }

    public EventWitness<Domain.Negotiating.DealSettled> Settled { get; }

    public EventWitness<DealNotSettled> Failed { get; }

    public static async Task<SubjectMarket> OpenAsync(TestFolder folder)
    {
        var market = new SubjectMarket(await folder.OpenAsync());
        await market.Watch.StartAsync();
        return market;
    }

    /// <summary>Steps the clock until as many events as wanted have come, each step letting timers run.</summary>
    public async Task AdvanceUntilAsync(Task reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!reached.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await reached;
    }

    public static ListingId Listing(int number) => new(IdOf(number, 5));

    public static RequestId Request(int number) => new(IdOf(number, 6));

    public static Asset Units(int listing) => Asset.Unit(Listing(listing));

    public static Asset Need(int request) => Asset.Need(Request(request));

    /// <summary>The id of the n-th command for a purpose.</summary>
    public static LedgerCommandId Command(string purpose, int number, int times = 1) =>
        LedgerCommandIds.For(purpose, IdOf(number, (byte)times));

    /// <summary>Sellers have the numbers from 1, buyers those from 10,001.</summary>
    public static Participant Seller(int number) => new(new(number), new(number), null);

    public static Participant Buyer(int number) => new(new(10_000 + number), new(10_000 + number), null);

    public Task FundAsync(int buyer) => LedgerDoesAsync(new Deposit(
        Command("fund", buyer), Buyer(buyer).Principal, new Money(1_000_00, Currency.Usd)));

    public Task StockAsync(int listing, int seller, long units, int times = 1) => LedgerDoesAsync(new MintUnits(
        Command("stock", listing, times), Listing(listing), Seller(seller).Principal, units));

    public Task NeedAsync(int request, int buyer, long units) => LedgerDoesAsync(new MintNeed(
        Command("need", request), Request(request), Buyer(buyer).Principal, units));

    /// <summary>Opens the n-th negotiation with a firm offer of 60.00 of the buyer's.</summary>
    public async Task OpenAsync(int number, int buyer, int seller, int listing, int? request = null)
    {
        var opening = Some.Opening(number) with
        {
            Message = Some.Message(number, Now),
            Negotiation = NegotiationOf(number),
            Buyer = Buyer(buyer),
            Seller = Seller(seller),
            Subject = Some.Subject with
            {
                Listing = Listing(listing),
                Request = request is { } need ? Request(need) : null,
            },
        };
        Assert.IsType<ActRecorded>(await AskAsync(GrainId.Of(opening.Negotiation), opening));
    }

    /// <summary>The seller accepts the offer that stands in the n-th negotiation.</summary>
    public async Task<object> AcceptAsync(int number, int seller)
    {
        var id = NegotiationOf(number);
        if (await AskAsync(GrainId.Of(id), new GetStandingOffer(new(seller))) is not StandingOffer { Offer: { } offer })
        {
            return Domain.Wire.Messages.Refusals.Of(NegotiationRefusal.OfferNotStanding);
        }

        var accept = new AcceptOffer(Some.Message(2_000_000 + number, Now), id, 1, offer.Number, offer.Hash);
        return await AskAsync(GrainId.Of(id), new PerformAct(new(seller), accept, Some.Digest(number), null, default));
    }
}
