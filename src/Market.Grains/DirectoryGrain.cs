using Market.Domain;
using Market.Domain.Admitting;
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
            case SessionKeyEnrolled enrolled:
                _state.Apply(enrolled);
                break;
            case SessionKeyRevoked revoked:
                _state.Apply(revoked);
                break;
            case PrincipalKeyEnrolled enrolled:
                _state.Apply(enrolled);
                break;
            case AgentKeyEnrolled enrolled:
                _state.Apply(enrolled);
                break;
            case AgentKeyRetired retired:
                _state.Apply(retired);
                break;
            case AgentKeyRevoked revoked:
                _state.Apply(revoked);
                break;
            case AdmissionSet set:
                _state.Apply(set);
                break;
            case AdmissionDenied denied:
                _state.Apply(denied);
                break;
            case LedgerCommandAnswered answered:
                _state.Apply(answered);
                break;
            default:
                throw new ArgumentException($"The directory keeps no {@event?.GetType().Name}.", nameof(@event));
        }
    }

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now)
    {
        var step = message is DeadlineReached ? Continue(now) : Decide(message, now);

        // The stream has one deadline: the earlier of the ledger's answers that are due and of the overlaps of keys.
        return step.Event is null
            ? step
            : step with { DueAt = AgentKeyBook.Earlier(step.DueAt, _state.AgentKeys.DueAfter(step.Event)) };
    }

    private GrainStep Decide(object message, LedgerTime now) => message switch
    {
        EnrolAgent enrol => Enrol(DirectoryRules.Decide(_state, enrol, now)),
        EnrolKey enrol => Enrol(PrincipalKeyRules.Decide(_state, enrol, now)),
        EnrolAgentKey enrol => WithDue(IdentitySteps.Of(AgentKeyRules.Decide(_state, enrol, now))),
        RevokeAgentKey revoke => WithDue(IdentitySteps.Of(AgentKeyRules.Decide(_state, revoke, now))),
        SetAgentAdmission set => WithDue(IdentitySteps.Of(_state.Admissions.Decide(set, now), set)),
        FindAgentByKey find => new GrainStep(new AgentFound(
            _state.FindByKey(find.KeyThumbprint),
            _state.FindPrincipalByKey(find.KeyThumbprint),
            _state.AgentKeys.Find(find.KeyThumbprint))),
        FindPrincipal find => new GrainStep(new AgentFound(null, _state.FindKeyOf(find.Number))),
        FindAgent find => new GrainStep(new AgentFound(_state.Find(find.Number))),
        FindAgentKeys find => IdentitySteps.Find(_state, find),
        FindAgentsOf find => IdentitySteps.Find(_state, find),
        FindAdmission find => IdentitySteps.Find(_state.Admissions, find),
        EnrolSessionKeyCommand enrol => HostingSteps.Of(
            SessionKeyRules.Decide(_state.SessionKeys, enrol, now), enrol.Act.Key, _state.Outbox.Due),
        RevokeSessionKeyCommand revoke => HostingSteps.Of(
            SessionKeyRules.Decide(_state.SessionKeys, revoke, now), revoke.Key, _state.Outbox.Due),
        FindSessionKeys query => HostingSteps.Find(_state.SessionKeys, query),
        TellLedgerAnswer answer => LedgerTells.Answered(_state.Outbox, answer, now),
        _ => throw new ArgumentException($"The directory takes no {message.GetType().Name}.", nameof(message)),
    };

    /// <summary>Tells the ledger again what has waited too long, and ends a key whose overlap is over.</summary>
    private GrainStep Continue(LedgerTime now)
    {
        var step = LedgerTells.Again(_state.Outbox, now, GrainId.Directory);
        return AgentKeyRules.DecideEnd(_state, now) is { } retired
            ? step with { Event = retired, DueAt = _state.Outbox.Due }
            : step;
    }

    private GrainStep WithDue(GrainStep step) => step with { DueAt = _state.Outbox.Due };

    private GrainStep Enrol(PrincipalKeyDecision decision) => decision.Refusal is { } refusal
        ? new GrainStep(Refusals.Of(refusal))
        : new GrainStep(new PrincipalEnrolled(decision.Principal!), decision.Event, _state.Outbox.Due);

    private GrainStep Enrol(EnrolmentDecision decision)
    {
        if (decision.Refusal is { } refusal)
        {
            return new GrainStep(Refusals.Of(refusal));
        }

        if (decision.Denied is { } denied)
        {
            var refused = Refusals.Of(denied.Refusal, "It is a rule of this market.");
            return new GrainStep(refused, denied, _state.Outbox.Due);
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
