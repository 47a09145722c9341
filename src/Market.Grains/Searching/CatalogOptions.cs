using Market.Domain;

namespace Market.Grains.Searching;

/// <summary>How a catalogue follows the journal, wherever it is kept.</summary>
public abstract record CatalogOptions
{
    /// <summary>Whether to make it again from the journal even where what is there could be used.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Most rows of the journal in one transaction.</summary>
    public int BatchRowsMax { get; init; } = 4_096;

    /// <summary>How long a query waits for what was durable when it came.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether deals, held ones too, leave nothing of a request's need; such a request is not found. Null: none is.
    /// </summary>
    public Func<RequestId, bool>? IsFilled { get; init; }

    /// <summary>Called with what goes wrong while it follows; it tries again. Must not throw.</summary>
    public Action<Exception>? OnError { get; init; }

    /// <summary>Called while it catches up, with the position taken in and the journal's head.</summary>
    public Action<long, long>? OnProgress { get; init; }
}
