using System.Security.Cryptography;

namespace Market.Domain.Tests.Values;

/// <summary>
/// Our way to SHA-256 against the framework's own, over every length around its blocks and its change of way.
/// </summary>
public sealed class Sha256Tests
{
    [Fact]
    public void Every_length_and_every_cut_hashes_as_the_framework_does()
    {
        var bytes = new byte[4_200];
        new Random(7).NextBytes(bytes);
        foreach (var length in Enumerable.Range(0, 260).Concat(Enumerable.Range(4_090, 20)))
        {
            var expected = Hash256.FromBytes(SHA256.HashData(bytes.AsSpan(0, length)));
            Assert.Equal(expected, Sha256.Of(bytes.AsSpan(0, length)));
            foreach (var cut in new[] { 0, length / 3, length })
            {
                Assert.Equal(expected, Sha256.Of(bytes.AsSpan(0, cut), bytes.AsSpan(cut, length - cut)));
            }
        }
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        var inputs = Enumerable.Range(0, 64)
            .Select(static i => Enumerable.Repeat((byte)i, i * 130).ToArray()).ToArray();
        var expected = inputs.Select(static input => Hash256.FromBytes(SHA256.HashData(input))).ToArray();

        Parallel.For(0, 20_000, i => Assert.Equal(expected[i % 64], Sha256.Of(inputs[i % 64])));
    }
}
