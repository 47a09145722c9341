using Market.Domain.Wire;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// Gives one input to one decoder and looks at everything that must hold: it ends with a value or a
/// <see cref="WireFormatException"/>, allocates in proportion to the input, and what was accepted can be written and
/// read back to the same bytes.
/// </summary>
internal sealed class DecodeProbe(FuzzTally tally, FuzzSlot slot)
{
    /// <summary>What a refusal may allocate whatever the input is: the exception, its trace and its text.</summary>
    public const int FreeBytes = 8 * 1024;

    /// <summary>Bytes that may be allocated for each byte of an input, above the free ones.</summary>
    public const int BytesAByteMax = 64;

    /// <summary>The outcome of an input that is a value.</summary>
    public const string Accepted = "accepted";

    private static readonly string[] Names =
        [Accepted, .. Enumerable.Range(1, 12).Select(static reason => ((WireFormatReason)reason).ToString())];

    /// <summary>Tries an input; whether it was accepted.</summary>
    /// <exception cref="FuzzFailureException">Something that must hold does not.</exception>
    public bool Try(FuzzDecoder decoder, byte[] input)
    {
        slot.Begin(decoder.Name, input);
        var allocated = Decode(decoder, input, out var value, out var outcome);
        if (allocated > FreeBytes)
        {
            // The first use of a type makes its code, once; the second try tells what the input costs.
            allocated = Math.Min(allocated, Decode(decoder, input, out _, out _));
            if (allocated > FreeBytes + ((long)input.Length * BytesAByteMax))
            {
                throw new FuzzFailureException(
                    $"{allocated} bytes were allocated for {input.Length}", decoder.Name, input);
            }
        }

        if (value is not null)
        {
            RequireSameBytes(decoder, input, value);
        }

        slot.End();
        tally.Count(decoder.Name, Names[outcome]);
        tally.Allocated(allocated, input.Length == 0 ? 0 : Math.Max(0, allocated - FreeBytes) / (double)input.Length);
        return value is not null;
    }

    private static long Decode(FuzzDecoder decoder, byte[] input, out object? value, out int outcome)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        (value, outcome) = (null, 0);
        try
        {
            value = decoder.Decode(input);
        }
        catch (WireFormatException refusal) when (refusal.Offset >= 0 && refusal.Offset <= input.Length)
        {
            outcome = (int)refusal.Reason;
        }
        catch (Exception error)
        {
            throw new FuzzFailureException(
                $"{error.GetType().Name} escaped: {error.Message}", decoder.Name, input, error);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void RequireSameBytes(FuzzDecoder decoder, byte[] input, object value)
    {
        using var first = MessagePackWriter.Rent();
        using var second = MessagePackWriter.Rent();
        try
        {
            decoder.Encode(first, value);
            decoder.Encode(second, decoder.Decode(first.Written));
        }
        catch (Exception error)
        {
            throw new FuzzFailureException(
                $"what was read cannot be written and read: {error.Message}", decoder.Name, input, error);
        }

        if (!first.Written.SequenceEqual(second.Written))
        {
            throw new FuzzFailureException("one value was written in two forms", decoder.Name, input);
        }

        if (decoder.IsExact && !first.Written.SequenceEqual(input))
        {
            throw new FuzzFailureException(
                "it was accepted, and is not the one form of its value", decoder.Name, input);
        }
    }
}
