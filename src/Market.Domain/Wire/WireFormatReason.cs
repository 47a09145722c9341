namespace Market.Domain.Wire;

/// <summary>Why bytes are not the wire form of the value that was asked for.</summary>
public enum WireFormatReason
{
    /// <summary>The input ends inside a value, or a length promises more bytes than are left.</summary>
    Truncated = 1,

    /// <summary>Bytes follow the value.</summary>
    TrailingBytes = 2,

    /// <summary>Another kind of value stands here: a text for a number, a map for an array, nil for a value.</summary>
    WrongKind = 3,

    /// <summary>A number or a length is not in its shortest form; one value has one form.</summary>
    NotShortest = 4,

    /// <summary>A number is outside the range of its field.</summary>
    OutOfRange = 5,

    /// <summary>Values are nested deeper than <see cref="MarketLimits.WireDepthMax"/>.</summary>
    TooDeep = 6,

    /// <summary>A text is not well-formed UTF-8.</summary>
    InvalidText = 7,

    /// <summary>A number is no member of its enumeration.</summary>
    UndefinedValue = 8,

    /// <summary>No message type has this number, or the type is not one that may stand here.</summary>
    UnknownMessageType = 9,

    /// <summary>An array lacks an element that its record requires.</summary>
    MissingElement = 10,

    /// <summary>Binary of another length than its field has, for example an id of 15 bytes.</summary>
    WrongLength = 11,

    /// <summary>The form is right, and the record's constructor refused the values.</summary>
    RefusedByConstructor = 12,
}
