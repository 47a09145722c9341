using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>
/// A grain's word to the ledger, which tells the answer back; the same command, told again, gets the same answer.
/// </summary>
/// <param name="ReplyTo">Who is told the answer.</param>
/// <param name="Command">The command.</param>
[WireType(830)]
public sealed record TellLedger(GrainId ReplyTo, LedgerCommand Command);

/// <summary>The ledger's answer to a grain that told it a command other than settle.</summary>
/// <param name="Command">The command.</param>
/// <param name="RefusalCode">The ledger's refusal as a number; 0 where it did as told.</param>
[WireType(831)]
public sealed record TellLedgerAnswer(LedgerCommandId Command, int RefusalCode);
