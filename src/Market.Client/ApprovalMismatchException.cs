using Market.Domain;

namespace Market.Client;

/// <summary>
/// A record shows other terms than those of the hash that would be signed, or is another principal's: nothing was
/// signed.
/// </summary>
public sealed class ApprovalMismatchException : Exception
{
    /// <summary>Names the approval.</summary>
    public ApprovalMismatchException(ApprovalId approval)
        : base($"{approval} shows other terms than those that would be approved; nothing was signed.") =>
        Approval = approval;

    /// <summary>The approval.</summary>
    public ApprovalId Approval { get; }
}
