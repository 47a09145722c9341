using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Tests.Running;

/// <summary>Workers get all numbers once, and what they bring is written in order.</summary>
public sealed class OrderedPiecesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void All_numbers_are_given_out_once_a_few_at_first_and_then_many(int workers)
    {
        const int start = 7, end = 20_000;
        var written = new List<long>();
        var pieces = new OrderedPieces(start, end, workers, piece => written.Add(piece.Start));
        var (next, counts) = ((long)start, new List<int>());
        while (pieces.TryClaim(isSlow: false, out var claim))
        {
            Assert.Equal(next, claim.Start);
            next += claim.Count;
            counts.Add(claim.Count);
            Complete(pieces, claim);
        }

        Assert.Equal(end, next);
        Assert.Equal(end, pieces.Next);
        Assert.Equal(written.Order(), written);
        Assert.Equal((16, 256), (counts[0], counts.Max()));
        Assert.True(counts[^1] < 16); // the last ones are shared fairly
    }

    [Fact]
    public void Slow_negotiations_are_given_out_one_by_one()
    {
        var pieces = new OrderedPieces(0, 1_000, 2, _ => { });
        Assert.True(pieces.TryClaim(isSlow: true, out var claim));
        Assert.Equal((0L, 1), claim);
    }

    [Fact]
    public void Nothing_is_given_out_after_a_stop_and_what_was_is_still_written()
    {
        var written = new List<long>();
        var pieces = new OrderedPieces(0, 1_000, 2, piece => written.Add(piece.Start));
        Assert.True(pieces.TryClaim(isSlow: false, out var first));
        Assert.True(pieces.TryClaim(isSlow: false, out var second));
        pieces.Stop();
        Complete(pieces, second);
        Assert.Empty(written); // it waits for the one before
        Complete(pieces, first);

        Assert.False(pieces.TryClaim(isSlow: false, out _));
        Assert.Equal([first.Start, second.Start], written);
        Assert.Equal(second.Start + second.Count, pieces.Next);
    }

    private static void Complete(OrderedPieces pieces, (long Start, int Count) claim)
    {
        var piece = pieces.Rent(claim.Start);
        piece.Rows.AddRange(new NegotiationRow[claim.Count]);
        pieces.Complete(piece);
    }
}
