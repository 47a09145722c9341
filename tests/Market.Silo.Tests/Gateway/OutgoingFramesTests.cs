using System.Net.WebSockets;
using Market.Silo.Gateway;

namespace Market.Silo.Tests.Gateway;

public sealed class OutgoingFramesTests
{
    [Fact]
    public async Task Frames_of_many_threads_arrive_whole_whatever_their_length()
    {
        const int Threads = 4, FramesEach = 500;
        var stream = new HeldStream();
        stream.Release();
        var outgoing = new OutgoingFrames(stream);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < FramesEach; i++)
            {
                outgoing.Append(Enumerable.Repeat((byte)thread, LengthOf(i)).ToArray());
            }
        })));
        await outgoing.WhenIdleAsync();

        using var reader = WebSocket.CreateFromStream(
            new MemoryStream(stream.Written.ToArray()), new WebSocketCreationOptions());
        var seen = new int[Threads];
        var buffer = new byte[128 * 1024];
        for (var i = 0; i < Threads * FramesEach; i++)
        {
            var length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await reader.ReceiveAsync(
                    new ArraySegment<byte>(buffer, length, buffer.Length - length), default);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            var thread = buffer[0];
            Assert.All(buffer[..length], value => Assert.Equal(thread, value));
            Assert.Equal(LengthOf(seen[thread]++), length);
        }

        Assert.All(seen, count => Assert.Equal(FramesEach, count));
    }

    [Fact]
    public async Task There_is_no_room_while_the_other_side_does_not_read()
    {
        var stream = new HeldStream();
        var outgoing = new OutgoingFrames(stream);
        outgoing.Append(new byte[10]); // on its way, and held
        outgoing.Append(new byte[OutgoingFrames.RoomBytes - 100]);
        await outgoing.WaitForRoomAsync();
        outgoing.Append(new byte[100]);
        var room = outgoing.WaitForRoomAsync().AsTask();
        Assert.False(room.IsCompleted);
        stream.Release();
        await room.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_broken_connection_lets_everybody_go()
    {
        var stream = new HeldStream();
        var outgoing = new OutgoingFrames(stream);
        outgoing.Append(new byte[10]);
        outgoing.Append(new byte[OutgoingFrames.RoomBytes]);
        var room = outgoing.WaitForRoomAsync().AsTask();
        var idle = outgoing.WhenIdleAsync();
        stream.Break();
        await room.WaitAsync(TimeSpan.FromSeconds(20));
        await idle.WaitAsync(TimeSpan.FromSeconds(20));
        outgoing.Append(new byte[OutgoingFrames.RoomBytes * 2]);
        await outgoing.WaitForRoomAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.IsType<IOException>(outgoing.Failure);
    }

    [Fact]
    public async Task After_the_end_of_data_only_the_protocols_own_frames_go_out()
    {
        var stream = new HeldStream();
        stream.Release();
        var outgoing = new OutgoingFrames(stream);
        outgoing.Append([1]);
        outgoing.EndData();
        outgoing.Append([2]);
        outgoing.AppendRaw([0x88, 0]);
        await outgoing.WhenIdleAsync();
        Assert.Equal([0x82, 1, 1, 0x88, 0], stream.Written.ToArray());
    }

    private static int LengthOf(int frame) => frame % 100 == 99 ? 70_000 : frame % 10 == 9 ? 300 : 1 + frame % 125;

    /// <summary>A connection whose other side reads when the test says so.</summary>
    private sealed class HeldStream : MemoryStream
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public MemoryStream Written { get; } = new();

        public void Release() => _release.SetResult();

        public void Break() => _release.SetException(new IOException("Gone."));

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _release.Task;
            Written.Write(buffer.Span);
        }
    }
}
