using System.Runtime.CompilerServices;
using Market.Client.Connecting;
using Market.Client.Following;
using Market.Client.Pending;
using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>
/// A principal's connection to a market, with its own key: it answers what its agents ask, grants and stops their
/// mandates, and lets their keys in and out. It is no agent and cannot trade. It connects again by itself. Safe for
/// many threads.
/// </summary>
/// <example><code>
/// using var key = AgentKey.Load("alice-herself.key");
/// await using var alice = await PrincipalClient.ConnectAsync(new Uri("http://127.0.0.1:7420"), key);
/// await foreach (var asked in alice.ApprovalsAsync())
/// {
///     await alice.ApproveAsync(asked, TimeSpan.FromMinutes(2));
/// }
/// </code></example>
public sealed partial class PrincipalClient : IAsyncDisposable
{
    private readonly AgentKey _key;
    private readonly MarketClientOptions _options;
    private readonly NegotiationContext _context;
    private readonly MarketLink _link;

    private PrincipalClient(IFrameDialer dialer, AgentKey key, MarketClientOptions options)
    {
        (_key, _options) = (key, options);
        _context = new NegotiationContext(key, options);
        _link = new MarketLink(dialer, key, options, NoEvents.Instance);
        _context.Link = _link;
    }

    /// <summary>The market; part of everything that is signed.</summary>
    public MarketId Market => _link.Hello.Market;

    /// <summary>The principal of the key.</summary>
    public EnrolledPrincipal Principal => _link.Principal!;

    /// <summary>Connects to a market and proves the key.</summary>
    /// <param name="market">Its address, for example http://127.0.0.1:7420 or wss://market.example/ws.</param>
    /// <param name="key">The principal's own key; stays the caller's to dispose of, after the client.</param>
    /// <param name="options">What differs from the defaults, or null.</param>
    /// <param name="cancellationToken">Stops connecting; has no effect later.</param>
    /// <exception cref="MarketConnectionException">There is no market there, or the key is no principal's.</exception>
    /// <exception cref="MarketRefusedException">The market refuses the key.</exception>
    public static async Task<PrincipalClient> ConnectAsync(
        Uri market, AgentKey key, MarketClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var used = (options ?? new MarketClientOptions()).Checked();
        var dialer = new WebSocketDialer(market, used.FrameBytesMax, used.TrustedCertificate);
        var client = new PrincipalClient(dialer, key, used);
        try
        {
            await client._link.StartAsync(cancellationToken).ConfigureAwait(false);
            return client._link.Principal is not null ? client : throw new MarketConnectionException(
                client._link.Agent is { } agent
                    ? $"The key is {agent.Number}'s; a principal has a key of its own, which its agent enrols."
                    : "The key is no principal's in this market; its agent enrols it first.")
            { IsFinal = true };
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What the principal's agents have asked for, the newest first; one page.</summary>
    /// <param name="onlyPending">Whether only what waits for an answer is wanted.</param>
    /// <param name="after">The last one of the page before, or null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ApprovalsListed> ListApprovalsAsync(
        bool onlyPending = true, ApprovalId? after = null, CancellationToken cancellationToken = default) =>
        _link.AskAsync<ApprovalsListed>(new ListApprovals(onlyPending, after), cancellationToken);

    /// <summary>
    /// What the principal's agents have asked for, the newest first; fetches page after page as they are read, and
    /// ends.
    /// </summary>
    /// <param name="onlyPending">Whether only what waits for an answer is wanted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<ApprovalRecord> ApprovalsAsync(
        bool onlyPending = true, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ApprovalId? after = null;
        ApprovalsListed page;
        do
        {
            page = await ListApprovalsAsync(onlyPending, after, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < page.Approvals.Count; i++)
            {
                after = page.Approvals[i].Id;
                yield return page.Approvals[i];
            }
        }
        while (page.HasMore && page.Approvals.Count > 0);
    }

    /// <summary>One approval.</summary>
    /// <exception cref="MarketRefusedException">There is none such.</exception>
    public async Task<ApprovalRecord> GetApprovalAsync(ApprovalId id, CancellationToken cancellationToken = default) =>
        (await _link.AskAsync<ApprovalState>(new GetApproval(id), cancellationToken).ConfigureAwait(false)).Approval;

