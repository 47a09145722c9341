using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Enrolling;
using Market.Grains.Hosting;
using Market.Grains.Searching;
using Market.Grains.Watching;
using Market.Silo.Gateway.Authorising;
using Market.Silo.Hosting;

namespace Market.Silo.Gateway;

/// <summary>
/// Routes what agents ask to the grains, and turns what comes back into the message that goes out. It holds no state of
/// any negotiation.
/// </summary>
/// <param name="cluster">The grains.</param>
/// <param name="catalog">The listings.</param>
/// <param name="tenders">The open tenders.</param>
/// <param name="listings">Which versions of listings are the newest.</param>
/// <param name="verifier">Verifies signatures.</param>
/// <param name="options">The market's rules.</param>
/// <param name="mandates">Says whether a mandate asks for an approval; null where nothing does.</param>
internal sealed partial class Dispatcher(
    IGrainCluster cluster,
    ICatalog catalog,
    OpenTenders tenders,
    IListingAdvisor listings,
    ActVerifier verifier,
    GatewayOptions options,
    IMandateAdvisor? mandates = null)
{
    /// <summary>What agents ask about session keys; null where there are none.</summary>
    public SessionKeyDesk? SessionKeys { get; init; }

    /// <summary>What agents and principals ask about keys and policies; null where nothing answers that.</summary>
    public IdentityDesk? Identities { get; init; }

    /// <summary>Who has a key of its own, and who deals with whom; null where nobody follows the directory.</summary>
    public DirectoryWatch? Directory { get; init; }

    /// <summary>Of which agents signed acts are just being decided.</summary>
    public AgentKeyLeases AgentKeys { get; init; } = new();

    /// <summary>What agents ask about hosted strategies; null where none are hosted.</summary>
    public HostingDesk? Hostings { get; init; }

    /// <summary>How many open negotiations each buyer has; null where that is not limited.</summary>
    public OpenNegotiationCounts? Openings { get; init; }

    /// <summary>
    /// Asks what a registered agent asks, which <see cref="Authorisation"/> has allowed. The answer is a message, or
    /// what <see cref="AnswerOf"/> makes one of.
    /// </summary>
    public ValueTask<object> AskAsync(Agent agent, AgentRequest request) =>
        request is { IsSigned: true, SessionKey: null } ? AskSignedAsync(agent, request) : RouteAsync(agent, request);

    private ValueTask<object> RouteAsync(Agent agent, AgentRequest request) => request.Message switch
    {
        AcceptOffer accept when request.IsSigned => AcceptAsync(agent, request, accept),
        NegotiationAct act => AskAsync(agent, request, act, Hash256.Zero),
        SearchListings query => SearchAsync(agent, query),
        SearchRequests query => SearchAsync(agent, query),
        CompareListings query => SearchAsync(agent, query),
        GetPriceHistory query => SearchAsync(agent, query),
        GetBalances => cluster.AskAsync(GrainId.Ledger, new GetBalancesOf(agent.Principal)),
        OpenNegotiation open => OpenAsync(agent, request, open),
        PublishListing { Draft.Mandate: { } named } when !IsMandateOf(agent, named) => UnknownMandate(),
        UpdateListing { Draft.Mandate: { } named } when !IsMandateOf(agent, named) => UnknownMandate(),
        PublishListing publish =>
            cluster.AskAsync(GrainId.OfSeller(agent.Number), CommandOf(agent, request, publish)),
        UpdateListing update =>
            cluster.AskAsync(GrainId.OfSeller(agent.Number), CommandOf(agent, request, update)),
        WithdrawListing withdraw =>
            cluster.AskAsync(GrainId.OfSeller(agent.Number), CommandOf(agent, request, withdraw)),
        PublishRequest publish =>
            cluster.AskAsync(GrainId.OfBuyer(agent.Number), CommandOf(agent, request, publish)),
        OpenTender open => OpenAsync(agent, request, open),
        SubmitBid bid => BidAsync(agent, request, bid),
        ChooseBids choose => ChooseAsync(agent, request, choose),
        TenderAct act => PassOnAsync(agent, request, act, null, null),
        TenderQuery query => AskAsync(agent, query),
        FindTenders query => Answer(tenders.Find(query)),
        GrantOwnMandate grant => GrantAsync(agent, grant),
        RevokeOwnMandate revoke => RevokeAsync(agent, revoke),
        SuspendOwnMandate suspend => SuspendAsync(agent, suspend),
        ResumeOwnMandate resume => ResumeAsync(agent, resume),
        RequestApproval ask => RequestApprovalAsync(agent, request, ask),
        ListApprovals query => ApprovalsAsync(agent.Principal, new QueryApprovals(query, agent.Number)),
        GetApproval query => ApprovalsAsync(agent.Principal, new QueryApproval(query.Id, agent.Number)),
        EnrolPrincipalKey enrol => EnrolKeyAsync(agent.Principal, agent.Number, enrol),
        GetMandate query => cluster.AskAsync(GrainId.Ledger, new GetMandateOf(query.Mandate, agent.Principal)),
        MakeSessionKey or EnrolSessionKey or RevokeSessionKey when SessionKeys is { } desk =>
            desk.AskAsync(agent, request),
        RotateKey or RevokeKey or ListAgents or SetAdmission or GetAdmission or GetCounterparty
            when Identities is { } desk => desk.AskAsync(agent, request.Message),
        HostStrategy or StopHosting or GetHosting when Hostings is { } desk => desk.AskAsync(agent, request.Message),
        _ => Answer(Refusals.Of(GatewayRefusal.MessageTypeUnknown)),
    };

    /// <summary>The agent of a key, or the principal whose own key it is; nulls where it is neither's.</summary>
    public async ValueTask<AgentFound> FindByKeyAsync(ReadOnlyMemory<byte> publicKey)
    {
        var query = new FindAgentByKey(Hash256.Of(publicKey.Span));
        return await cluster.AskAsync(GrainId.Directory, query).ConfigureAwait(false) as AgentFound
            ?? new AgentFound(null);
    }

    /// <summary>
    /// The message that a grain's answer goes out as. A negotiation that is not there gets the same bytes as one that
    /// is another's, so that nobody can tell the two apart.
    /// </summary>
    public static object AnswerOf(object answer, object? message) => answer switch
    {
        GrainNotFound => Authorisation.NotFound(message),
        LedgerRefused refused => Refusals.Of(refused.Reason, DetailOf(refused)),
        ApprovalDue due => RefusalOf(due),
        _ => answer,
    };

    private static ValueTask<object> UnknownMandate() => Answer(new LedgerRefused(LedgerRefusal.MandateUnknown));

    private static ValueTask<object> Answer(object answer) => ValueTask.FromResult(answer);

    private static string? DetailOf(LedgerRefused refused) =>
        refused is { Asked: { } asked, Allowed: { } allowed } ? $"Asked: {asked}; allowed: {allowed}."
        : refused.Field is not LedgerField.None and var field ? $"Element: {field}."
        : null;

    private ValueTask<object> AskAsync(Agent agent, AgentRequest request, NegotiationAct act, Hash256 verifiedOffer)
    {
        var command = new PerformAct(
            agent.Number, act, request.Digest, request.EvidenceOf(agent.Number), verifiedOffer,
            SessionKey: request.SessionKey);
        return PerformAsync(
            act.Negotiation, command, (act as MakeOffer)?.Offer,
            approval => command with { Approval = approval });
    }

    private async ValueTask<object> AcceptAsync(Agent agent, AgentRequest request, AcceptOffer accept)
    {
        // An agent's own signature has been verified before this; one by a session key, which the market holds, here.
        if (request.SessionKey is not null
            && !await verifier.VerifyAsync(request.EvidenceOf(agent.Number)!).ConfigureAwait(false))
        {
            return Refusals.Of(GatewayRefusal.SignatureIsWrong);
        }

        var (offer, answer) = await verifier.VerifyStandingOfferAsync(accept.Negotiation, agent.Number)
            .ConfigureAwait(false);
        return answer ?? await AskAsync(agent, request, accept, offer).ConfigureAwait(false);
    }

    private AddListing CommandOf(Agent agent, AgentRequest request, PublishListing publish) => new(
        agent.Number,
        agent.Principal,
        publish.Message,
        request.Digest,
        new ListingId(Derive("listing", agent, publish.Message)),
        publish.Draft);

    private AddRequest CommandOf(Agent agent, AgentRequest request, PublishRequest publish) => new(
        agent.Number,
        agent.Principal,
        publish.Message,
        request.Digest,
        new RequestId(Derive("request", agent, publish.Message)),
        publish.Draft);

    private static ChangeListing CommandOf(Agent agent, AgentRequest request, UpdateListing update) => new(
        agent.Number,
        agent.Principal,
        update.Message,
        request.Digest,
        update.Listing,
        update.ExpectedVersion,
        update.Draft);

    private static EndListing CommandOf(Agent agent, AgentRequest request, WithdrawListing withdraw) => new(
        agent.Number, agent.Principal, withdraw.Message, request.Digest, withdraw.Listing, withdraw.ExpectedVersion);

    private Guid Derive(string purpose, Agent agent, MessageId message) =>
        MessageIds.Derive(purpose, options.Market, agent.Number, message);
}
