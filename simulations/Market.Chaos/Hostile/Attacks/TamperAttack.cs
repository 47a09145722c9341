using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>Signatures and what they cover are changed on their way.</summary>
internal sealed class TamperAttack : Attack
{
    /// <inheritdoc/>
    public override string Name => "tamper";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var traders = await TradersAsync(market);
        var (seller, opened) = (traders.Seller, await traders.OpenAsync());
        var hash = Wares.HashOf(seller.Hello.Market, traders.Listing, opened.Negotiation, opened, Party.Buyer, 5_000);
        var accept = new AcceptOffer(Wares.Message(), opened.Negotiation, opened.Seq, opened.Seq, hash);
        var signed = seller.Signed(accept);

        // Few enough that its session is not closed for them.
        foreach (var at in (int[])[0, 31, 63])
        {
            log.Expect(
                $"byte {at} of the signature changed",
                await seller.AskAsync(signed with { Signature = Flip(signed.Signature, at) }),
                nameof(GatewayRefusal.SignatureIsWrong));
        }

        log.Expect(
            "a signature of zeros", await seller.AskAsync(signed with { Signature = new byte[64] }),
            nameof(GatewayRefusal.SignatureIsWrong));
        log.Expect(
            "half a signature", await seller.AskAsync(signed with { Signature = signed.Signature[..32] }),
            nameof(GatewayRefusal.SignatureIsWrong));
        log.Expect(
            "another act under the signature",
            await seller.AskAsync(signed with
            {
                Act = WireCatalog.EncodeTagged(accept with { Message = Wares.Message() }),
            }),
            nameof(GatewayRefusal.SignatureIsWrong));
        log.Expect("no signature", await seller.AskAsync(accept), nameof(NegotiationRefusal.SignatureRequired));
        log.Expect(
            "another offer's hash",
            await seller.AskAsync(seller.Signed(accept with { Message = Wares.Message(), OfferHash = Hash256.Zero })),
            nameof(NegotiationRefusal.OfferHashDiffers));
        log.Expect("the untouched accept", await seller.AskAsync(signed), nameof(ActRecorded));
    }

    private static byte[] Flip(ReadOnlyMemory<byte> bytes, int at)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= 0x40;
        return flipped;
    }
}