    /// <summary>Approves exactly the terms that a record shows, for a time, and signs that.</summary>
    /// <param name="approval">The record, as it was shown to whoever decides.</param>
    /// <param name="validFor">For how long, at most 24 hours; null for two minutes.</param>
    /// <param name="cancellationToken">Stops waiting; the approval may count all the same.</param>
    /// <exception cref="ApprovalMismatchException">The terms shown are not those of the hash, or of another
    /// principal.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<ApprovalDecided> ApproveAsync(
        ApprovalRecord approval, TimeSpan? validFor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approval);
        var matter = approval.Matter;
        var shown = NegotiationHashes.OfTerms(Market, matter.Negotiation, matter.Subject, matter.Terms);
        if (shown != matter.TermsHash || matter.Principal != Principal.Number)
        {
            throw new ApprovalMismatchException(approval.Id);
        }

        var now = LedgerTime.FromUtc(_options.TimeProvider.GetUtcNow() + _link.ClockOffset);
        var document = WireFormat.Encode(
            ApprovalDocument.Of(matter, now + (validFor ?? ApprovalLimits.DefaultValidity)));
        var signature = _key.Sign(SignedPayload.ForApproval(Market, document));
        return _link.AskAsync<ApprovalDecided>(
            new DecideApproval(
                _context.NewMessageId(), approval.Id, ApprovalAnswer.Approve, document, signature),
            cancellationToken);
    }

    /// <summary>Denies an approval.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<ApprovalDecided> DenyAsync(ApprovalId id, CancellationToken cancellationToken = default) =>
        _link.AskAsync<ApprovalDecided>(
            new DecideApproval(_context.NewMessageId(), id, ApprovalAnswer.Deny), cancellationToken);

    /// <summary>A mandate of the principal, where it stands, and what is used of it.</summary>
    /// <exception cref="MarketRefusedException">There is none such.</exception>
    public Task<MandateState> GetMandateAsync(MandateId mandate, CancellationToken cancellationToken = default) =>
        _link.AskAsync<MandateState>(new GetMandate(mandate), cancellationToken);

    /// <summary>Takes a mandate back, with all that was delegated from it.</summary>
    /// <returns>The ledger entry that revokes it.</returns>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<long> RevokeMandateAsync(MandateId mandate, CancellationToken cancellationToken = default) =>
        (await _link.AskAsync<LedgerRecorded>(
            new RevokeOwnMandate(_context.NewMessageId(), mandate), cancellationToken).ConfigureAwait(false)).Entry;

    /// <summary>Stops a mandate, with all that was delegated from it, until it is resumed.</summary>
    /// <param name="mandate">Which.</param>
    /// <param name="revision">Its revision as last seen; 1 after the grant.</param>
    /// <param name="cancellationToken">Stops waiting; the mandate may be suspended all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<MandateChanged> SuspendMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        _link.AskAsync<MandateChanged>(
            new SuspendOwnMandate(_context.NewMessageId(), mandate, revision), cancellationToken);

    /// <summary>
    /// Replaces the principal's key. This client is of the old key and can do nothing any more: connect with the new
    /// one. Approvals that the old key signed and that are not used yet count no longer.
    /// </summary>
    /// <param name="newKey">The new key; never an agent's, nor one that was a principal's before.</param>
    /// <param name="cancellationToken">Stops waiting; the key may be replaced all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<EnrolledPrincipal> ChangeKeyAsync(AgentKey newKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newKey);
        var revision = Principal.Revision + 1;
        var document = WireFormat.Encode(new PrincipalKeyDocument(Principal.Number, newKey.PublicKey, revision));
        var payload = SignedPayload.ForPrincipalKey(Market, document);
        var message = new EnrolPrincipalKey(newKey.PublicKey, revision, newKey.Sign(payload), _key.Sign(payload));
        return (await _link.AskAsync<PrincipalEnrolled>(message, cancellationToken).ConfigureAwait(false)).Principal;
    }

    /// <inheritdoc cref="MarketClient.PendingCommands"/>
    public IReadOnlyList<PendingCommand> PendingCommands => _link.InDoubt;

    /// <inheritdoc cref="MarketClient.ResumePendingAsync"/>
    public IAsyncEnumerable<ResumedCommand> ResumePendingAsync(CancellationToken cancellationToken = default) =>
        _link.ResumeAsync(cancellationToken);

    /// <inheritdoc cref="MarketClient.ForgetPendingAsync"/>
    public Task<bool> ForgetPendingAsync(PendingCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        cancellationToken.ThrowIfCancellationRequested();
        return _link.ForgetAsync(command);
    }

    /// <summary>Ends the connection.</summary>
    public ValueTask DisposeAsync() => _link.DisposeAsync();
}
