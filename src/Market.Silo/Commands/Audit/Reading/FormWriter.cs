using System.Buffers.Binary;
using System.Text;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>
/// Writes the few forms that are hashed rather than stored: MessagePack, each value in its shortest form. The audit's
/// own, as <see cref="FormReader"/> is.
/// </summary>
internal sealed class FormWriter
{
    private byte[] _bytes = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public FormWriter Array(int count) => count <= 15 ? Code((byte)(0x90 + count)) : Code(0xDC).Integer(count, 2);

    public FormWriter Nil() => Code(0xC0);

    public FormWriter Bool(bool value) => Code(value ? (byte)0xC3 : (byte)0xC2);

    public FormWriter Int(long value) => value switch
    {
        >= -32 and <= 0x7F => Integer(value, 1),
        >= 0 and <= byte.MaxValue => Code(0xCC).Integer(value, 1),
        >= 0 and <= ushort.MaxValue => Code(0xCD).Integer(value, 2),
        >= 0 and <= uint.MaxValue => Code(0xCE).Integer(value, 4),
        >= 0 => Code(0xCF).Integer(value, 8),
        >= sbyte.MinValue => Code(0xD0).Integer(value, 1),
        >= short.MinValue => Code(0xD1).Integer(value, 2),
        >= int.MinValue => Code(0xD2).Integer(value, 4),
        _ => Code(0xD3).Integer(value, 8),
    };

    public FormWriter OptionalInt(long? value) => value is { } number ? Int(number) : Nil();

    public FormWriter Text(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        _ = text.Length <= 31 ? Code((byte)(0xA0 + text.Length)) : Code(0xD9).Integer(text.Length, 1);
        text.CopyTo(Take(text.Length));
        return this;
    }

    public FormWriter Id(Guid value)
    {
        _ = Code(0xC4).Integer(16, 1);
        value.TryWriteBytes(Take(16), bigEndian: true, out _);
        return this;
    }

    public FormWriter OptionalId(Guid? value) => value is { } id ? Id(id) : Nil();

    public FormWriter Hash(Hash32 value)
    {
        _ = Code(0xC4).Integer(Hash32.Size, 1);
        value.CopyTo(Take(Hash32.Size));
        return this;
    }

    /// <summary>A value that is in its form already.</summary>
    public FormWriter Raw(ReadOnlySpan<byte> form)
    {
        form.CopyTo(Take(form.Length));
        return this;
    }

    public FormWriter Binary(ReadOnlySpan<byte> value)
    {
        _ = value.Length <= byte.MaxValue
            ? Code(0xC4).Integer(value.Length, 1)
            : Code(0xC5).Integer(value.Length, 2);
        value.CopyTo(Take(value.Length));
        return this;
    }

    private FormWriter Code(byte code)
    {
        Take(1)[0] = code;
        return this;
    }

    private FormWriter Integer(long value, int length)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(all, value);
        all[(8 - length)..].CopyTo(Take(length));
        return this;
    }

    private Span<byte> Take(int length)
    {
        if (_bytes.Length - _length < length)
        {
            System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        var taken = _bytes.AsSpan(_length, length);
        _length += length;
        return taken;
    }
}
