using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <content>What looks back at the sides' earlier offers and messages: impasse, final offers, inquiries.</content>
internal sealed partial class NegotiationAudit
{
    private readonly AuditedSide _buyer = new();
    private readonly AuditedSide _seller = new();

    private AuditedSide Side(Party party) => party == Party.Buyer ? _buyer : _seller;

    private AuditedSide OtherSide(Party party) => party == Party.Buyer ? _seller : _buyer;

    /// <summary>An offer that was made: none follows a final one, or completes an impasse and stands.</summary>
    private void Bargain(Offer offer, StoredRow row)
    {
        var (own, other) = (Side(offer.By), OtherSide(offer.By));
        Require(row, !own.IsFinal, $"The {offer.By} had made its final offer before.");
        if (offer.PartialFrom is { } least)
        {
            Require(
                row, offer.Binding == OfferBinding.Firm && AuditedTerms.IsPart(Subject.Agenda, offer.Terms, least),
                $"It cannot be accepted in part from {least} on.");
        }

        own.Offer(offer, other);
        Require(row, !IsImpasse(0), $"It completes {Rules.ImpasseAfter} rounds without movement, and stands.");
    }

    private void Cancel(NegotiationCancelled cancelled, StoredRow row)
    {
        Require(row, cancelled.At < _deadline, $"It was cancelled after its deadline {_deadline}.");
        Require(
            row, (cancelled.Reason == CancelReason.Impasse) == (cancelled.Act is not null),
            "An impasse is completed by an act, and nothing else is.");
        if (cancelled is { Reason: CancelReason.Impasse, Act: { } act })
        {
            Require(
                row, IsImpasse(1, act.By), $"There were no {Rules.ImpasseAfter} rounds without movement.");
        }
    }

    private void Say(Party by, ActReference? act, StoredRow row)
    {
        Require(row, act?.By == by, "Its author is not who acted.");
        Require(row, Side(by).Say(), $"It is more than {AuditedSide.MessagesMax} messages of the {by}.");
    }

    private void Inquire(InquiryMade inquiry, StoredRow row)
    {
        Say(inquiry.By, inquiry.Act, row);
        Side(inquiry.By).Inquire(row.Version);
    }

    private void Inform(InformationGiven information, StoredRow row)
    {
        Say(information.By, information.Act, row);
        Require(
            row, information.InReplyTo is not { } inquiry || OtherSide(information.By).HasInquired(inquiry),
            "What it answers is no inquiry of the other side.");
    }

    /// <summary>Whether both sides have repeated themselves for long enough, one of them with one offer more.</summary>
    private bool IsImpasse(int oneMore, Party by = Party.Buyer) =>
        Rules.ImpasseAfter > 0
        && Side(by).Repetitions + oneMore >= Rules.ImpasseAfter
        && OtherSide(by).Repetitions >= Rules.ImpasseAfter;
}
