using System.Collections.Frozen;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Gateway.Authorising;

/// <summary>
/// Decides by <see cref="AuthorisationTable"/> whether a session may send a message; asked once for every message,
/// before it is routed anywhere. A wrong sender learns what it is itself and nothing of what the message names.
/// </summary>
internal static class Authorisation
{
    private static readonly FrozenDictionary<Type, Entry> ByType =
        AuthorisationTable.Rows.ToFrozenDictionary(static row => row.Message, static row => new Entry(row));

    private static readonly AuthorisationRule?[] ByNumber = NumberRows();

    private static readonly Refused Unknown = Refusals.Of(GatewayRefusal.MessageTypeUnknown);

    /// <summary>Whether any session may send messages of a number, so that one is worth decoding.</summary>
    public static bool IsSent(int number) => Find(number) is { Senders: not SessionKinds.None };

    /// <summary>Whether messages of a number may come inside a signed act.</summary>
    public static bool MayBeSigned(int number) => Find(number) is { MayBeSigned: true };

    /// <summary>The kind of a session that has proved a key.</summary>
    public static SessionKinds KindOf(Agent? agent, EnrolledPrincipal? principal) =>
        principal is not null ? SessionKinds.Principal
        : agent is null ? SessionKinds.Unregistered
        : agent.Profile.Role == AgentRole.Buyer ? SessionKinds.Buyer
        : SessionKinds.Seller;

    /// <summary>Why a session may not send a message; null where it may.</summary>
    /// <param name="sender">The session's one kind.</param>
    /// <param name="message">The message; of a signed act, the act itself.</param>
    public static Refused? Refuse(SessionKinds sender, object message) =>
        !ByType.TryGetValue(message.GetType(), out var entry) ? Unknown
        : (entry.Rule.Senders & sender) == SessionKinds.None ? entry.RefusalFor(sender)
        : message is RequestApproval { Opening: { } opening } ? Refuse(sender, opening)
        : null;

    /// <summary>
    /// What is answered about a thing that there is not, or that is another's: the same, so that nobody can tell the
    /// two apart.
    /// </summary>
    public static Refused NotFound(object? message) =>
        message is not null && ByType.TryGetValue(message.GetType(), out var entry)
            && entry.Rule.Things is [var thing, ..]
            ? Refusals.Of(thing.Otherwise)
            : Refusals.Of(GatewayRefusal.NotFound);

    private static AuthorisationRule? Find(int number) =>
        number >= 0 && number < ByNumber.Length ? ByNumber[number] : null;

    private static AuthorisationRule?[] NumberRows()
    {
        var rows = new AuthorisationRule?[AuthorisationTable.Rows[^1].Number + 1];
        foreach (var row in AuthorisationTable.Rows)
        {
            rows[row.Number] = row;
        }

        return rows;
    }

    /// <summary>A row with the answers to those who may not send it, made once.</summary>
    private sealed class Entry(AuthorisationRule rule)
    {
        private readonly Refused _unproven =
            Refusals.Of(GatewayRefusal.NotAuthenticated, "Answer Hello with Authenticate.");

        private readonly Refused _unregistered =
            Refusals.Of(EnrolmentRefusal.AgentNotRegistered, "Send Register first.");

        private readonly Refused _principal = Refusals.Of(ApprovalRefusal.NotForPrincipals);

        private readonly Refused _agent = (rule.Senders & SessionKinds.Agent) switch
        {
            SessionKinds.Buyer => Refusals.Of(EnrolmentRefusal.WrongRole, "Buyers send this."),
            SessionKinds.Seller => Refusals.Of(EnrolmentRefusal.WrongRole, "Sellers send this."),
            _ => Refusals.Of(ApprovalRefusal.OnlyForPrincipals, "Connect with the principal's own key."),
        };

        public AuthorisationRule Rule => rule;

        public Refused RefusalFor(SessionKinds sender) => sender switch
        {
            SessionKinds.Unproven => _unproven,
            _ when (rule.Senders & ~SessionKinds.Unproven) == SessionKinds.None => Unknown,
            SessionKinds.Unregistered => _unregistered,
            SessionKinds.Principal => _principal,
            _ => _agent,
        };
    }
}
