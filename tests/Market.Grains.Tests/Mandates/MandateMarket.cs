using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Mandates;
using Market.Grains.Tests.Journaling;
using Market.Grains.Tests.Watching;
using Market.Testing;

namespace Market.Grains.Tests.Mandates;

/// <summary>
/// A market of one buyer, who has mandates: nobody is told of a stopped one unless a test sweeps, or lets time run.
/// </summary>
internal sealed class MandateMarket : WatchedMarket<MandateWatch>
{
    private MandateMarket(IJournal journal)
        : base(journal, new MandateWatch(journal)) => Left = new EventWitness<NegotiationLeft>(journal);

    public EventWitness<NegotiationLeft> Left { get; }

    public static async Task<MandateMarket> OpenAsync(TestFolder folder)
    {
        var market = new MandateMarket(await folder.OpenAsync());
        await market.Watch.StartAsync();
        return market;
    }

    /// <summary>A mandate of the buyer's, wide unless a test narrows it.</summary>
    public Mandate Mandate(int number, int? parent = null) => new(
        IdOf(number), Some.Buyer.Principal, Some.BuyerAgent, Currency.Usd, 100_00, 1_000_00,
        Now, Now + TimeSpan.FromDays(9),
        Parent: parent is { } p ? IdOf(p) : null,
        DelegationDepthMax: Math.Max(0, 3 - number));

    public static MandateId IdOf(int number) => new(IdOf(number, 3));

    /// <summary>The n-th negotiation, opened by the buyer under a mandate with a firm offer of 60.00.</summary>
    public OpenNegotiationCommand Opening(int number, int? mandate, long unitPrice = 60_00) =>
        Some.Opening(number) with
        {
            Message = Some.Message(number, Now),
            Negotiation = NegotiationOf(number),
            Buyer = Some.Buyer with { Mandate = mandate is { } m ? IdOf(m) : null },
            FirstOffer = Some.Offer(unitPrice),
        };

    public async Task OpenAsync(int number, int? mandate) => Assert.IsType<ActRecorded>(
        await AskAsync(GrainId.Of(NegotiationOf(number)), Opening(number, mandate)));
}
