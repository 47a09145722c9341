using Market.Domain;

namespace Market.Simulations.Results;

/// <summary>
/// A fingerprint of one negotiation: the first 16 hexadecimal digits of the SHA-256 over what identifies it, how it
/// ended, and every act. Two runs with the same digests did the same, offer by offer. Not thread-safe.
/// </summary>
internal sealed class NegotiationDigest
{
    private readonly Utf8Buffer _text = new();

    /// <summary>
    /// The digest of <c>scenario|rotation|repetition|seed|roundsMax|strategy 1|…|strategy n|end|</c> in UTF-8, and
    /// behind it each act as 32 bits, the lowest byte first.
    /// </summary>
    public string Of(
        string scenario,
        int rotation,
        int repetition,
        ulong seed,
        int roundsMax,
        ReadOnlySpan<string> strategies,
        string end,
        ReadOnlySpan<int> acts)
    {
        _text.Clear();
        _text.Append(scenario);
        Next(rotation);
        Next(repetition);
        Next(seed);
        Next(roundsMax);
        foreach (var strategy in strategies)
        {
            _text.Append('|');
            _text.Append(strategy);
        }

        _text.Append('|');
        _text.Append(end);
        _text.Append('|');
        _text.AppendBytes(acts);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Sha256.Of(_text.Written).CopyTo(hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    private void Next<T>(T number)
        where T : IUtf8SpanFormattable
    {
        _text.Append('|');
        _text.Append(number);
    }
}
