using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>A thief has an agent's key and an open session with it; then the agent revokes the key.</summary>
internal sealed class StolenKeyAttack : Attack
{
    private const string Closed = $"closed: {nameof(AgentKeyRefusal.KeyRevoked)}";

    /// <inheritdoc/>
    public override string Name => "stolen-key";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var traders = await TradersAsync(market);
        var opened = await traders.OpenAsync();
        await using var thief = await WireAgent.AuthenticateAsync(market, traders.Seller.Key);
        log.Expect(
            "the thief's session while the key is good", await thief.AskAsync(new GetBalances()), nameof(Balances));

        var key = Hash256.Of(traders.Seller.Key.ExportSubjectPublicKeyInfo());
        log.Expect(
            "the revocation", await traders.Seller.AskAsync(new RevokeKey(key, KeyRevocationReason.Compromised)),
            nameof(AgentKeyRecorded), Closed);
        log.Expect("the thief's session", await thief.Ended.WaitAsync(size.Patience), Closed);
        log.Expect(
            "an offer in the session that has ended", await thief.AskAsync(thief.Signed(
                new MakeOffer(Wares.Message(), opened.Negotiation, 1, Wares.Firm(9_000)))),
            Closed);

        await using var again = await WireAgent.ConnectAsync(market, traders.Seller.Key);
        await again.SendAsync(WireAgent.FrameOf(1, again.Proof()));
        log.Expect("a new session with the key", await again.ReadToEndAsync(), Closed);
        log.Expect(
            "the other side goes on", await traders.Buyer.AskAsync(new GetBalances()), nameof(Balances));
    }
}
