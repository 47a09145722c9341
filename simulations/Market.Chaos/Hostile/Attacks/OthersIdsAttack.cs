using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>
/// A stranger names what is another's. What it is told has the same bytes as for what is not there, so that it learns
/// nothing, and the owner finds everything as it was.
/// </summary>
internal sealed class OthersIdsAttack : Attack
{
    private static readonly string[] Uniform =
    [
        nameof(NegotiationRefusal.NegotiationNotFound), "ListingNotFound", "MandateUnknown", "TenderNotFound",
        "ApprovalUnknown", "SessionKeyUnknown", "HostingNotFound", nameof(GatewayRefusal.NotFound), "WrongRole",
        "RequestNotFound", "SubjectNotFound",
    ];

    /// <inheritdoc/>
    public override string Name => "others-ids";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var traders = await TradersAsync(market);
        var opened = await traders.OpenAsync();
        var granted = (MandateGranted)await traders.Seller.AskAsync(
            new GrantOwnMandate(Wares.Message(), Currency.Usd, 10_000, 15_000, TimeSpan.FromDays(5)));
        foreach (var role in (AgentRole[])[AgentRole.Buyer, AgentRole.Seller])
        {
            await using var stranger = await WireAgent.RegisterAsync(market, role, Handle("stranger"));
            var (absent, listing) = (new NegotiationId(Guid.CreateVersion7()), new ListingId(Guid.CreateVersion7()));
            foreach (var (mine, theirs) in ActsIn(absent).Zip(ActsIn(opened.Negotiation)))
            {
                await SameAsync(stranger, log, stranger.Signed(mine), stranger.Signed(theirs));
            }

            await SameAsync(
                stranger, log,
                new WithdrawListing(Wares.Message(), listing, 1),
                new WithdrawListing(Wares.Message(), traders.Listing.Id, 1));
            await SameAsync(
                stranger, log,
                new UpdateListing(Wares.Message(), listing, 1, Wares.Listing("Taken")),
                new UpdateListing(Wares.Message(), traders.Listing.Id, 1, Wares.Listing("Taken")));
            var unknown = new MandateId(Guid.CreateVersion7());
            await SameAsync(stranger, log, new GetMandate(unknown), new GetMandate(granted.Mandate));
            await SameAsync(
                stranger, log,
                new RevokeOwnMandate(Wares.Message(), unknown), new RevokeOwnMandate(Wares.Message(), granted.Mandate));
            await SameAsync(
                stranger, log,
                new SuspendOwnMandate(Wares.Message(), unknown, 1),
                new SuspendOwnMandate(Wares.Message(), granted.Mandate, 1));
            log.Expect(
                "a tender that is not there",
                await stranger.AskAsync(new GetTender(new TenderId(Guid.CreateVersion7()))),
                Uniform);
        }

        log.Expect(
            "the owner goes on", await traders.Seller.AskAsync(traders.Seller.Signed(
                new MakeOffer(Wares.Message(), opened.Negotiation, 1, Wares.Firm(9_000)))),
            nameof(ActRecorded));
        log.Expect(
            "the mandate is as it was", await traders.Seller.AskAsync(new GetMandate(granted.Mandate)), "MandateState");
    }

    private static async Task SameAsync(WireAgent stranger, AttackLog log, object absent, object foreign)
    {
        var (first, second) = (await stranger.AskAsync(absent), await stranger.AskAsync(foreign));
        var what = foreign is SignedAct ? "an act on another's" : $"{foreign.GetType().Name} of another's";
        if (log.Expect(what, second, Uniform) && first is Refused)
        {
            log.Require(
                $"{what} has other bytes than on what is not there",
                WireCatalog.EncodeTagged(first).AsSpan().SequenceEqual(WireCatalog.EncodeTagged(second)));
        }
    }

    private static IEnumerable<NegotiationAct> ActsIn(NegotiationId negotiation) =>
    [
        new MakeOffer(Wares.Message(), negotiation, 1, Wares.Firm(7_000)),
        new AcceptOffer(Wares.Message(), negotiation, 1, 1, default),
        new WithdrawOffer(Wares.Message(), negotiation, 1, 1),
        new RejectOffer(Wares.Message(), negotiation, 1, 1, ReasonCode.Price),
        new LeaveNegotiation(Wares.Message(), negotiation, 1, ReasonCode.Other),
        new JoinNegotiation(Wares.Message(), negotiation, 1),
    ];
}
