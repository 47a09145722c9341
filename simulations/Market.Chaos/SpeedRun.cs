using System.Globalization;
using System.Text.Json;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;

namespace Market.Chaos;

/// <summary>
/// Whether speed pays: ten sellers with the same quote, one of which always comes first. By tender the buyer takes the
/// first of the best in the revealed order; without the sealed window the first acceptable quote wins.
/// </summary>
internal static class SpeedRun
{
    private const int Sellers = 10;
    private const int Fastest = 0;
    private const double Fair = 1.0 / Sellers;
    private const double Margin = 0.01;
    private const double Z99 = 2.5758293035489004; // the 99.5 % quantile of the normal distribution
    private const int BarWidth = 60;

    private static readonly MarketId Market = new(new Guid("0198f000-0000-7000-8000-00000000005d"));
    private static readonly Agenda Agenda = new(Currency.Usd, [Issue.UnitPrice(1, 200_00)]);
    private static readonly LedgerTime Noon = LedgerTime.FromUtc(
        new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Runs tenders of consecutive nonces from a seed, and prints both shares.</summary>
    /// <returns>0 if the sealed share is fair, 1 if it is not, 2 if the run was cancelled.</returns>
    public static int Run(int count, int seed, bool isJson, CancellationToken cancellation)
    {
        var (wins, winsOpen) = (new int[Sellers], new int[Sellers]);
        for (var i = 0; i < count; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                Console.Error.WriteLine("speed: stopped before the end");
                return 2;
            }

            var random = new SplitMix64(Hash256.Of([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(i)]).A);
            var arrivals = ArrivalsOf(random);
            wins[WinnerByTender(i, random, arrivals)]++;
            winsOpen[arrivals[0]]++;
        }

        var (low, high) = Wilson(wins[Fastest], count);
        var isFair = low >= Fair - Margin && high <= Fair + Margin;
        Report(count, seed, wins, winsOpen, (low, high), isFair, isJson);
        return isFair ? 0 : 1;
    }

    /// <summary>
    /// The interval of a share at 99 % confidence (Wilson, Probable inference, JASA 1927): the shares from which the
    /// counted one is within z standard errors.
    /// </summary>
    internal static (double Low, double High) Wilson(int wins, int count)
    {
        var share = (double)wins / count;
        var weight = Z99 * Z99 / count;
        var centre = (share + (weight / 2)) / (1 + weight);
        var half = Z99 / (1 + weight) * Math.Sqrt((share * (1 - share) / count) + (weight / (4 * count)));
        return (centre - half, centre + half);
    }

    /// <summary>The fastest first, the others in any order.</summary>
    private static int[] ArrivalsOf(SplitMix64 random)
    {
        var order = Enumerable.Range(0, Sellers).ToArray();
        for (var i = Sellers - 1; i > 1; i--)
        {
            var j = 1 + random.NextBelow(i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static int WinnerByTender(int number, SplitMix64 random, int[] arrivals)
    {
        var state = new TenderState(Market);
        var now = Noon;
        var opening = OpeningOf(number, random);
        Do(opening);
        foreach (var seller in arrivals)
        {
            now += TimeSpan.FromMilliseconds(1);
            Do(BidOf(seller, opening.Tender, random));
        }

        now = state.Call.EndsAt;
        Do(ContinueTender.Instance);
        var best = state.Revealed.Min(bid => bid.Offer.Terms.TotalMinorUnits);
        return state.Revealed.First(bid => bid.Offer.Terms.TotalMinorUnits == best).Seller.Agent.Value - 2;

        void Do(TenderCommand command)
        {
            var decision = TenderMachine.Decide(state, command, now);
            state.Apply(decision.Event ?? throw new InvalidOperationException($"Refused: {decision.Refusal}."));
        }
    }

    private static OpenTenderCommand OpeningOf(int number, SplitMix64 random)
    {
        var buyer = new Participant(new AgentNumber(1), new PrincipalNumber(1), null);
        var request = new Request(
            new RequestId(Guid.Empty), buyer.Agent, buyer.Principal, new RequestDraft("A machine", "", Quantity: 1));
        return new OpenTenderCommand(
            Message(number, 0), default, new TenderId(Message(number, 1).Value), buyer, request,
            TimeSpan.FromSeconds(1), [],
            new NegotiationRules(Protocol.Bilateral, 10, TimeSpan.FromMinutes(10), 100, SignaturesRequired: false),
            Draw(random), null);
    }

    private static PerformTenderAct BidOf(int seller, TenderId tender, SplitMix64 random)
    {
        var agent = new AgentNumber(seller + 2);
        var listing = new ListingId(Message(seller, 2).Value);
        var act = new SubmitBid(
            Message(seller, 3), tender, listing, 1, [new OrderLine(0, 1)],
            ProposedOffer.Firm(Agenda.TermsOf(Outcome.Of(90_00))), Draw(random));
        return new PerformTenderAct(
            agent, act, default, null, new Participant(agent, new PrincipalNumber(seller + 2), null),
            new Subject(listing, 1, null, [new OrderLine(0, 1)], Agenda, null));
    }

    private static Hash256 Draw(SplitMix64 random) => new(random.Next(), random.Next(), random.Next(), random.Next());

    private static MessageId Message(int number, int kind)
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(Noon.ToUtc()).TryWriteBytes(id, bigEndian: true, out _);
        id[6..].Clear();
        (id[6], id[8], id[9]) = (0x70, 0x80, (byte)kind);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(id[12..], number);
        return new MessageId(new Guid(id, bigEndian: true));
    }

    private static void Report(
        int count, int seed, int[] wins, int[] winsOpen, (double Low, double High) interval, bool isFair, bool isJson)
    {
        var (share, shareOpen) = ((double)wins[Fastest] / count, (double)winsOpen[Fastest] / count);
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                tenders = count,
                seed,
                sellers = Sellers,
                share,
                wilson99 = new[] { interval.Low, interval.High },
                withoutWindow = shareOpen,
                fair = isFair,
                wins,
            }));
            return;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {count} tenders, seed {seed}: {Sellers} sellers with the same quote, one of which always comes first
            its share of awards, sealed window     {share:F4}   99 % {interval.Low:F4} to {interval.High:F4}
            its share of awards, first quote wins  {shareOpen:F4}
            {(isFair ? "fair" : "NOT FAIR")} (asked: the interval inside {Fair - Margin:F2} to {Fair + Margin:F2})

            awards of each seller, sealed window
            """));
        for (var seller = 0; seller < Sellers; seller++)
        {
            var bar = new string('█', (int)Math.Round(BarWidth * (double)wins[seller] / wins.Max()));
            var name = seller == Fastest ? "first " : "      ";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name}{seller + 1,2} {bar} {(double)wins[seller] / count:F4}"));
        }
    }
}
