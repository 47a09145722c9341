using Market.Client;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Silo.Tests.Approvals;

/// <summary>
/// What the counterparty gets over its connection is the same whether an approval was needed, asked for, denied at
/// first, given, or none of it: as many events, as many bytes, and, but for ids, times and hashes, the same ones.
/// </summary>
public sealed class CounterpartyFramesTests
{
    [Fact]
    public async Task The_seller_gets_the_same_events_whatever_the_buyers_principal_is_asked()
    {
        await using var market = await ApprovedMarket.StartAsync(folder: null);
        await using var alice = await PrincipalClient.ConnectAsync(market.Uri, market.AlicesKey);
        var free = (await alice.GrantMandateAsync(
            market.Buyer.Agent!.Number, new Money(100_00, Currency.Usd), new Money(400_00, Currency.Usd),
            TimeSpan.FromDays(1))).Mandate;

        var plain = await SellerSeesAsync(market, free, static negotiation => AcceptAsync(negotiation));
        var approved = await SellerSeesAsync(market, market.Mandate, async negotiation =>
        {
            var offer = negotiation.State.CounterpartyOffer!;
            Assert.Equal(RefusalCode.ApprovalRequired, (await negotiation.TryAcceptAsync(offer)).Code);
            await alice.DenyAsync(await market.AskAsync(negotiation));
            Assert.Equal(RefusalCode.ApprovalRequired, (await negotiation.TryAcceptAsync(offer)).Code);
            await alice.ApproveAsync(await alice.GetApprovalAsync(await market.AskAsync(negotiation)));
            await AcceptAsync(negotiation);
        });

        Assert.Equal(4, plain.Count);
        Assert.Equal(plain, approved);
    }

    private static Task<ActRecorded> AcceptAsync(Negotiation negotiation) =>
        negotiation.AcceptAsync(negotiation.State.CounterpartyOffer!);

    private static async Task<List<string>> SellerSeesAsync(
        ApprovedMarket market, MandateId mandate, Func<Negotiation, Task> accept)
    {
        var buyers = await market.OfferedAsync(mandate: mandate);
        await accept(buyers);
        await buyers.WaitForDealAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return [.. (await market.SellersDealAsync()).Select(BytesOf)];
    }

    /// <summary>The bytes of an event, and how many they are before what differs by nature was blanked.</summary>
    private static string BytesOf(MarketEvent seen)
    {
        NegotiationEvent blank = seen.Event switch
        {
            NegotiationOpened e => e with { FirstOffer = Blank(e.FirstOffer) },
            OfferMade e => e with
            {
                Act = e.Act! with { Message = default, Digest = new ActDigest(ulong.MaxValue, ulong.MaxValue) },
                Evidence = e.Evidence! with { SignedBytes = default, Signature = default },
                Offer = Blank(e.Offer)!,
            },
            OfferAccepted e => e with { OfferHash = default, Deal = default, TermsHash = default },
            DealSettled e => e with
            {
                Deal = default,
                Receipt = e.Receipt with { Bytes = new byte[e.Receipt.Bytes.Length], Signature = new byte[64] },
            },
            var other => other,
        };
        blank = blank with { At = new LedgerTime(long.MaxValue), Negotiation = default };
        return $"{seen.Seq} {WireCatalog.EncodeTagged(seen.Event).Length} "
            + Convert.ToHexString(WireCatalog.EncodeTagged(blank));
    }

    private static Offer? Blank(Offer? offer) =>
        offer is null ? null : offer with { ValidUntil = default, Hash = default };
}
