using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>
/// Tenders: what a bid is about is taken from its listing, and the nonce from the system's randomness. Nothing of a
/// tender is kept or logged here.
/// </content>
internal sealed partial class Dispatcher
{
    /// <summary>Most bytes of a frame around the bids of a page.</summary>
    private const int FrameHeaderBytesMax = 32;

    /// <summary>Makes the nonce that the market commits to for a tender; unpredictable to everybody.</summary>
    public Func<TenderId, Hash256> TenderNonces { get; init; } =
        static _ => Hash256.FromBytes(RandomNumberGenerator.GetBytes(Hash256.Size));

    private async ValueTask<object> OpenAsync(Agent agent, AgentRequest request, OpenTender open)
    {
        var tender = new TenderId(Derive("tender", agent, open.Message));
        if (!tenders.HasRoomFor(agent.Number, tender))
        {
            return Refusals.Of(
                TenderRefusal.TooManyOpenTenders, $"Close one first; {TenderLimits.OpenTendersMax} may be open.");
        }

        if (await cluster.AskAsync(GrainId.OfBuyer(agent.Number), new FindRequest(open.Request)).ConfigureAwait(false)
            is not RequestFound { Request: { } need })
        {
            return Refusals.Of(ListingRefusal.RequestNotFound);
        }

        if (!IsMandateOf(agent, open.Mandate))
        {
            return new LedgerRefused(LedgerRefusal.MandateUnknown);
        }

        if (!await AreSellersAsync(open.Invited).ConfigureAwait(false))
        {
            return Refusals.Of(
                TenderRefusal.InvitationsAreInvalid,
                $"Name at most {TenderLimits.InvitedMax} sellers' agents, each once.");
        }

        if (open.FinalRoundOf is { } earlier && !await IsRevealedAsync(agent, earlier).ConfigureAwait(false))
        {
            return Refusals.Of(TenderRefusal.FinalRoundOfUnknownTender);
        }

        var rules = new NegotiationRules(
            Protocol.Bilateral, open.RoundsMax, open.Duration, options.FeeBasisPoints, options.SignaturesRequired);
        var command = new OpenTenderCommand(
            open.Message,
            request.Digest,
            tender,
            new Participant(agent.Number, agent.Principal, open.Mandate),
            need,
            open.Window,
            open.Invited,
            rules,
            TenderNonces(tender),
            open.FinalRoundOf);
        return await cluster.AskAsync(GrainId.Of(tender), command).ConfigureAwait(false);
    }

    private async ValueTask<object> ChooseAsync(Agent agent, AgentRequest request, ChooseBids choose)
    {
        if (Openings?.TryEnter(agent.Number, choose.Bids.Count, options.Limits.OpenNegotiations) == false)
        {
            var earlier = await cluster.AskAsync(
                GrainId.Of(choose.Tender), new FindTenderAct(agent.Number, choose.Message, request.Digest))
                .ConfigureAwait(false);
            return earlier is BidsWereChosen ? earlier : TooManyNegotiations();
        }

        try
        {
            return await PassOnAsync(agent, request, choose, null, null).ConfigureAwait(false);
        }
        finally
        {
            Openings?.Leave(agent.Number, choose.Bids.Count);
        }
    }

    private async ValueTask<object> BidAsync(Agent agent, AgentRequest request, SubmitBid bid)
    {
        var listing = await catalog.FindAsync(bid.Listing).ConfigureAwait(false);
        if ((FaultOf(agent, bid, listing) ?? RefusalOf(agent, bid)) is { } fault)
        {
            // A bid that was recorded before its listing, or whom the buyer deals with, changed gets its answer all the
            // same.
            var earlier = await cluster.AskAsync(
                GrainId.Of(bid.Tender), new FindTenderAct(agent.Number, bid.Message, request.Digest))
                .ConfigureAwait(false);
            return earlier is BidRecorded ? earlier : fault;
        }

        var bidder = new Participant(listing!.Seller, listing.Principal, listing.Draft.Mandate);
        var subject = ListingRules.SubjectOf(listing, bid.Order, request: null);
        return await PassOnAsync(agent, request, bid, bidder, subject).ConfigureAwait(false);
    }

    /// <summary>Why the tender's buyer does not deal with a bidder, or null.</summary>
    private Refused? RefusalOf(Agent agent, SubmitBid bid) =>
        Directory is not null && tenders.BuyerOf(bid.Tender) is { } buyer ? RefusalBy(buyer, agent) : null;

    private Refused? FaultOf(Agent agent, SubmitBid bid, Listing? listing)
    {
        if (listing is null || listing.Version != bid.ListingVersion)
        {
            var stale = listings.Advise(bid.Listing, bid.ListingVersion);
            return stale is null
                ? Refusals.Of(listing is null ? ListingRefusal.ListingNotFound : ListingRefusal.ListingVersionIsStale)
                : Refusals.Of(stale.Refusal, fields: stale.Fields);
        }

        return listing.Seller != agent.Number ? Refusals.Of(TenderRefusal.ListingIsNotYours)
            : ListingRules.Check(listing.Draft, bid.Order) is { } order
                ? Refusals.Of(order.Refusal, fields: order.Fields)
            : null;
    }

    private ValueTask<object> PassOnAsync(
        Agent agent, AgentRequest request, TenderAct act, Participant? bidder, Subject? subject) => cluster.AskAsync(
            GrainId.Of(act.Tender),
            new PerformTenderAct(
                agent.Number, act, request.Digest, request.EvidenceOf(agent.Number), bidder, subject));

    /// <summary>The answer to a question; a page of bids is cut so that it fits a frame, but for its first.</summary>
    private async ValueTask<object> AskAsync(Agent agent, TenderQuery query)
    {
        var answer = await cluster.AskAsync(GrainId.Of(query.Tender), new AskTender(agent.Number, query))
            .ConfigureAwait(false);
        if (answer is not BidsPage page)
        {
            return answer;
        }

        using var writer = MessagePackWriter.Rent();
        for (var i = 0; i < page.Bids.Count; i++)
        {
            WireFormat.Write(writer, page.Bids[i]);
            if (writer.Written.Length > MarketLimits.FrameBytesMax - FrameHeaderBytesMax && i > 0)
            {
                return page with { Bids = ValueArray.Create(page.Bids.AsSpan()[..i]), HasMore = true };
            }
        }

        return page;
    }

    private async ValueTask<bool> AreSellersAsync(ValueArray<AgentNumber> agents)
    {
        if (agents.Count > TenderLimits.InvitedMax)
        {
            return false;
        }

        for (var i = 0; i < agents.Count; i++)
        {
            var answer = await cluster.AskAsync(GrainId.Directory, new FindAgent(agents[i])).ConfigureAwait(false);
            if (answer is not AgentFound { Agent.Profile.Role: AgentRole.Seller })
            {
                return false;
            }
        }

        return true;
    }

    private async ValueTask<bool> IsRevealedAsync(Agent buyer, TenderId tender) =>
        await cluster.AskAsync(GrainId.Of(tender), new AskTender(buyer.Number, new GetTender(tender)))
            .ConfigureAwait(false) is TenderView { Reveal: not null } view
        && view.Call.Request.Buyer == buyer.Number;
}
