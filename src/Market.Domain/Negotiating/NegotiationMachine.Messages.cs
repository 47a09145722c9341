namespace Market.Domain.Negotiating;

/// <content>
/// What the sides say to each other beside the offers: bounded, theirs at any time, and without any effect on turn,
/// offers or deadline.
/// </content>
public static partial class NegotiationMachine
{
    private static NegotiationDecision DecideInquire(
        NegotiationState state, Party by, Inquire act, PerformAct command, LedgerTime now)
    {
        var refusal =
            RefuseMessage(state, by, act.Text, isAboutIssues: act.Issue is not null)
            ?? (act.Issue is { } issue && IssueOf(state.Subject.Agenda, issue) is null
                ? NegotiationRefusal.IssueUnknown
                : (NegotiationRefusal?)null);
        return refusal is { } reason
            ? NegotiationDecision.Refuse(reason)
            : Record(state, new InquiryMade(now, state.Id, Reference(by, command), by, act.Text, act.Issue));
    }

    private static NegotiationDecision DecideInform(
        NegotiationState state, Party by, Inform act, PerformAct command, LedgerTime now)
    {
        var refusal =
            RefuseMessage(state, by, act.Text, isAboutIssues: act.Values.Count > 0)
            ?? (act.InReplyTo is { } inquiry && !state.HasInquired(by.Counterparty(), inquiry)
                ? NegotiationRefusal.InquiryUnknown
                : RefuseValues(state.Subject.Agenda, act.Values));
        return refusal is { } reason
            ? NegotiationDecision.Refuse(reason)
            : Record(state, new InformationGiven(
                now, state.Id, Reference(by, command), by, act.InReplyTo, act.Values, act.Text));
    }

    private static NegotiationRefusal? RefuseMessage(
        NegotiationState state, Party by, string? text, bool isAboutIssues) =>
        state.MessagesBy(by) >= MarketLimits.MessagesMax ? NegotiationRefusal.MessagesAreExhausted
        : text is not null && !Names.IsText(text) ? NegotiationRefusal.TextIsInvalid
        : !isAboutIssues && string.IsNullOrWhiteSpace(text) ? NegotiationRefusal.MessageIsEmpty
        : null;

    /// <summary>Every value is one of an issue that is named once, so there are no more than issues.</summary>
    private static NegotiationRefusal? RefuseValues(Agenda agenda, ValueArray<IssueValue> values)
    {
        var named = new HashSet<Issue>(ReferenceEqualityComparer.Instance);
        foreach (var value in values)
        {
            if (IssueOf(agenda, value.Issue) is not { } issue || !named.Add(issue))
            {
                return NegotiationRefusal.IssueUnknown;
            }

            if (!issue.Contains(value.Value))
            {
                return NegotiationRefusal.ValueOutsideIssue;
            }
        }

        return null;
    }

    private static Issue? IssueOf(Agenda agenda, string name)
    {
        foreach (var issue in agenda.Issues)
        {
            if (string.Equals(issue.Name, name, StringComparison.Ordinal))
            {
                return issue;
            }
        }

        return null;
    }
}
