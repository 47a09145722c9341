using Market.Domain.Negotiating;

namespace Market.Domain.Tendering;

public static partial class TenderMachine
{
    private static TenderDecision DecideOpen(TenderState state, OpenTenderCommand command, LedgerTime now)
    {
        if (state.Status != TenderStatus.None)
        {
            return EarlierAnswer(state, command.Buyer.Agent, command.Message, command.Digest)
                ?? TenderDecision.Refuse(NegotiationRefusal.MessageIdReused);
        }

        if (MessageIds.Refuse(command.Message, now) is { } refusedId)
        {
            return TenderDecision.Refuse(refusedId);
        }

        var refusal =
            command.Window <= TimeSpan.Zero || command.Window > TenderLimits.WindowMax ? TenderRefusal.WindowOutOfRange
            : !AreInvitable(command) ? TenderRefusal.InvitationsAreInvalid
            : NegotiationMachine.RefuseRules(command.Rules) is not null ? TenderRefusal.RulesOutOfRange
            : (TenderRefusal?)null;
        if (refusal is { } reason)
        {
            return TenderDecision.Refuse(reason);
        }

        // From here on nothing may fail.
        var call = new TenderCall(
            command.Tender,
            command.Request,
            now,
            now + command.Window,
            TenderHashes.OfNonce(command.Tender, command.Nonce),
            command.Rules,
            command.Invited.Count > 0,
            command.FinalRoundOf);
        var act = new TenderActReference(command.Message, command.Digest, command.Buyer.Agent);
        var opened = new TenderOpened(
            now, command.Tender, act, call, command.Buyer, command.Invited, command.Nonce);
        return new TenderDecision(opened, null, new TenderRecorded(command.Tender, now));
    }

    private static bool AreInvitable(OpenTenderCommand command)
    {
        var seen = new HashSet<AgentNumber> { AgentNumber.None, command.Buyer.Agent };
        foreach (var seller in command.Invited)
        {
            if (!seen.Add(seller))
            {
                return false;
            }
        }

        return command.Invited.Count <= TenderLimits.InvitedMax;
    }
}
