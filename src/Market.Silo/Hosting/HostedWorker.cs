using Market.Client;
using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Silo.Gateway;

namespace Market.Silo.Hosting;

/// <summary>
/// Takes a hosted strategy's turn: decides, signs, and sends the act by the way that a session's acts go, with the same
/// checks and refusals. A strategy that fails ends its own hosting and nothing else.
/// </summary>
/// <param name="cluster">The grains.</param>
/// <param name="dispatcher">The way of all acts.</param>
/// <param name="keys">The session keys.</param>
/// <param name="leases">Who uses which key.</param>
/// <param name="closer">Ends hostings.</param>
/// <param name="options">The market and its clock.</param>
/// <param name="log">Where an operator looks. Nothing of what agents left in confidence goes there.</param>
internal sealed class HostedWorker(
    IGrainCluster cluster,
    Dispatcher dispatcher,
    SessionKeyDesk keys,
    SessionKeyLeases leases,
    HostingCloser closer,
    GatewayOptions options,
    ILogger log)
{
    /// <summary>
    /// Takes a turn. Returns how long to wait before the same turn is to be taken again; null where it is done with.
    /// </summary>
    public async Task<TimeSpan?> TakeTurnAsync(HostedNegotiation negotiation)
    {
        var hosting = negotiation.Hosting;
        try
        {
            return Decide(negotiation) is { } turn
                ? await TakeTurnAsync(negotiation, turn).ConfigureAwait(false)
                : null;
        }
        catch (GrainOverloadedException overloaded)
        {
            return overloaded.RetryAfter;
        }
        catch (OutcomeUnknownException)
        {
            return GatewayOptions.RetryAfter;
        }
        catch (StrategyFailedException failed)
        {
            log.LogWarning(
                "A hosted strategy of {Agent} failed with {Error} and has ended.", hosting.Agent.Number, failed.Kind);
            negotiation.Leave();
            await closer.EndAsync(hosting.Agent, hosting.Id, HostingEnd.StrategyFailed).ConfigureAwait(false);
            return null;
        }
    }

    private HostedTurn? Decide(HostedNegotiation negotiation)
    {
        try
        {
            return negotiation.TakeTurn(options.Now);
        }
        catch (Exception error)
        {
            // Its text may name what is private: only its kind is passed on.
            throw new StrategyFailedException(error.GetType().Name);
        }
    }

    private async Task<TimeSpan?> TakeTurnAsync(HostedNegotiation negotiation, HostedTurn turn)
    {
        var (hosting, act) = (negotiation.Hosting, turn.Act);
        if (!leases.TryEnter(hosting.Plan.SessionKey))
        {
            return GatewayOptions.RetryAfter; // it is being taken back: then the next look finds it gone
        }

        object? answer;
        HostingEnd? end;
        try
        {
            (answer, end) = await PerformAsync(hosting, act).ConfigureAwait(false);
        }
        finally
        {
            leases.Exit(hosting.Plan.SessionKey);
        }

        if (end is { } reason)
        {
            negotiation.Leave();
            await closer.EndAsync(hosting.Agent, hosting.Id, reason).ConfigureAwait(false);
        }
        else if (answer is Refused { IsRace: false } refused)
        {
            negotiation.GiveUp(act.ExpectedSeq);
            await ReportAsync(hosting, act, refused.Code).ConfigureAwait(false);
        }
        else if (turn.IsMisfit)
        {
            await ReportAsync(hosting, act, (int)HostingRefusal.UtilityIsInvalid).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Sends an act while its key is leased; or says why the hosting ends instead.</summary>
    private async Task<(object? Answer, HostingEnd? End)> PerformAsync(RunningHosting hosting, NegotiationAct act)
    {
        var key = await keys.FindAsync(hosting.Agent.Number, hosting.Plan.SessionKey).ConfigureAwait(false);
        if (key is null || key.RevokedAt is not null)
        {
            return (null, HostingEnd.SessionKeyRevoked);
        }

        if (!key.IsLiveAt(options.Now))
        {
            return (null, HostingEnd.SessionKeyExpired);
        }

        if (hosting.RequestOf(act, options.Market, key.Key.Scope()) is not { } request)
        {
            return default;
        }

        var answer = await dispatcher.AskAsync(hosting.Agent, request).ConfigureAwait(false);
        return (Dispatcher.AnswerOf(answer, act), null);
    }

    private async Task ReportAsync(RunningHosting hosting, NegotiationAct act, int code)
    {
        var report = new ReportRefusedAct(hosting.Agent.Number, hosting.Id, act.Negotiation, act.ExpectedSeq, code);
        await cluster.AskAsync(HostingCloser.GrainOf(hosting.Agent), report).ConfigureAwait(false);
    }

    /// <summary>A strategy has thrown.</summary>
    private sealed class StrategyFailedException(string kind) : Exception
    {
        /// <summary>The kind of what it threw.</summary>
        public string Kind => kind;
    }
}
