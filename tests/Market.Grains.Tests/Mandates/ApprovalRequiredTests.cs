using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Grains.Tests.Journaling;
using Market.Testing;

namespace Market.Grains.Tests.Mandates;

/// <summary>
/// A binding act above its mandate's threshold: refused to its sender with what has to be approved, no row and no
/// version; taken with the approval of exactly that; and settled by the ledger with the same.
/// </summary>
public sealed class ApprovalRequiredTests : IDisposable
{
    private static readonly NegotiationId Id = MandateMarket.NegotiationOf(1);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_accept_above_the_threshold_waits_for_the_approval_of_exactly_its_terms()
    {
        await using var market = await MarketAsync();
        await OfferedAsync(market, 94_00);

        var due = Assert.IsType<ApprovalDue>(await AcceptAsync(market, null));
        Assert.Equal(LedgerRefusal.ApprovalRequired, due.Refused!.Reason);
        Assert.Equal((94_00L, 2L), (due.Matter.Total.MinorUnits, due.Matter.OfferNumber!.Value));
        Assert.Equal(2, (await market.EventsOfAsync(1)).Length);

        Assert.IsType<ApprovalDue>(await AcceptAsync(market, Granted(market, due.Matter with
        {
            TermsHash = Hash256.Of([1]),
        })));
        Assert.IsType<ActRecorded>(await AcceptAsync(market, Granted(market, due.Matter)));
        var accepted = Assert.IsType<OfferAccepted>((await market.EventsOfAsync(1))[2]);
        Assert.Equal(accepted.TermsHash, accepted.Approval?.TermsHash);
    }

    [Theory]
    [InlineData(90_00, false)]
    [InlineData(90_01, true)]
    public async Task The_threshold_itself_needs_no_approval(long total, bool isDue)
    {
        await using var market = await MarketAsync();
        await OfferedAsync(market, total);

        Assert.Equal(isDue, await AcceptAsync(market, null) is ApprovalDue);
    }

    [Fact]
    public async Task A_revoked_mandate_is_stronger_than_an_approval()
    {
        await using var market = await MarketAsync();
        await OfferedAsync(market, 94_00);
        var due = Assert.IsType<ApprovalDue>(await AcceptAsync(market, null));
        await market.LedgerDoesAsync(new RevokeMandate(MandateMarket.IdOf(1), Some.Buyer.Principal));

        var refused = Assert.IsType<LedgerRefused>(await AcceptAsync(market, Granted(market, due.Matter)));
        Assert.Equal(LedgerRefusal.MandateRevoked, refused.Reason);
    }

    [Fact]
    public async Task An_opening_above_the_threshold_opens_nothing()
    {
        await using var market = await MarketAsync();
        var opening = market.Opening(1, mandate: 1, unitPrice: 94_00);
        var due = Assert.IsType<ApprovalDue>(await market.AskAsync(GrainId.Of(Id), opening));
        Assert.Empty(await market.EventsOfAsync(1));

        Assert.IsType<ActRecorded>(await market.AskAsync(
            GrainId.Of(Id), opening with { Approval = Granted(market, due.Matter) }));
    }

    [Fact]
    public async Task What_a_party_may_have_approved_is_told_to_it_and_to_no_stranger()
    {
        await using var market = await MarketAsync();
        await OfferedAsync(market, 94_00);

        var due = await market.AskAsync(GrainId.Of(Id), new GetApprovalMatter(Some.BuyerAgent, 2, null));
        Assert.Equal(94_00, Assert.IsType<ApprovalDue>(due).Matter.Total.MinorUnits);
        var stranger = await market.AskAsync(GrainId.Of(Id), new GetApprovalMatter(Some.StrangerAgent, 2, null));
        Assert.Equal(nameof(NegotiationRefusal.NegotiationNotFound), Assert.IsType<Refused>(stranger).Name);
    }

    private static GrantedApproval Granted(MandateMarket market, ApprovalMatter matter) => new(
        new ApprovalId(Guid.Empty), matter.TermsHash,
        WireFormat.Encode(ApprovalDocument.Of(matter, market.Now + ApprovalLimits.ValidityMax)), new byte[64]);

    private static async Task OfferedAsync(MandateMarket market, long unitPrice)
    {
        await market.OpenAsync(1, mandate: 1);
        var offer = new MakeOffer(Some.Message(2, market.Now), Id, 1, Some.Offer(unitPrice));
        Assert.IsType<ActRecorded>(await market.AskAsync(
            GrainId.Of(Id), new PerformAct(Some.SellerAgent, offer, Some.Digest(2), null, default)));
    }

    private static async Task<object> AcceptAsync(MandateMarket market, GrantedApproval? approval)
    {
        var standing = (StandingOffer)await market.AskAsync(GrainId.Of(Id), new GetStandingOffer(Some.BuyerAgent));
        var accept = new AcceptOffer(Some.Message(3, market.Now), Id, 2, 2, standing.Offer!.Hash);
        return await market.AskAsync(
            GrainId.Of(Id),
            new PerformAct(Some.BuyerAgent, accept, Some.Digest(3), null, default, approval));
    }

    private async Task<MandateMarket> MarketAsync()
    {
        var market = await MandateMarket.OpenAsync(_folder);
        await market.LedgerDoesAsync(new GrantMandate(market.Mandate(1) with { ApprovalAboveMinor = 90_00 }));
        return market;
    }
}
