using System.Diagnostics.CodeAnalysis;

namespace Market.Domain.Settling;

/// <summary>
/// What must be true of every entry that is applied. A decision has checked it before; so a failure means a bug, or
/// a journal that is not this book's, and the book stops rather than going on with a wrong balance.
/// </summary>
internal static class LedgerAssert
{
    public static void That([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }

    [DoesNotReturn]
    public static void Fail(string message) => throw new InvalidOperationException(message);
}
