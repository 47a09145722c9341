namespace Market.Chaos.Fuzzing;

/// <summary>An input broke what must hold.</summary>
/// <param name="what">What it did.</param>
/// <param name="row">Who was given it.</param>
/// <param name="input">The input.</param>
/// <param name="inner">The exception that escaped, if one did.</param>
internal sealed class FuzzFailureException(string what, string row, byte[] input, Exception? inner = null)
    : Exception($"{row}: {what}", inner)
{
    /// <summary>The input.</summary>
    public byte[] Input { get; } = input;
}
