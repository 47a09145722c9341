namespace Market.Chaos.Fuzzing;

/// <summary>
/// Fuzzes decoders on all processors. The inputs are shared out in blocks, each with dice of its own that follow from
/// the seed and the block's number, so that a run can be repeated whatever the machine.
/// </summary>
internal static class DecoderFuzz
{
    private const int BlockInputs = 8192;
    private const int TruncationsMax = 256;
    private const int OthersMin = 32;
    private const int ShortBytes = 512;
    private const int TriesMax = 8;

    /// <summary>Tries so many inputs.</summary>
    /// <exception cref="FuzzFailureException">Something that must hold does not.</exception>
    public static FuzzTally Run(
        IReadOnlyList<FuzzDecoder> decoders, long inputs, int seed, FuzzWatch watch, CancellationToken cancellation)
    {
        var total = new FuzzTally();
        var gate = new Lock();
        var blocks = (inputs + BlockInputs - 1) / BlockInputs;
        try
        {
            Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellation }, () => (
                Tally: new FuzzTally(), Slot: watch.Enter()),
                (block, _, own) =>
                {
                    var count = (int)Math.Min(BlockInputs, inputs - (block * BlockInputs));
                    new Block(decoders, seed, block, new DecodeProbe(own.Tally, own.Slot)).Run(count);
                    return own;
                },
                own =>
                {
                    lock (gate)
                    {
                        total.Add(own.Tally);
                    }
                });
        }
        catch (AggregateException all) when (all.InnerExceptions.OfType<FuzzFailureException>().Any())
        {
            throw all.InnerExceptions.OfType<FuzzFailureException>().First();
        }

        return total;
    }

    private sealed class Block
    {
        private readonly IReadOnlyList<FuzzDecoder> _decoders;
        private readonly DecodeProbe _probe;
        private readonly Random _dice;
        private readonly FuzzValues _values;
        private readonly FragmentPool _pool = new();
        private readonly Spoiler _spoiler;
        private readonly List<WireToken> _tokens = [];
        private readonly List<byte> _spoilt = [];
        private int _left;

        public Block(IReadOnlyList<FuzzDecoder> decoders, int seed, long number, DecodeProbe probe)
        {
            (_decoders, _probe) = (decoders, probe);
            _dice = new Random(SeedOf(seed, number));
            _values = new FuzzValues(_dice.Next());
            _spoiler = new Spoiler(_dice, _pool);
        }

        public void Run(int inputs)
        {
            // Each block begins at another decoder, so that short runs reach all of them.
            var next = _dice.Next(_decoders.Count);
            for (_left = inputs; _left > 0;)
            {
                var decoder = _decoders[next++ % _decoders.Count];
                var encoding = Make(decoder);
                WireToken.ReadAll(encoding, _tokens);
                _pool.Add(encoding, _tokens, _dice);
                if (!Try(decoder, encoding))
                {
                    throw new FuzzFailureException("what was written is refused", decoder.Name, encoding);
                }

                Truncate(decoder, encoding);
                for (var i = 0; i < OthersMin + (encoding.Length / 2); i++)
                {
                    if (_dice.Next(16) == 0)
                    {
                        _spoiler.Invent(_spoilt);
                    }
                    else
                    {
                        _spoiler.Spoil(encoding, _tokens, _spoilt);
                    }

                    Try(decoder, [.. _spoilt]);
                }
            }
        }

        /// <summary>A valid encoding; long ones come up seldom, since what they show costs much more time.</summary>
        private byte[] Make(FuzzDecoder decoder)
        {
            for (var tries = _dice.Next(TriesMax); ; tries--)
            {
                var encoding = decoder.Make(_values);
                if (encoding.Length <= ShortBytes || tries <= 0)
                {
                    return encoding;
                }
            }
        }

        /// <summary>Cuts it at every byte; a long one at some, other ones each time.</summary>
        private void Truncate(FuzzDecoder decoder, byte[] encoding)
        {
            var step = 1 + (encoding.Length / TruncationsMax);
            for (var length = _dice.Next(step); length < encoding.Length; length += step)
            {
                if (Try(decoder, encoding[..length]))
                {
                    throw new FuzzFailureException("it is cut, and was accepted", decoder.Name, encoding[..length]);
                }
            }
        }

        private bool Try(FuzzDecoder decoder, byte[] input) => _left-- > 0 && _probe.Try(decoder, input);

        /// <summary>
        /// A seed for each block: the last steps of SplitMix64, so that neighbours have nothing in common.
        /// </summary>
        private static int SeedOf(int seed, long number)
        {
            var z = unchecked(((ulong)(uint)seed << 32) + ((ulong)number * 0x9E3779B97F4A7C15));
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            return unchecked((int)(z ^ (z >> 31)));
        }
    }
}
