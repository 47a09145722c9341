namespace Market.Domain.Wire;

/// <summary>
/// Bytes are not the wire form of what was asked for. It is the only exception that hostile input can cause; a caller
/// refuses the input and goes on.
/// </summary>
public sealed class WireFormatException : Exception
{
    /// <summary>Names a defect in the input.</summary>
    /// <param name="reason">What kind of defect.</param>
    /// <param name="offset">Bytes from the start of the input to the value at fault.</param>
    /// <param name="message">What was found, and what would be right.</param>
    /// <param name="innerException">The refusal of a record's constructor, else null.</param>
    public WireFormatException(WireFormatReason reason, int offset, string message, Exception? innerException = null)
        : base($"At byte {offset}: {message}", innerException)
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>What kind of defect.</summary>
    public WireFormatReason Reason { get; }

    /// <summary>Bytes from the start of the input to the value at fault.</summary>
    public int Offset { get; }
}
