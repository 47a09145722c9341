namespace Market.Domain.Negotiating;

/// <summary>What a negotiation remembers of one side: what it has offered, and how much it has said.</summary>
internal sealed class SideRecord
{
    private List<long>? _inquiries;

    /// <summary>Offers made, withdrawn ones too.</summary>
    public int Offers { get; private set; }

    /// <summary>The last of them.</summary>
    public Offer? LastOffer { get; private set; }

    /// <summary>Offers in a row, up to the last one, that were the same again while nobody moved.</summary>
    public int Repetitions { get; private set; }

    /// <summary>Inquiries and information sent.</summary>
    public int Messages { get; private set; }

    /// <summary>Whether an offer says nothing new after the last one: terms, binding and partial quantity.</summary>
    public bool IsRepetition(Terms terms, OfferBinding binding, long? partialFrom) =>
        LastOffer is { } last && last.Binding == binding && last.PartialFrom == partialFrom && last.Terms == terms;

    /// <summary>Takes in an offer of this side.</summary>
    public void Offer(Offer offer)
    {
        Repetitions = IsRepetition(offer.Terms, offer.Binding, offer.PartialFrom) ? Repetitions + 1 : 0;
        LastOffer = offer;
        Offers++;
    }

    /// <summary>The other side has moved: this side's repetitions count from here.</summary>
    public void SeeMovement() => Repetitions = 0;

    /// <summary>Takes in a message of this side; of an inquiry with its version, which an answer may name.</summary>
    public void Say(long? inquiry)
    {
        Messages++;
        if (inquiry is { } seq)
        {
            (_inquiries ??= []).Add(seq);
        }
    }

    /// <summary>Whether this side made an inquiry at a version.</summary>
    public bool HasInquired(long seq) => _inquiries?.Contains(seq) == true;
}
