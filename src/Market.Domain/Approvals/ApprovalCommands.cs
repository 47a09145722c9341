using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Approvals;

/// <summary>What the gateway and the sweeper ask of a principal's approvals.</summary>
public abstract record ApprovalCommand;

/// <summary>An agent asks for an approval, with the context that only the gateway can set.</summary>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Id">The id that the market derived from agent and message.</param>
/// <param name="Matter">What is to be approved, as the negotiation has it.</param>
/// <param name="Names">What it is called, for people.</param>
/// <param name="WaitsFor">How long the request waits for an answer.</param>
[WireType(840)]
public sealed record AskForApproval(
    MessageId Message,
    ActDigest Digest,
    ApprovalId Id,
    ApprovalMatter Matter,
    ApprovalNames Names,
    TimeSpan WaitsFor) : ApprovalCommand;

/// <summary>A principal's answer; its signature has been verified by the gateway.</summary>
/// <param name="Message">The principal's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Id">Which approval.</param>
/// <param name="Answer">Approved or denied.</param>
/// <param name="Document">The signed document; empty where denied.</param>
/// <param name="Signature">Its signature; empty where denied.</param>
[WireType(841)]
public sealed record AnswerApproval(
    MessageId Message,
    ActDigest Digest,
    ApprovalId Id,
    ApprovalAnswer Answer,
    ReadOnlyMemory<byte> Document,
    ReadOnlyMemory<byte> Signature) : ApprovalCommand;

/// <summary>The sweeper's word that the earliest deadline has come. It is never sent.</summary>
public sealed record EndApprovals : ApprovalCommand
{
    /// <summary>The only instance that is needed.</summary>
    public static EndApprovals Instance { get; } = new();
}
