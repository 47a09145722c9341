using System.Diagnostics.CodeAnalysis;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>What became of an act: recorded by the market, or refused.</summary>
public readonly record struct ActResult
{
    internal ActResult(ActRecorded recorded) => Recorded = recorded;

    internal ActResult(Refused refused) => Refused = refused;

    /// <summary>Where and when it was recorded; null where it was refused.</summary>
    public ActRecorded? Recorded { get; }

    /// <summary>Why it was refused; null where it was recorded.</summary>
    public Refused? Refused { get; }

    /// <summary>Whether the market has recorded the act.</summary>
    [MemberNotNullWhen(true, nameof(Recorded))]
    [MemberNotNullWhen(false, nameof(Refused))]
    public bool IsRecorded => Recorded is not null;

    /// <summary>Why, to switch over; <see cref="RefusalCode.None"/> where the act was recorded.</summary>
    public RefusalCode Code => Refused?.RefusalCode ?? RefusalCode.None;

    /// <summary>The record of the act.</summary>
    /// <exception cref="MarketRefusedException">The act was refused.</exception>
    public ActRecorded OrThrow() => Recorded ?? throw new MarketRefusedException(
        Refused ?? throw new InvalidOperationException("The default result is of no act."));
}
