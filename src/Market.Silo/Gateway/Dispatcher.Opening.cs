using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>Opening a negotiation: what it is about is taken from the listing, never from the agent.</content>
internal sealed partial class Dispatcher
{
    private async ValueTask<object> OpenAsync(Agent agent, AgentRequest request, OpenNegotiation open)
    {
        if (Openings?.TryEnter(agent.Number, 1, options.Limits.OpenNegotiations) == false)
        {
            return await AnswerToEarlierAsync(agent, request, open).ConfigureAwait(false) ?? TooManyNegotiations();
        }

        try
        {
            return await OpenCountedAsync(agent, request, open).ConfigureAwait(false);
        }
        finally
        {
            Openings?.Leave(agent.Number, 1);
        }
    }

    private Refused TooManyNegotiations() => Refusals.Of(
        NegotiationRefusal.TooManyOpenNegotiations,
        $"One agent may have opened {options.Limits.OpenNegotiations} that have not ended.");

    private async ValueTask<object> OpenCountedAsync(Agent agent, AgentRequest request, OpenNegotiation open)
    {
        var (command, refused) = await PrepareAsync(agent, open, request).ConfigureAwait(false);
        return command is null
            ? refused!
            : await PerformAsync(
                command.Negotiation,
                command,
                open.Protocol == Protocol.PostedPrice ? null : open.FirstOffer,
                approval => command with { Approval = approval }).ConfigureAwait(false);
    }

    /// <summary>The command that opens, or the answer to send where it is refused already.</summary>
    /// <param name="agent">Who opens.</param>
    /// <param name="open">The opening.</param>
    /// <param name="request">The request that it came with; null where it is only asked about.</param>
    private async ValueTask<(OpenNegotiationCommand? Command, object? Refused)> PrepareAsync(
        Agent agent, OpenNegotiation open, AgentRequest? request)
    {
        var evidence = request?.EvidenceOf(agent.Number);
        var listing = await catalog.FindAsync(open.Listing).ConfigureAwait(false);
        var refused = FaultOf(open, listing) is { } fault
            ? Refusals.Of(fault.Refusal, fields: fault.Fields)
            : RefusalBy(listing!.Seller, agent);
        if (refused is not null)
        {
            var earlier = request is { } asked
                ? await AnswerToEarlierAsync(agent, asked, open).ConfigureAwait(false)
                : null;
            return (null, earlier ?? refused);
        }

        if (open.Request is { } need && await cluster.AskAsync(GrainId.OfBuyer(agent.Number), new FindRequest(need))
                .ConfigureAwait(false) is not RequestFound { Request: not null })
        {
            return (null, Refusals.Of(ListingRefusal.RequestNotFound));
        }

        if (!IsMandateOf(agent, open.Mandate))
        {
            return (null, new LedgerRefused(LedgerRefusal.MandateUnknown));
        }

        return (CommandOf(agent, request?.Digest ?? default, open, listing!, evidence), null);
    }

    /// <summary>
    /// Whether an agent may name a mandate: another principal's is not told apart from none, and names nothing here.
    /// </summary>
    private bool IsMandateOf(Agent agent, Domain.MandateId? mandate) =>
        mandate is not { } named || mandates?.IsOf(named, agent.Principal) != false;

    private ListingFault? FaultOf(OpenNegotiation open, Listing? listing) =>
        listing is null
            ? listings.Advise(open.Listing, open.ListingVersion) ?? new ListingFault(ListingRefusal.ListingNotFound, [])
        : listing.Version != open.ListingVersion
            ? listings.Advise(open.Listing, open.ListingVersion)
                ?? ListingDifference.Stale(open.ListingVersion, listing.Version, [])
        : ListingRules.Check(listing.Draft, open.Order);

    /// <summary>
    /// The answer to an opening that was recorded before the listing changed: whoever asks again gets it all the same.
    /// Null where nothing was opened.
    /// </summary>
    private async ValueTask<object?> AnswerToEarlierAsync(Agent agent, AgentRequest request, OpenNegotiation open)
    {
        var id = new Domain.NegotiationId(Derive("negotiation", agent, open.Message));
        var answer = await cluster.AskAsync(GrainId.Of(id), new FindOpening(open.Message, request.Digest))
            .ConfigureAwait(false);
        return answer is GrainNotFound ? null : answer;
    }

    private OpenNegotiationCommand CommandOf(
        Agent agent, ActDigest digest, OpenNegotiation open, Listing listing, Evidence? evidence) => new(
            open.Message,
            digest,
            new Domain.NegotiationId(Derive("negotiation", agent, open.Message)),
            Party.Buyer,
            new Participant(agent.Number, agent.Principal, open.Mandate),
            new Participant(listing.Seller, listing.Principal, listing.Draft.Mandate),
            ListingRules.SubjectOf(listing, open.Order, open.Request),
            new NegotiationRules(
                open.Protocol, open.RoundsMax, open.Duration, options.FeeBasisPoints, options.SignaturesRequired,
                open.ImpasseAfter),
            open.FirstOffer,
            evidence);
}
