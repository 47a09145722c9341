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
internal sealed class RunningHosting(
    Agent agent, HostingStarted started, HostedUtility utility, ECDsa key, RankedCache rankings) : IDisposable
{
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <summary>For whom it acts.</summary>
    public Agent Agent => agent;

    /// <summary>Its id.</summary>
    public HostingId Id => started.Hosting;

    /// <summary>What is open of it.</summary>
    public HostingPlan Plan => started.Plan;

    /// <summary>
    /// What its strategy does in a negotiation; null where the utility does not fit what this one is about.
    /// </summary>
    /// <remarks>
    /// The strategies of the catalogue keep nothing from turn to turn; one that did would have to be shown all turns of
    /// its negotiation again after a restart.
    /// </remarks>
    public NegotiatorAct? Decide(Party own, NegotiationState state)
    {
        var agenda = state.Subject.Agenda;
        if (HostingRules.RefuseFor(utility, agenda) is not null)
        {
            return null;
        }

        // Who prefers no deal to each of the outcomes makes no firm offer of one.
        var ranked = rankings.Get(Id, agenda, utility);
        return ranked.RationalCount == 0
            ? NegotiatorAct.End
            : Conduct.Decide(StrategyCatalog.Create(Plan.Strategy, ranked), own, state);
    }

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
