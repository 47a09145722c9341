using System.Net.Sockets;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Simulations.Tests.Running.Hosting;

/// <summary>Frames between this program and a strategy's process, of which anything may come.</summary>
public sealed class HostLinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-links-").FullName;
    private readonly Socket _far = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly HostLink _link;

    public HostLinkTests()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var address = new UnixDomainSocketEndPoint(Path.Combine(_folder, "link"));
        listener.Bind(address);
        listener.Listen(1);
        _far.Connect(address);
        _link = new HostLink(listener.Accept(), HostLink.AnswerBytesMax, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_frame_is_taken_when_all_of_it_has_come()
    {
        byte[] frame = [2, 0, 0, 0, (byte)HostFrame.Acted, 7, 8];
        foreach (var part in frame[..^1])
        {
            Assert.Equal(HostLinkState.Waiting, _link.Receive(out _, out _));
            _far.Send([part]);
        }

        _far.Send([8, .. frame]);
        Assert.Equal(HostLinkState.Frame, _link.Receive(out var kind, out var body));
        Assert.Equal(HostFrame.Acted, kind);
        Assert.Equal([7, 8], body.ToArray());
        Assert.Equal(HostLinkState.Frame, _link.Receive(out _, out body));
        Assert.Equal([7, 8], body.ToArray());
        Assert.Equal(HostLinkState.Waiting, _link.Receive(out _, out _));
    }

    [Theory]
    [InlineData(HostLink.AnswerBytesMax - 1, true)]
    [InlineData(HostLink.AnswerBytesMax, true)]
    [InlineData(HostLink.AnswerBytesMax + 1, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(-1, false)]
    public void A_frame_longer_than_the_largest_is_none(int length, bool isFrame)
    {
        _far.Send([.. BitConverter.GetBytes(length), (byte)HostFrame.Failed]);
        var state = _link.Receive(out _, out _);
        Assert.Equal(isFrame ? HostLinkState.Waiting : HostLinkState.Malformed, state);
    }

    [Fact]
    public void A_link_whose_other_end_is_gone_is_closed()
    {
        _far.Send([2, 0, 0]);
        _far.Dispose();
        Assert.Equal(HostLinkState.Closed, _link.Receive(out _, out _));
    }

    public void Dispose()
    {
        _far.Dispose();
        _link.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
