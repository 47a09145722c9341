namespace Market.Domain.Negotiating;

/// <summary>
/// The acts that a negotiation remembers so that a retry gets the same answer. Most negotiations have a handful, which
/// a list holds in least memory; a long one gets an index, so that an act never costs more the longer it lasts.
/// </summary>
internal sealed class ActMemory
{
    private const int ListedMax = 16;

    private readonly List<RecordedAct> _acts = new(2);
    private Dictionary<(Party By, MessageId Message), int>? _places;

    /// <summary>The act of a side under a message id, or null.</summary>
    public RecordedAct? Find(Party by, MessageId message)
    {
        if (_places is not null)
        {
            return _places.TryGetValue((by, message), out var place) ? _acts[place] : null;
        }

        foreach (var act in _acts)
        {
            if (act.Message == message && act.By == by)
            {
                return act;
            }
        }

        return null;
    }

    /// <summary>Remembers an act.</summary>
    public void Add(RecordedAct act)
    {
        _acts.Add(act);
        if (_places is not null)
        {
            _places.Add((act.By, act.Message), _acts.Count - 1);
        }
        else if (_acts.Count > ListedMax)
        {
            _places = [];
            for (var i = 0; i < _acts.Count; i++)
            {
                _places.Add((_acts[i].By, _acts[i].Message), i);
            }
        }
    }
}

/// <summary>What is remembered of an act.</summary>
internal readonly record struct RecordedAct(MessageId Message, ActDigest Digest, Party By, long Seq, LedgerTime At);
