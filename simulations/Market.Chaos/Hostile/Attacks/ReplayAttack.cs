using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>What was sent once is sent again: by its sender, by another, on another connection, years later.</summary>
internal sealed class ReplayAttack : Attack
{
    /// <inheritdoc/>
    public override string Name => "replay";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var traders = await TradersAsync(market);
        await ReplayProofAsync(market, traders.Buyer, log);
        var opening = traders.Buyer.Signed(Wares.Opening(traders.Listing, Wares.Firm(5_000)));
        var opened = (ActRecorded)await traders.Buyer.AskAsync(opening);
        var offer = new MakeOffer(Wares.Message(), opened.Negotiation, 1, Wares.Firm(9_000));
        var signed = traders.Seller.Signed(offer);
        var made = await traders.Seller.AskAsync(signed);
        for (var i = 0; i < 3; i++)
        {
            log.Require("a repeated act has its first answer", made.Equals(await traders.Seller.AskAsync(signed)));
        }

        log.Expect(
            "the same id with other terms", await traders.Seller.AskAsync(
                traders.Seller.Signed(offer with { Offer = Wares.Firm(9_001) })),
            nameof(NegotiationRefusal.MessageIdReused));
        var old = new MessageId(Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(-8)));
        log.Expect(
            "an act of last week", await traders.Buyer.AskAsync(traders.Buyer.Signed(
                new MakeOffer(old, opened.Negotiation, 2, Wares.Firm(5_100)))),
            nameof(NegotiationRefusal.MessageIdTooOld));
        log.Expect(
            "the sequence is where one act has put it", await traders.Buyer.AskAsync(traders.Buyer.Signed(
                new MakeOffer(Wares.Message(), opened.Negotiation, 2, Wares.Firm(5_200)))),
            nameof(ActRecorded));
        await ReplayOfAnotherAsync(market, traders, signed, opening, log);
    }

    private static async Task ReplayProofAsync(Uri market, WireAgent victim, AttackLog log)
    {
        await using var thief = await WireAgent.ConnectAsync(market);
        await thief.SendAsync(WireAgent.FrameOf(1, victim.Proof())); // it was good on the victim's own connection
        log.Expect(
            "a proof of another connection", await thief.ReadToEndAsync(),
            $"closed: {nameof(GatewayRefusal.AuthenticationFailed)}");
    }

    private static async Task ReplayOfAnotherAsync(
        Uri market, Traders traders, SignedAct offer, SignedAct opening, AttackLog log)
    {
        await using var thief = await WireAgent.RegisterAsync(market, AgentRole.Buyer, Handle("thief"));
        log.Expect(
            "another's offer", await thief.AskAsync(offer), nameof(NegotiationRefusal.NegotiationNotFound),
            nameof(GatewayRefusal.SignatureIsWrong));
        var answer = await thief.AskAsync(opening);
        if (!log.Expect(
            "another's opening", answer, nameof(ActRecorded), nameof(GatewayRefusal.SignatureIsWrong))
            || answer is not ActRecorded opened)
        {
            return;
        }

        // Nobody can accept what its sender has not signed.
        var hash = Wares.HashOf(
            traders.Seller.Hello.Market, traders.Listing, opened.Negotiation, opened, Party.Buyer, 5_000);
        log.Expect(
            "accepting an opening that another had signed", await traders.Seller.AskAsync(traders.Seller.Signed(
                new AcceptOffer(Wares.Message(), opened.Negotiation, opened.Seq, opened.Seq, hash))),
            nameof(NegotiationRefusal.EvidenceNotVerified));
    }
}
