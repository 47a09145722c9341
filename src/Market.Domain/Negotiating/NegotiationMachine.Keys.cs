namespace Market.Domain.Negotiating;

public static partial class NegotiationMachine
{
    /// <summary>
    /// Why an act that a session key signed is refused: the key's mandate, actions and end bound what it signs.
    /// </summary>
    private static NegotiationRefusal? RefuseSessionKey(
        NegotiationState state, Party by, PerformAct command, LedgerTime now)
    {
        if (command.Evidence?.SessionKey is not { } key)
        {
            return null;
        }

        var mandate = by == Party.Buyer ? state.Buyer.Mandate : state.Seller.Mandate;
        return command.SessionKey is { } scope && scope.Id == key && scope.Covers(command.Act, mandate, now)
            ? null
            : NegotiationRefusal.SessionKeyOutOfBounds;
    }
}
