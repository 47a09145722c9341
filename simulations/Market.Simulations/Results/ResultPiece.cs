namespace Market.Simulations.Results;

/// <summary>
/// What a worker hands over: consecutive negotiations, with the bytes that they add to each file. Used again after it
/// was written.
/// </summary>
internal sealed class ResultPiece
{
    /// <summary>Number of its first negotiation.</summary>
    public long Start { get; set; }

    /// <summary>Its negotiations in order.</summary>
    public List<NegotiationRow> Rows { get; } = [];

    /// <summary>Lines of negotiations.csv.</summary>
    public Utf8Buffer Csv { get; } = new();

    /// <summary>Lines of events.jsonl.</summary>
    public Utf8Buffer Events { get; } = new();

    /// <summary>Lines of offers.csv.</summary>
    public Utf8Buffer Offers { get; } = new();

    /// <summary>Bytes of all files together.</summary>
    public int Bytes => Csv.Length + Events.Length + Offers.Length;

    /// <summary>Number of the negotiation after its last one.</summary>
    public long End => Start + Rows.Count;

    /// <summary>Empties it for negotiations from a number on.</summary>
    public void Restart(long start)
    {
        Start = start;
        Rows.Clear();
        Csv.Clear();
        Events.Clear();
        Offers.Clear();
    }
}
