using Market.Domain.Wire;

namespace Market.Chaos.Fuzzing;

/// <summary>Parts of valid encodings, to be put into others. Keeps the last ones.</summary>
internal sealed class FragmentPool
{
    private const int CountMax = 256;
    private const int BytesMax = 512;

    private readonly List<byte[]> _fragments = [[0xC0]];
    private int _next;

    /// <summary>A writer for whoever builds a part; empty it first.</summary>
    public MessagePackWriter Writer { get; } = new();

    /// <summary>Keeps some parts of an encoding.</summary>
    public void Add(ReadOnlySpan<byte> encoding, List<WireToken> tokens, Random dice)
    {
        for (var i = 0; i < 4; i++)
        {
            var token = tokens[dice.Next(tokens.Count)];
            if (token.End - token.Start > BytesMax)
            {
                continue;
            }

            var fragment = encoding[token.Start..token.End].ToArray();
            if (_fragments.Count < CountMax)
            {
                _fragments.Add(fragment);
            }
            else
            {
                _fragments[_next++ % CountMax] = fragment;
            }
        }
    }

    /// <summary>One of the parts.</summary>
    public byte[] Any(Random dice) => _fragments[dice.Next(_fragments.Count)];
}
