using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>What one side of a negotiation has offered and said, as far as the rules look back at it.</summary>
internal sealed class AuditedSide
{
    /// <summary>Inquiries and information that a side may send.</summary>
    public const int MessagesMax = 16;

    private readonly HashSet<long> _inquiries = [];
    private Offer? _last;

    /// <summary>Offers made again in a row while the other side did not move either.</summary>
    public int Repetitions { get; private set; }

    /// <summary>Messages sent.</summary>
    public int Messages { get; private set; }

    /// <summary>Whether its last offer was its final one.</summary>
    public bool IsFinal => _last is { IsFinal: true };

    /// <summary>Takes in an offer of this side; what moves begins a new count for the other side too.</summary>
    public void Offer(Offer offer, AuditedSide other)
    {
        var isAgain = _last is { } last && last.Terms == offer.Terms && last.Binding == offer.Binding
            && last.PartialFrom == offer.PartialFrom;
        _last = offer;
        Repetitions = isAgain ? Repetitions + 1 : 0;
        if (!isAgain)
        {
            other.Repetitions = 0;
        }
    }

    /// <summary>Takes in a message; false where it is one too many.</summary>
    public bool Say() => ++Messages <= MessagesMax;

    /// <summary>Takes in an inquiry, which the other side may answer by its version.</summary>
    public void Inquire(long version) => _inquiries.Add(version);

    /// <summary>Whether this side has made an inquiry at a version.</summary>
    public bool HasInquired(long version) => _inquiries.Contains(version);
}
