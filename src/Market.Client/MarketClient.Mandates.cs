using Market.Domain;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>Mandates of the agent's principal.</content>
public sealed partial class MarketClient
{
    /// <summary>Lets this agent deal within caps.</summary>
    /// <param name="perDealMax">Largest total of one deal.</param>
    /// <param name="budgetMax">Largest sum of all deals, in the same currency.</param>
    /// <param name="validFor">How long from now.</param>
    /// <param name="cancellationToken">Stops waiting; the mandate may be granted all the same.</param>
    /// <exception cref="ArgumentException">The two amounts are in different currencies.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<MandateGranted> GrantMandateAsync(
        Money perDealMax, Money budgetMax, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        GrantMandateAsync(perDealMax, budgetMax, validFor, new MandateSettings(), cancellationToken);

    /// <summary>Lets an agent deal within limits.</summary>
    /// <param name="perDealMax">Largest total of one deal.</param>
    /// <param name="budgetMax">Largest sum of the deals of one window, in the same currency.</param>
    /// <param name="validFor">How long, from when it begins to hold.</param>
    /// <param name="settings">What else it limits.</param>
    /// <param name="cancellationToken">Stops waiting; the mandate may be granted all the same.</param>
    /// <exception cref="ArgumentException">The two amounts are in different currencies.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<MandateGranted> GrantMandateAsync(
        Money perDealMax,
        Money budgetMax,
        TimeSpan validFor,
        MandateSettings settings,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _link.AskAsync<MandateGranted>(
            settings.ToGrant(_context.NewMessageId(), perDealMax, budgetMax, validFor), cancellationToken);
    }

    /// <summary>
    /// Takes a mandate back, with all that was delegated from it. Deals that the ledger settled before stay; open
    /// negotiations under it end.
    /// </summary>
    /// <returns>The ledger entry that revokes it.</returns>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<long> RevokeMandateAsync(MandateId mandate, CancellationToken cancellationToken = default)
    {
        var message = new RevokeOwnMandate(_context.NewMessageId(), mandate);
        return (await _link.AskAsync<LedgerRecorded>(message, cancellationToken).ConfigureAwait(false)).Entry;
    }

    /// <summary>Stops a mandate, with all that was delegated from it, until it is resumed.</summary>
    /// <param name="mandate">Which.</param>
    /// <param name="revision">Its revision as last seen; 1 after the grant.</param>
    /// <param name="cancellationToken">Stops waiting; the mandate may be suspended all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<MandateChanged> SuspendMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        _link.AskAsync<MandateChanged>(
            new SuspendOwnMandate(_context.NewMessageId(), mandate, revision), cancellationToken);

    /// <summary>Lets a suspended mandate hold again; negotiations that had ended stay ended.</summary>
    /// <param name="mandate">Which.</param>
    /// <param name="revision">Its revision as last seen.</param>
    /// <param name="cancellationToken">Stops waiting; the mandate may be resumed all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<MandateChanged> ResumeMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        _link.AskAsync<MandateChanged>(
            new ResumeOwnMandate(_context.NewMessageId(), mandate, revision), cancellationToken);

    /// <summary>A mandate of the agent's principal, where it stands, and what is used of it.</summary>
    /// <exception cref="MarketRefusedException">There is none such.</exception>
    public Task<MandateState> GetMandateAsync(MandateId mandate, CancellationToken cancellationToken = default) =>
        _link.AskAsync<MandateState>(new GetMandate(mandate), cancellationToken);
}
