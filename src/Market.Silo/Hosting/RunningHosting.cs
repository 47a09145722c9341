using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Gateway;

namespace Market.Silo.Hosting;

/// <summary>
/// A hosting in the memory of this process: what it conducts, its utility, and the key that signs for it. Nothing of
/// the utility leaves it but acts.
/// </summary>
/// <param name="agent">For whom it acts.</param>
/// <param name="started">How it began.</param>
/// <param name="utility">What its agent left in confidence.</param>
/// <param name="key">The private half of its session key.</param>
/// <param name="rankings">Where rankings are shared.</param>
/// <param name="strategies">Where strategies that remember are kept.</param>
internal sealed class RunningHosting(
    Agent agent,
    HostingStarted started,
    HostedUtility utility,
    ECDsa key,
    RankedCache rankings,
    LiveStrategies strategies) : IDisposable
{
    private readonly StrategyRecipe _recipe = StrategyCatalog.Find(started.Plan.Strategy);
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <summary>For whom it acts.</summary>
    public Agent Agent => agent;

    /// <summary>Its id.</summary>
    public HostingId Id => started.Hosting;

    /// <summary>What is open of it.</summary>
    public HostingPlan Plan => started.Plan;

    /// <summary>
    /// What its strategy does in a negotiation; null where the utility does not fit what this one is about. It binds
    /// its agent to nothing worse than no agreement, whatever the strategy would do elsewhere.
    /// </summary>
    /// <param name="negotiation">The negotiation, whose state does not change meanwhile.</param>
    /// <param name="own">The side that the agent is on.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="past">The own turns in which an offer was made; nothing where the strategy does not
    /// remember.</param>
    public NegotiatorAct? Decide(
        HostedNegotiation negotiation, Party own, NegotiationState state, IReadOnlyList<HostedPastTurn> past)
    {
        var agenda = state.Subject.Agenda;
        if (HostingRules.RefuseFor(utility, agenda) is not null)
        {
            return null;
        }

        // Who prefers no deal to each of the outcomes makes no firm offer of one.
        var ranked = rankings.Get(Id, agenda, utility);
        if (ranked.RationalCount == 0 || Conduct.RoundsAreExhausted(own, state))
        {
            return NegotiatorAct.End;
        }

        var view = Conduct.ViewOf(own, state);
        var act = Remembers
            ? DecideRemembering(negotiation, ranked, state, new HostedPastTurn(state.BargainingSeq, view), past)
            : NewStrategy(ranked, state).Act(view);
        return ReservationGuard.Of(act, view.CounterpartyOffer, ranked);
    }

    /// <summary>Whether its strategy must be shown all turns of a negotiation.</summary>
    public bool Remembers => _recipe.KeepsState;

    /// <summary>Nothing more is asked about a negotiation.</summary>
    public void Forget(HostedNegotiation negotiation) => strategies.Forget(negotiation);

    private NegotiatorAct DecideRemembering(
        HostedNegotiation negotiation,
        RankedOutcomes ranked,
        NegotiationState state,
        HostedPastTurn now,
        IReadOnlyList<HostedPastTurn> past)
    {
        var strategy = strategies.Find(negotiation);
        if (strategy is null || !strategy.TryDecide(past, now, out var act))
        {
            strategy = new RememberingStrategy(NewStrategy(ranked, state));
            _ = strategy.TryDecide(past, now, out act); // a new one takes any turns
        }

        strategies.Keep(negotiation, strategy, ranked.Space.Count);
        return act;
    }

    private RankedNegotiator NewStrategy(RankedOutcomes ranked, NegotiationState state) =>
        _recipe.Create(ranked, HostingRules.SeedOf(Id, state.Id));

    /// <summary>
    /// An act as a request that its agent's session would send; one that binds is signed by the session key. Null after
    /// its end.
    /// </summary>
    public AgentRequest? RequestOf(NegotiationAct act, MarketId market, SessionKeyScope scope)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        var digest = ActDigest.Of(bytes);
        if (act is not (MakeOffer or AcceptOffer))
        {
            return new AgentRequest(0, act, digest);
        }

        lock (_gate)
        {
            if (_isDisposed)
            {
                return null;
            }

            var signature = key.SignData(
                SignedPayload.ForAct(market, bytes),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return new AgentRequest(0, act, digest, bytes, signature, SessionKey: scope);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            key.Dispose();
        }

        rankings.Forget(Id);
    }
}
