using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Domain.Hosting;

/// <summary>What an agent's grain makes of a word about a hosted strategy.</summary>
/// <param name="Event">The event to journal, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="At">When it was recorded, now or before.</param>
public readonly record struct HostingDecision(HostingEvent? Event, HostingRefusal? Refusal, LedgerTime At);

/// <summary>Which strategies an agent may leave with the market, and their end.</summary>
public static class HostingMachine
{
    /// <summary>Decides for a seller, whose listings are known here.</summary>
    public static HostingDecision Decide(SellerState state, HostingCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Decide(state.Hostings, command, now, plan =>
            plan.Side != Party.Seller || plan.Listings.Count is < 1 or > HostingLimits.SubjectsMax
                || plan.Listings.Distinct().Count() != plan.Listings.Count
                || plan.Negotiations.Count > 0 || plan.Request is not null ? HostingRefusal.SubjectsAreInvalid
            : plan.Listings.Any(listing => state.Find(listing) is null) ? HostingRefusal.SubjectNotFound
            : plan.Listings.Any(listing => state.Find(listing)!.Draft.Mandate != plan.Mandate)
                ? HostingRefusal.SubjectUnderAnotherMandate
            : null);
    }

    /// <summary>
    /// Decides for a buyer, whose requests are known here; that its negotiations are its own, the gateway has asked
    /// them.
    /// </summary>
    public static HostingDecision Decide(BuyerState state, HostingCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Decide(state.Hostings, command, now, plan =>
            plan.Side != Party.Buyer || plan.Listings.Count > 0
                || plan.Negotiations.Count > HostingLimits.SubjectsMax
                || plan.Negotiations.Distinct().Count() != plan.Negotiations.Count
                || (plan.Negotiations.Count == 0 && plan.Request is null) ? HostingRefusal.SubjectsAreInvalid
            : plan.Request is { } request && state.Find(request) is null ? HostingRefusal.SubjectNotFound
            : null);
    }

    private static HostingDecision Decide(
        HostingBook book, HostingCommand command, LedgerTime now, Func<HostingPlan, HostingRefusal?> refuseSubjects)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command switch
        {
            StartHosting start => DecideStart(book, start, now, refuseSubjects),
            EndHosting end => DecideEnd(book, end, now),
            ReportRefusedAct report => DecideReport(book, report, now),
            _ => throw new ArgumentException($"No rule decides {command.GetType().Name}.", nameof(command)),
        };
    }

    private static HostingDecision DecideStart(
        HostingBook book, StartHosting command, LedgerTime now, Func<HostingPlan, HostingRefusal?> refuseSubjects)
    {
        var plan = command.Plan;
        if (book.Find(command.Hosting) is { } known)
        {
            return known.Plan == plan
                ? new(null, null, known.StartedAt)
                : Refuse(HostingRefusal.MessageIdReused);
        }

        var refusal =
            MessageIds.Refuse(plan.Message, now) is not null ? HostingRefusal.MessageIdOutsideWindow
            : refuseSubjects(plan) is { } wrong ? wrong
            : book.Running.Any(hosting => hosting.Plan.Overlaps(plan)) ? HostingRefusal.SubjectHostedAlready
            : book.Running.Count() >= HostingLimits.HostingsMax || book.All.Count >= HostingLimits.RememberedMax
                ? HostingRefusal.TooManyHostings
            : (HostingRefusal?)null;
        return refusal is { } reason
            ? Refuse(reason)
            : new(new HostingStarted(now, command.Agent, command.Hosting, plan, command.Commitment), null, now);
    }

    private static HostingDecision DecideEnd(HostingBook book, EndHosting command, LedgerTime now) =>
        book.Find(command.Hosting) is not { } known ? Refuse(HostingRefusal.HostingNotFound)
        : known.EndedAt is { } at ? new(null, null, at)
        : new(new HostingStopped(now, command.Agent, command.Hosting, command.End), null, now);

    private static HostingDecision DecideReport(HostingBook book, ReportRefusedAct command, LedgerTime now) =>
        book.Find(command.Hosting) is not { End: null } ? Refuse(HostingRefusal.HostingNotFound)
        : book.IsReported(command.Hosting, command.Negotiation, command.Seq) ? new(null, null, now)
        : new(
            new HostedActRefused(
                now, command.Agent, command.Hosting, command.Negotiation, command.Seq, command.Code),
            null,
            now);

    private static HostingDecision Refuse(HostingRefusal refusal) => new(null, refusal, default);
}
