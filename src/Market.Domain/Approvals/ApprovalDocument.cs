using Market.Domain.Wire;

namespace Market.Domain.Approvals;

/// <summary>
/// What a principal signs to approve a deal: exactly these terms, by exactly this agent under this mandate, for a time.
/// Its wire form is signed under the purpose "market.approval.v1".
/// </summary>
/// <param name="Principal">Who approves.</param>
/// <param name="Agent">Who may bind the principal.</param>
/// <param name="Mandate">The mandate that asks for the approval.</param>
/// <param name="Negotiation">Where.</param>
/// <param name="TermsHash">Hash of the exact terms; since it covers the negotiation, it is of one deal.</param>
/// <param name="Total">What the buyer pays in all.</param>
/// <param name="ExpiresAt">From this moment on it approves nothing.</param>
public sealed record ApprovalDocument(
    PrincipalNumber Principal,
    AgentNumber Agent,
    MandateId Mandate,
    NegotiationId Negotiation,
    Hash256 TermsHash,
    Money Total,
    LedgerTime ExpiresAt)
{
    /// <summary>The document that approves a matter until a moment.</summary>
    public static ApprovalDocument Of(ApprovalMatter matter, LedgerTime expiresAt)
    {
        ArgumentNullException.ThrowIfNull(matter);
        return new ApprovalDocument(
            matter.Principal, matter.Agent, matter.Mandate, matter.Negotiation, matter.TermsHash, matter.Total,
            expiresAt);
    }

    /// <summary>The document of these bytes; null where they are none.</summary>
    public static ApprovalDocument? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return WireFormat.Decode<ApprovalDocument>(bytes.Span);
        }
        catch (WireFormatException)
        {
            return null; // whoever asked says what would be right
        }
    }
}

/// <summary>A principal's approval with its signature, as it was received.</summary>
/// <param name="Id">The approval that was asked for.</param>
/// <param name="TermsHash">Hash of the terms that it is for, as its document says.</param>
/// <param name="Document">The wire form of the <see cref="ApprovalDocument"/>, never encoded again.</param>
/// <param name="Signature">
/// ES256 by the principal's own key over purpose, market and <paramref name="Document"/>; 64 bytes, r then s.
/// </param>
[WireType(844)]
public sealed record GrantedApproval(
    ApprovalId Id, Hash256 TermsHash, ReadOnlyMemory<byte> Document, ReadOnlyMemory<byte> Signature);
