using Market.Domain.Negotiating;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>One agent says two things at once, on two connections: two offers, two accepts, accept and leave.</summary>
internal sealed class EquivocationAttack : Attack
{
    private static readonly string[] Lost =
    [
        nameof(NegotiationRefusal.SeqIsStale), nameof(NegotiationRefusal.NotYourTurn),
        nameof(NegotiationRefusal.OfferAlreadyAccepted), nameof(NegotiationRefusal.NegotiationHasEnded),
        nameof(NegotiationRefusal.OfferSuperseded), nameof(NegotiationRefusal.OfferNotStanding),
    ];

    /// <inheritdoc/>
    public override string Name => "equivocation";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var traders = await TradersAsync(market);
        await using var twin = await WireAgent.AuthenticateAsync(market, traders.Seller.Key);
        for (var round = 0; round < 10; round++)
        {
            var opened = await traders.OpenAsync();
            await OneOfAsync(
                log, "two offers in one round",
                traders.Seller.AskAsync(traders.Seller.Signed(
                    new MakeOffer(Wares.Message(), opened.Negotiation, 1, Wares.Firm(9_000)))),
                twin.AskAsync(twin.Signed(
                    new MakeOffer(Wares.Message(), opened.Negotiation, 1, Wares.Firm(8_000)))));

            opened = await traders.OpenAsync();
            var hash = Wares.HashOf(
                twin.Hello.Market, traders.Listing, opened.Negotiation, opened, Party.Buyer, 5_000);
            object Accept() => new AcceptOffer(Wares.Message(), opened.Negotiation, opened.Seq, opened.Seq, hash);
            await OneOfAsync(
                log, "two accepts of one offer", traders.Seller.AskAsync(traders.Seller.Signed(Accept())),
                twin.AskAsync(twin.Signed(Accept())));

            opened = await traders.OpenAsync();
            hash = Wares.HashOf(twin.Hello.Market, traders.Listing, opened.Negotiation, opened, Party.Buyer, 5_000);
            await OneOfAsync(
                log, "an accept and a leave", traders.Seller.AskAsync(traders.Seller.Signed(Accept())),
                twin.AskAsync(new LeaveNegotiation(
                    Wares.Message(), opened.Negotiation, opened.Seq, ReasonCode.Other)));
        }
    }

    private static async Task OneOfAsync(AttackLog log, string what, params Task<object>[] acts)
    {
        var answers = await Task.WhenAll(acts);
        log.Require($"{what}: exactly one was recorded", answers.Count(static answer => answer is ActRecorded) == 1);
        foreach (var lost in answers.Where(static answer => answer is not ActRecorded))
        {
            log.Expect(what, lost, Lost);
        }
    }
}
