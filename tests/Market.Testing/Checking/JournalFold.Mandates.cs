using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>INV-11: what entries do with mandates. The sums are checked at the end, deal by deal anew.</content>
internal sealed partial class JournalFold
{
    private readonly Dictionary<MandateId, MandateStatus> _stopped = [];

    public Dictionary<MandateId, Mandate> Mandates { get; } = [];

    /// <summary>A mandate and all that it was delegated from.</summary>
    public IEnumerable<Mandate> LineOf(MandateId? id)
    {
        while (id is { } some)
        {
            var mandate = Mandates[some];
            yield return mandate;
            id = mandate.Parent;
        }
    }

    /// <summary>A deal that counts once for each side whose mandate is one, or was delegated from one.</summary>
    public int SidesUnder(DealBooked booked, MandateId id) =>
        LineOf(booked.Buyer.Mandate).Concat(LineOf(booked.Seller.Mandate)).Count(mandate => mandate.Id == id);

    private bool ReadMandate(LedgerEvent @event)
    {
        switch (@event)
        {
            case MandateGranted granted:
                Require("INV-11", granted.Mandate.Parent is not { } parent || Mandates.ContainsKey(parent),
                    $"{_entry} delegates from {granted.Mandate.Parent}, which was not granted");
                Mandates.Add(granted.Mandate.Id, granted.Mandate);
                break;
            case MandateSuspended suspended:
                _stopped[suspended.Mandate] = MandateStatus.Suspended;
                break;
            case MandateResumed resumed:
                Require("INV-11", _stopped.Remove(resumed.Mandate, out var was) && was == MandateStatus.Suspended,
                    $"{_entry} resumes {resumed.Mandate}, which is not suspended");
                break;
            case MandateRevoked revoked:
                _stopped[revoked.Mandate] = MandateStatus.Revoked;
                break;
            default:
                return false;
        }

        return true;
    }

    private void CheckMandates(DealBooked booked)
    {
        CheckMandate(booked, booked.Buyer, booked.Seller, MandateActions.Buy);
        CheckMandate(booked, booked.Seller, booked.Buyer, MandateActions.Sell);
    }

    private void CheckMandate(DealBooked booked, DealParty party, DealParty other, MandateActions action)
    {
        if (party.Mandate is not { } id)
        {
            return;
        }

        Require("INV-11", Mandates.TryGetValue(id, out var own), $"{_entry} uses {id}, which was not granted");
        Require("INV-11", own!.Principal == party.Principal && own.Agent == party.Agent,
            $"{_entry} uses {id} for another agent or principal");
        foreach (var mandate in LineOf(id))
        {
            CheckMandate(mandate, booked, party, other, action);
        }
    }

    private void CheckMandate(
        Mandate mandate, DealBooked booked, DealParty party, DealParty other, MandateActions action)
    {
        var (id, total) = (mandate.Id, booked.Total.MinorUnits);
        var how = _stopped.GetValueOrDefault(id);
        Require("INV-11", how != MandateStatus.Revoked, $"{_entry} uses {id}, which was revoked");
        Require("INV-11", how != MandateStatus.Suspended, $"{_entry} uses {id}, which was suspended");
        Require("INV-11", total <= mandate.PerDealMaxMinor,
            $"{_entry} is a deal of {total} under {id}, which allows {mandate.PerDealMaxMinor}");
        Require("INV-11", mandate.NotBefore <= booked.At && booked.At < mandate.ExpiresAt,
            $"{_entry} uses {id} outside its time");
        Require("INV-11", mandate.Currency == booked.Total.Currency && mandate.Actions.HasFlag(action),
            $"{_entry} uses {id}, which allows {mandate.Actions} in {mandate.Currency}");
        var isAllowed = mandate.CounterpartiesAllowed.Count == 0
            || mandate.CounterpartiesAllowed.Contains(other.Principal);
        Require("INV-11", isAllowed && !mandate.CounterpartiesDenied.Contains(other.Principal),
            $"{_entry} uses {id} with {other.Principal}, which it does not allow");
        var needsApproval = mandate.ApprovalAboveMinor is { } above && total > above;
        Require("INV-11", !needsApproval || party.Approval == booked.TermsHash,
            $"{_entry} is a deal of {total} under {id}, not approved above {mandate.ApprovalAboveMinor}");
    }
}
