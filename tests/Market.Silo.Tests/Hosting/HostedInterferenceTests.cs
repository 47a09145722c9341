using System.Buffers.Binary;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;
using Market.Testing.Hosting;

namespace Market.Silo.Tests.Hosting;

/// <summary>
/// Two markets that begin as one and the same, under a clock that stands still, differ only in a hosted seller's
/// reservation value. Where the strategy does the same, the buyer gets the same bytes (INV-20).
/// </summary>
public sealed class HostedInterferenceTests : IDisposable
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("market-interference-").FullName;
    private readonly Dictionary<string, SignedAct> _signed = [];
    private readonly ECDsa _buyerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _sellerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private MarketId? _market;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _buyerKey.Dispose();
        _sellerKey.Dispose();
    }

    [Fact]
    public async Task Two_reservation_values_that_lead_to_the_same_acts_give_the_buyer_the_same_frames()
    {
        var listing = await PrepareAsync();
        var one = await RunAsync(listing, 5_010);
        var other = await RunAsync(listing, 5_013);
        Assert.True(one.Count >= 8, $"The buyer got only {one.Count} messages.");
        Assert.Equal(one, other);

        // That the comparison can fail: another reservation value that leads to other acts.
        Assert.NotEqual(one, await RunAsync(listing, 6_500));
    }

    /// <summary>The common past of both markets: two agents, a mandate, a listing under it.</summary>
    private async Task<Listing> PrepareAsync()
    {
        await using var host = await StartAsync(Path.Combine(_folder, "base"));
        await using var buyer = await TestAgent.AuthenticateAsync(host.AgentsUri, Copy(_buyerKey));
        await buyer.AskAsync<Welcome>(buyer.Registration(Some.Profile()));
        await using var seller = await TestAgent.AuthenticateAsync(host.AgentsUri, Copy(_sellerKey));
        await seller.AskAsync<Welcome>(seller.Registration(Some.Profile(AgentRole.Seller, "bob")));
        var mandate = (await seller.AskAsync<MandateGranted>(new GrantOwnMandate(
            Id(1), Currency.Usd, 1_000_00, 10_000_00, Month))).Mandate;
        var draft = new ListingDraft(
            "Espresso machine", "machines", "Rebuilt.", [new ListingLine("machine", 99_00)], [], Currency.Usd,
            [Issue.TotalPrice(40_00, 99_00, 1_00)], [], Stock: 9, mandate);
        return (await seller.AskAsync<ListingPublished>(new PublishListing(Id(2), draft))).Listing;
    }

    /// <summary>One market's future: everything that the buyer gets, in the order of its sending.</summary>
    private async Task<List<string>> RunAsync(Listing listing, double reservationValue)
    {
        var folder = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        CopyFolder(Path.Combine(_folder, "base"), folder);
        await using var host = await StartAsync(folder);
        await using var seller = await TestAgent.AuthenticateAsync(host.AgentsUri, Copy(_sellerKey));
        await HostAsync(seller, listing, reservationValue);
        await using var buyer = await TestAgent.AuthenticateAsync(host.AgentsUri, Copy(_buyerKey));
        var got = new List<string>();
        got.Add(TextOf(await buyer.AskAsync(new Subscribe(default))));
        var opening = new OpenNegotiation(
            Id(20), listing.Id, listing.Version, [new OrderLine(0, 1)], null, null, Protocol.Bilateral, 6,
            TimeSpan.FromMinutes(10), null);
        got.Add(TextOf(await buyer.AskAsync(opening)));
        got.Add(TextOf(await buyer.NextEventAsync()));
        for (var turn = 0; ; turn++)
        {
            var notice = await buyer.NextEventAsync();
            got.Add(TextOf(notice));
            var offer = Assert.IsType<OfferMade>(notice.Event).Offer;
            if (turn == 3)
            {
                var accept = new AcceptOffer(
                    Id(40), notice.Event.Negotiation, notice.Seq, offer.Number, offer.Hash);
                got.Add(TextOf(await buyer.AskAsync(Sign(accept))));
                got.Add(TextOf(await buyer.NextEventAsync()));
                got.Add(TextOf(await buyer.NextEventAsync()));
                return got;
            }

            var price = 40_00 + (100 * turn);
            var bid = ProposedOffer.Firm(new Terms(Outcome.Of(price), price));
            got.Add(TextOf(await buyer.AskAsync(
                Sign(new MakeOffer(Id(30 + turn), notice.Event.Negotiation, notice.Seq, bid)))));
            got.Add(TextOf(await buyer.NextEventAsync()));
        }
    }

    private static async Task HostAsync(TestAgent seller, Listing listing, double reservationValue)
    {
        var mandate = listing.Draft.Mandate!.Value;
        var made = await seller.AskAsync<SessionKeyMade>(new MakeSessionKey(Id(10)));
        await seller.AskAsync<SessionKeyRecorded>(seller.Signed(new EnrolSessionKey(
            Id(11), made.Key, made.PublicKey, mandate, MessageIds.TimeOf(Id(0)) + Month)));
        var utility = HostedUtility.PriceAtLeast(0) with { ReservationValue = reservationValue };
        await seller.AskAsync<HostingRecorded>(
            new HostStrategy(Id(12), "Linear", utility, mandate, made.Key, [listing.Id]));
    }

    /// <summary>
    /// The buyer's signature, which is another one each time, so that an act is signed once for all runs.
    /// </summary>
    private SignedAct Sign(object act)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        var text = Convert.ToHexString(bytes);
        if (!_signed.TryGetValue(text, out var signed))
        {
            var market = _market ?? throw new InvalidOperationException("No market was started.");
            signed = new SignedAct(bytes, _buyerKey.SignData(
                SignedPayload.ForAct(market, bytes), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
            _signed.Add(text, signed);
        }

        return signed;
    }

    private async Task<MarketHost> StartAsync(string folder)
    {
        var host = await MarketHost.StartAsync(new MarketSiloOptions
        {
            DataFolder = folder,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(1_000_00, Currency.Usd),
            TimeProvider = new ManualClock(),
        });
        _market = host.MarketId;
        return host;
    }

    /// <summary>
    /// A message's frame; the market's own signature, another one each time, is left out of a receipt.
    /// </summary>
    private static string TextOf(object message)
    {
        if (message is EventNotice { Event: DealSettled settled } notice)
        {
            message = notice with
            {
                Event = settled with { Receipt = settled.Receipt with { Signature = new byte[64] } },
            };
        }

        return $"{message.GetType().Name} {Convert.ToHexString(TestAgent.FrameOf(0, message))}";
    }

    private static ECDsa Copy(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));

    private static MessageId Id(int number)
    {
        var id = new byte[16];
        var at = new ManualClock().GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt64BigEndian(id, at << 16);
        id[6] = 0x70;
        id[8] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(12), number);
        return new MessageId(new Guid(id, bigEndian: true));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
