using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>What was signed for one market is used in another: every signature names its market.</summary>
internal sealed class CrossMarketAttack : Attack
{
    /// <inheritdoc/>
    public override string Name => "cross-market";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        var other = new MarketId(Guid.CreateVersion7());

        // A rogue market passes this one's challenge on, and its victim's proof back.
        await using (var rogue = await WireAgent.ConnectAsync(market))
        {
            await rogue.SendAsync(WireAgent.FrameOf(1, rogue.Proof(market: other)));
            log.Expect(
                "a proof for another market", await rogue.ReadToEndAsync(),
                $"closed: {nameof(GatewayRefusal.AuthenticationFailed)}");
        }

        await using var traders = await TradersAsync(market);
        var opened = await traders.OpenAsync();
        var hash = Wares.HashOf(
            traders.Seller.Hello.Market, traders.Listing, opened.Negotiation, opened, Party.Buyer, 5_000);
        var accept = new AcceptOffer(Wares.Message(), opened.Negotiation, opened.Seq, opened.Seq, hash);
        log.Expect(
            "an accept signed for another market", await traders.Seller.AskAsync(traders.Seller.Signed(accept, other)),
            nameof(GatewayRefusal.SignatureIsWrong));
        log.Expect(
            "the same signed for this one", await traders.Seller.AskAsync(traders.Seller.Signed(accept)),
            nameof(ActRecorded));
    }
}
