using Market.Domain;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>One buyer agent: its requests, whose need it has the ledger bring into being.</summary>
/// <param name="self">This grain's identity.</param>
/// <param name="limits">How much one agent may publish; null for no limit.</param>
public sealed class BuyerAgentGrain(GrainId self, PublishingLimits? limits = null) : IGrain
{
    private readonly BuyerState _state = new();

    /// <inheritdoc/>
    public LedgerTime LastTime => _state.LastTime;

    /// <inheritdoc/>
    public void Apply(object @event)
    {
        switch (@event)
        {
            case RequestAdded added:
                _state.Apply(added);
                break;
            case HostingEvent hosting:
                _state.Apply(hosting);
                break;
            case LedgerCommandAnswered answered:
                _state.Apply(answered);
                break;
            default:
                throw new ArgumentException($"A buyer keeps no {@event?.GetType().Name}.", nameof(@event));
        }
    }

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) => message switch
    {
        AddRequest add => Publish(ListingMachine.Decide(_state, add, now, limits)),
        FindRequest find => new GrainStep(new RequestFound(_state.Find(find.Id)?.Request)),
        HostingCommand command => HostingSteps.Of(
            HostingMachine.Decide(_state, command, now), command, _state.Outbox.Due),
        GetHostings => new GrainStep(new HostingState(_state.Hostings.Shown())),
        TellLedgerAnswer answer => LedgerTells.Answered(_state.Outbox, answer, now),
        DeadlineReached => LedgerTells.Again(_state.Outbox, now, self),
        _ => throw new ArgumentException($"A buyer takes no {message.GetType().Name}.", nameof(message)),
    };

    private GrainStep Publish(PublishingDecision<RequestAdded, Request> decision)
    {
        if (decision.Refusal is { } refusal)
        {
            return new GrainStep(Refusals.Of(
                refusal, retryAfter: decision.RetryAfter, fields: decision.Fields));
        }

        var reply = new RequestPublished(decision.Published!);
        return decision.Event is { } added
            ? LedgerTells.First(_state.Outbox, reply, added, added.At, BuyerState.MintOf(added.Request), self)
            : new GrainStep(reply);
    }
}
