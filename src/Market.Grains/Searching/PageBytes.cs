using Market.Domain;
using Market.Domain.Wire;

namespace Market.Grains.Searching;

/// <summary>
/// Measures a page while it is filled, so that it fits a frame; the first thing goes out in any case.
/// </summary>
internal sealed class PageBytes : IDisposable
{
    /// <summary>Most bytes around what is measured: the frame's header, a cursor, lengths.</summary>
    private const int AroundMax = 160;

    private readonly MessagePackWriter _writer = MessagePackWriter.Rent();
    private bool _hasAny;

    /// <summary>Whether one more thing still fits; if so, it is counted.</summary>
    public bool TryAdd<TFirst>(TFirst one) => Fits(() => WireFormat.Write(_writer, one));

    /// <summary>Whether two more things still fit, both or none.</summary>
    public bool TryAdd<TFirst, TSecond>(TFirst first, TSecond second) => Fits(() =>
    {
        WireFormat.Write(_writer, first);
        WireFormat.Write(_writer, second);
    });

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private bool Fits(Action write)
    {
        write();
        var fits = !_hasAny || _writer.Written.Length <= MarketLimits.FrameBytesMax - AroundMax;
        _hasAny = true;
        return fits;
    }
}
