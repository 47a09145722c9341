using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>Opening a negotiation: what it is about is taken from the listing, never from the agent.</content>
internal sealed partial class Dispatcher
{
    private async ValueTask<object> OpenAsync(Agent agent, AgentRequest request, OpenNegotiation open)
    {
        var (command, refused) = await PrepareAsync(
            agent, open, request.Digest, request.EvidenceOf(agent.Number)).ConfigureAwait(false);
        return command is null
            ? refused!
            : await PerformAsync(
                command.Negotiation,
                command,
                open.Protocol == Protocol.PostedPrice ? null : open.FirstOffer,
                approval => command with { Approval = approval }).ConfigureAwait(false);
    }

    /// <summary>The command that opens, or the answer to send where it is refused already.</summary>
    private async ValueTask<(OpenNegotiationCommand? Command, object? Refused)> PrepareAsync(
        Agent agent, OpenNegotiation open, ActDigest digest, Evidence? evidence)
    {
        var listing = catalog.Find(open.Listing);
        var refusal =
            listing is null ? ListingRefusal.ListingNotFound
            : listing.Version != open.ListingVersion ? ListingRefusal.ListingVersionIsStale
            : ListingRules.Refuse(listing.Draft, open.Order);
        if (refusal is { } reason)
        {
            return (null, Refusals.Of(reason));
        }

        if (open.Request is { } need && await cluster.AskAsync(GrainId.OfBuyer(agent.Number), new FindRequest(need))
                .ConfigureAwait(false) is not RequestFound { Request: not null })
        {
            return (null, Refusals.Of(ListingRefusal.RequestNotFound));
        }

        if (open.Protocol == Protocol.PostedPrice && evidence is not null
            && !await verifier.VerifyAsync(evidence).ConfigureAwait(false))
        {
            return (null, Refusals.Of(GatewayRefusal.SignatureIsWrong));
        }

        return (CommandOf(agent, digest, open, listing!, evidence), null);
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
