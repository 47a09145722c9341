using System.Diagnostics;
using System.Threading.Channels;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Benchmarks;

/// <summary>A buyer and a seller of the load process, each on a connection of its own.</summary>
internal sealed class LoadPair : IDisposable
{
    private const int RoundsMax = 20;
    private const int NegotiationsAtOnce = 8;
    private const long PriceMin = 5000;

    private static readonly NegotiationId SampleNegotiation = new(Guid.CreateVersion7());

    private readonly LoadAgent _buyer = new();
    private readonly LoadAgent _seller = new();
    private Listing _listing = null!;
    private Agenda _agenda = null!;
    private readonly Play _paced = new();
    private readonly ProposedOffer?[] _offers = new ProposedOffer?[2 * RoundsMax];

    public async Task JoinAsync(Uri uri, string number)
    {
        await _buyer.JoinAsync(uri, $"load-buyer-{number}", AgentRole.Buyer);
        await _seller.JoinAsync(uri, $"load-seller-{number}", AgentRole.Seller);
        var draft = new ListingDraft(
            $"Espresso machine {number}", "kitchen", "", [new ListingLine("Espresso machine", 9900)], [], Currency.Usd,
            [
                Issue.UnitPrice(1, 20_000),
                Issue.Range("delivery days", 1, 10),
                Issue.Range("warranty months", 0, 24, 12),
            ],
            [], MarketLimits.AmountMax / 2);
        _listing = ((ListingPublished)await _seller.AskAsync(new PublishListing(NextMessage(), draft))).Listing;
        _agenda = ListingRules.SubjectOf(_listing, [new OrderLine(0, 1)], null).Agenda;
    }

    /// <summary>
    /// Makes offers until told to stop. Both sides have some negotiations in which it is their turn, so that each
    /// connection has one request under way, as each connection to the echo has, and waits for no answer of the other
    /// side. Each latency goes to the sink.
    /// </summary>
    public async Task OfferAsync(Func<bool> goesOn, Action<long> sink, bool signed)
    {
        var (buyers, sellers) = (Turns(), Turns());
        for (var i = 0; i < NegotiationsAtOnce; i++)
        {
            var play = new Play();
            if (i % 2 == 1)
            {
                await OfferNextAsync(play, signed);
            }

            (play.IsSellersTurn ? sellers : buyers).Writer.TryWrite(play);
        }

        await Task.WhenAll(Task.Run(() => TakeTurnsAsync(buyers, sellers)), TakeTurnsAsync(sellers, buyers));

        async Task TakeTurnsAsync(Channel<Play> own, Channel<Play> others)
        {
            try
            {
                while (goesOn() && await own.Reader.WaitToReadAsync() && own.Reader.TryRead(out var play))
                {
                    var started = Stopwatch.GetTimestamp();
                    await OfferNextAsync(play, signed);
                    sink(Stopwatch.GetTimestamp() - started);
                    others.Writer.TryWrite(play);
                }
            }
            finally
            {
                others.Writer.TryComplete(); // who waits for a turn of this side ends, too
            }
        }

        // Who was waiting for a turn sends at once: handing it to another thread costs as much as sending.
        static Channel<Play> Turns() => Channel.CreateUnbounded<Play>(new UnboundedChannelOptions
        {
            SingleReader = true,
            SingleWriter = true,
            AllowSynchronousContinuations = true,
        });
    }

    /// <summary>Makes the next offer: an opening, or a counteroffer of the other side.</summary>
    public Task OfferNextAsync(bool signed) => OfferNextAsync(_paced, signed);

    private async Task OfferNextAsync(Play play, bool signed)
    {
        if (play.Seq is 0 or >= 2 * RoundsMax)
        {
            (play.Negotiation, play.Seq) = (await OpenAsync(signed), 1);
            return;
        }

        var offer = new MakeOffer(NextMessage(), play.Negotiation, play.Seq, Offer(PriceMin + play.Seq));
        await AskAsync(play.IsSellersTurn ? _seller : _buyer, offer, signed);
        play.Seq++;
    }

    /// <summary>Makes one deal: an opening with an offer, three counteroffers, an accept.</summary>
    public async Task DealAsync(bool signed)
    {
        var negotiation = await OpenAsync(signed);
        for (long seq = 1; seq <= 3; seq++)
        {
            var from = seq % 2 == 1 ? _seller : _buyer;
            var recorded = (ActRecorded)await AskAsync(
                from, new MakeOffer(NextMessage(), negotiation, seq, Offer(PriceMin + seq)), signed);
            if (seq == 3)
            {
                var terms = _agenda.TermsOf(Outcome.Of(PriceMin + seq, 5, 12));
                var subject = ListingRules.SubjectOf(_listing, [new OrderLine(0, 1)], null);
                var hash = NegotiationHashes.OfOffer(
                    NegotiationHashes.OfTerms(_buyer.Market, negotiation, subject, terms), recorded.Seq, Party.Seller,
                    OfferBinding.Firm, recorded.At + ProposedOffer.DefaultValidity, false);
                await AskAsync(
                    _buyer, new AcceptOffer(NextMessage(), negotiation, recorded.Seq, recorded.Seq, hash), signed);
            }
        }
    }

    /// <summary>An offer like those that <see cref="OfferAsync"/> sends, for the echo.</summary>
    public static MakeOffer SampleOffer() =>
        new(NextMessage(), SampleNegotiation, 17, ProposedOffer.Firm(new Terms(Outcome.Of(5017, 5, 12), 5017)));

    public void Dispose()
    {
        _buyer.Dispose();
        _seller.Dispose();
    }

    private static MessageId NextMessage() => new(Guid.CreateVersion7());

    // An offer costs the load as much to make as one for the echo.
    private ProposedOffer Offer(long price) =>
        _offers[price - PriceMin] ??= ProposedOffer.Firm(_agenda.TermsOf(Outcome.Of(price, 5, 12)));

    private static Task<object> AskAsync(LoadAgent from, object act, bool signed) =>
        signed ? from.AskSignedAsync(act) : from.AskAsync(act);

    private async Task<NegotiationId> OpenAsync(bool signed)
    {
        var open = new OpenNegotiation(
            NextMessage(), _listing.Id, _listing.Version, [new OrderLine(0, 1)], null, null, Protocol.Bilateral,
            RoundsMax, TimeSpan.FromHours(1), Offer(PriceMin));
        return ((ActRecorded)await AskAsync(_buyer, open, signed)).Negotiation;
    }

    /// <summary>Where one of the pair's negotiations stands.</summary>
    private sealed class Play
    {
        public NegotiationId Negotiation { get; set; }

        public long Seq { get; set; }

        public bool IsSellersTurn => Seq % 2 == 1;
    }
}
