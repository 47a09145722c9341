using Market.Domain;
using Market.Domain.Wire;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>Adds; may create.</summary>
[WireType(60_800)]
public sealed record Add(long Amount);

/// <summary>Reads.</summary>
[WireType(60_801)]
public sealed record Read;

/// <summary>Is refused.</summary>
[WireType(60_802)]
public sealed record Refuse;

/// <summary>Adds, and tells another tally to add the same.</summary>
[WireType(60_803)]
public sealed record Pass(GrainId To, long Amount);

/// <summary>Tells again, without an event.</summary>
[WireType(60_804)]
public sealed record PassAgain(GrainId To, long Amount);

/// <summary>Makes the grain throw.</summary>
[WireType(60_805)]
public sealed record Throw;

/// <summary>Adds, where the sum is what the sender last saw; else it is refused. May create.</summary>
[WireType(60_809)]
public sealed record AddIf(long Expected, long Amount);

/// <summary>Raises the sum to an amount, where it is below; told twice, it is raised once. Answer: Raised.</summary>
[WireType(60_810)]
public sealed record RaiseTo(GrainId ReplyTo, long Amount);

/// <summary>The sum is that high, or higher.</summary>
[WireType(60_811)]
public sealed record Raised(long Amount);

/// <summary>Makes a debtor tell a tally to raise its sum, until it is answered. May create.</summary>
[WireType(60_812)]
public sealed record Owe(GrainId To, long Amount, AgentNumber Seer);

/// <summary>A sum.</summary>
[WireType(60_806)]
public sealed record Total(long Amount);

/// <summary>A refusal, which rests on a sum.</summary>
[WireType(60_807)]
public sealed record Refused(long Amount);

/// <summary>The event.</summary>
[WireType(60_808)]
public sealed record Added(long Amount, LedgerTime At)
{
    /// <summary>An amount that Apply does not take.</summary>
    public const long Unappliable = -666;
}

/// <summary>The event: the debtor owes, and tells so until it is answered.</summary>
[WireType(60_813)]
public sealed record Owed(GrainId To, long Amount, AgentNumber Seer, LedgerTime At);

/// <summary>The event: what was owed has been raised.</summary>
[WireType(60_814)]
public sealed record Discharged(LedgerTime At);
