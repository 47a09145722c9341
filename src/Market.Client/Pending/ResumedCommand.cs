using Market.Domain;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Pending;

/// <summary>
/// What became of an act of which an earlier process, or a call that was cancelled, did not learn it.
/// </summary>
/// <param name="Command">The act, as it was sent both times.</param>
/// <param name="Answer">
/// The market's answer, an <see cref="Market.Domain.Negotiating.ActRecorded"/> for example;
/// <see cref="Market.Domain.Wire.Messages.Refused"/> where the market refuses it.
/// </param>
public sealed record ResumedCommand(PendingCommand Command, object Answer)
{
    /// <summary>The act's id.</summary>
    public MessageId Id => Command.Id;

    /// <summary>What the act says: a <see cref="Market.Domain.Negotiating.MakeOffer"/>, for example.</summary>
    /// <exception cref="WireFormatException">This library does not know the message; a newer one wrote it.</exception>
    public object Message => Command.Read();

    /// <summary>Whether the market has done it, now or before; once in any case.</summary>
    public bool IsDone => Answer is not Market.Domain.Wire.Messages.Refused;

    /// <summary>Why it was refused; null where it is done.</summary>
    public Refused? Refused => Answer as Refused;

    /// <summary>
    /// Why, to switch over; <see cref="RefusalCode.None"/> where it is done. An act that is older than the market
    /// remembers is refused as too old: then only the market's books say whether it had counted.
    /// </summary>
    public RefusalCode Code => Refused?.RefusalCode ?? RefusalCode.None;
}
