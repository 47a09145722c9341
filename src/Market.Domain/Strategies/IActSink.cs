namespace Market.Domain.Strategies;

/// <summary>Takes what happens in alternating offers, act by act, in order.</summary>
public interface IActSink
{
    /// <summary>A party has acted.</summary>
    void Acted(in PartyAct act);
}
