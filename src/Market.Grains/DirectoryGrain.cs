using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>The market's directory: agents by key and by number, principals by handle.</summary>
/// <param name="startingBalance">What the operator deposits to each new buyer's principal, or null.</param>
public sealed class DirectoryGrain(Money? startingBalance) : IGrain
{
    private readonly DirectoryState _state = new(startingBalance);

    /// <inheritdoc/>
    public LedgerTime LastTime => _state.LastTime;

    /// <inheritdoc/>
    public void Apply(object @event)
    {
        switch (@event)
        {
            case AgentRegistered registered:
                _state.Apply(registered);
                break;
            case PrincipalKeyEnrolled enrolled:
                _state.Apply(enrolled);
                break;
            case LedgerCommandAnswered answered:
                _state.Apply(answered);
                break;
            default:
                throw new ArgumentException($"The directory keeps no {@event?.GetType().Name}.", nameof(@event));
        }
    }

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) => message switch
    {
        EnrolAgent enrol => Enrol(DirectoryRules.Decide(_state, enrol, now)),
        EnrolKey enrol => Enrol(PrincipalKeyRules.Decide(_state, enrol, now)),
        FindAgentByKey find => new GrainStep(new AgentFound(
            _state.FindByKey(find.KeyThumbprint), _state.FindPrincipalByKey(find.KeyThumbprint))),
        FindPrincipal find => new GrainStep(new AgentFound(null, _state.FindKeyOf(find.Number))),
        FindAgent find => new GrainStep(new AgentFound(_state.Find(find.Number))),
        TellLedgerAnswer answer => LedgerTells.Answered(_state.Outbox, answer, now),
        DeadlineReached => LedgerTells.Again(_state.Outbox, now, GrainId.Directory),
        _ => throw new ArgumentException($"The directory takes no {message.GetType().Name}.", nameof(message)),
    };

    private GrainStep Enrol(PrincipalKeyDecision decision) => decision.Refusal is { } refusal
        ? new GrainStep(Refusals.Of(refusal))
        : new GrainStep(new PrincipalEnrolled(decision.Principal!), decision.Event, _state.Outbox.Due);

    private GrainStep Enrol(EnrolmentDecision decision)
    {
        if (decision.Refusal is { } refusal)
        {
            return new GrainStep(Refusals.Of(refusal));
        }

        if (decision.Event is not { } registered)
        {
            return new GrainStep(new AgentFound(decision.Known));
        }

        var reply = new AgentFound(registered.Agent);
        return _state.DepositFor(registered) is { } deposit
            ? LedgerTells.First(_state.Outbox, reply, registered, registered.At, deposit, GrainId.Directory)
            : new GrainStep(reply, registered, _state.Outbox.Due);
    }
}
