using Market.Client.Connecting;

namespace Market.Client.Tests;

public sealed class CorkingStreamTests
{
    [Fact]
    public async Task Writes_while_corked_leave_together_with_the_next_one()
    {
        var inner = new CountingStream();
        await using var stream = new CorkingStream(inner) { IsCorked = true };
        await stream.WriteAsync(new byte[] { 1, 2 });
        await stream.FlushAsync();
        await stream.WriteAsync(new byte[] { 3 });
        Assert.Empty(inner.Writes);
        stream.IsCorked = false;
        await stream.WriteAsync(new byte[] { 4 });
        Assert.Equal("01020304", Assert.Single(inner.Writes));
    }

    [Fact]
    public async Task A_lone_write_passes_at_once()
    {
        var inner = new CountingStream();
        await using var stream = new CorkingStream(inner);
        await stream.WriteAsync(new byte[] { 1 });
        await stream.WriteAsync(new byte[] { 2 });
        Assert.Equal("01 02", string.Join(' ', inner.Writes));
    }

    [Fact]
    public async Task What_is_kept_is_bounded()
    {
        var inner = new CountingStream();
        await using var stream = new CorkingStream(inner) { IsCorked = true };
        for (var i = 0; i < 40; i++)
        {
            await stream.WriteAsync(new byte[1_024]);
        }

        Assert.Equal(2 * 32 * 1_024, Assert.Single(inner.Writes).Length);
    }

    private sealed class CountingStream : MemoryStream
    {
        public List<string> Writes { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes.Add(Convert.ToHexStringLower(buffer.Span));
            return ValueTask.CompletedTask;
        }
    }
}
