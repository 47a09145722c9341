using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Granting mandates, of one's own or below another one, and stopping them.</content>
public sealed partial class NaiveLedger
{
    private LedgerVerdict TellGrant(GrantMandate command)
    {
        var mandate = command.Mandate;
        if (_mandates.TryGetValue(mandate.Id, out var known))
        {
            return known.Mandate == mandate
                ? LedgerVerdict.AlreadyDone(known.GrantedBy)
                : LedgerVerdict.Refuses(LedgerRefusal.MandateExistsWithDifferentTerms, known.GrantedBy);
        }

        if (!IsSound(mandate))
        {
            return LedgerVerdict.Refuses(LedgerRefusal.MandateMalformed);
        }

        if (mandate.Parent is { } parent && CheckParent(mandate, LineOf(parent)) is { } refused)
        {
            return LedgerVerdict.Refuses(refused);
        }

        _mandates.Add(mandate.Id, new NaiveMandate(mandate, Next, []));
        return LedgerVerdict.Done;
    }

    private static bool IsSound(Mandate mandate)
    {
        bool[] rules =
        [
            mandate.Principal.Value > 0,
            mandate.Agent.Value > 0,
            Asset.Money(mandate.Currency).IsWellFormed,
            mandate.PerDealMaxMinor is > 0 and <= AmountMax,
            mandate.BudgetMaxMinor is > 0 and <= AmountMax,
            mandate.ExpiresAt > mandate.NotBefore,
            mandate.Window is BudgetWindow.Day or BudgetWindow.Month or BudgetWindow.Total,
            mandate.Actions is MandateActions.Buy or MandateActions.Sell or MandateActions.BuyAndSell,
            mandate.Categories.Count <= 32 && mandate.Categories.All(Names.IsValid),
            mandate.CounterpartiesAllowed.Count <= 256,
            mandate.CounterpartiesDenied.Count <= 256,
            mandate.OpenHoldsMax is null or >= 0 and <= 1_000_000_000,
            mandate.DealsMax is null or > 0 and <= 1_000_000_000,
            mandate.ApprovalAboveMinor is null or >= 0 and <= AmountMax,
            mandate.DelegationDepthMax is >= 0 and <= 8,
        ];
        return rules.All(rule => rule);
    }

    private static LedgerRefused? CheckParent(Mandate child, List<NaiveMandate> line)
    {
        if (line.Count == 0 || line[0].Mandate.Principal != child.Principal)
        {
            return new LedgerRefused(LedgerRefusal.MandateUnknown);
        }

        if (CheckStanding(line) is { } stopped)
        {
            return stopped;
        }

        var parent = line[0].Mandate;
        if (parent.DelegationDepthMax == 0)
        {
            return new LedgerRefused(LedgerRefusal.MandateMayNotDelegate);
        }

        var wider = FieldsOf(child, parent).FirstOrDefault(field => field.IsWider).Field;
        return wider == LedgerField.None ? null : new LedgerRefused(LedgerRefusal.MandateNotNarrower, Field: wider);
    }

    /// <summary>The fields in the order in which they are looked at, and whether a child's allows more.</summary>
    private static IEnumerable<(LedgerField Field, bool IsWider)> FieldsOf(Mandate child, Mandate parent) =>
    [
        (LedgerField.Currency, child.Currency != parent.Currency),
        (LedgerField.PerDealMaxMinor, child.PerDealMaxMinor > parent.PerDealMaxMinor),
        (LedgerField.BudgetMaxMinor, child.BudgetMaxMinor > parent.BudgetMaxMinor),
        (LedgerField.NotBefore, child.NotBefore < parent.NotBefore),
        (LedgerField.ExpiresAt, child.ExpiresAt > parent.ExpiresAt),
        (LedgerField.Window, (child.Window, parent.Window) is
            (BudgetWindow.Day, BudgetWindow.Month or BudgetWindow.Total)
            or (BudgetWindow.Month, BudgetWindow.Total)),
        (LedgerField.Actions, !parent.Actions.HasFlag(child.Actions)),
        (LedgerField.Categories, IsWider(
            child.Categories.Select(name => name.ToUpperInvariant()),
            parent.Categories.Select(name => name.ToUpperInvariant()))),
        (LedgerField.CounterpartiesAllowed, IsWider(child.CounterpartiesAllowed, parent.CounterpartiesAllowed)),
        (LedgerField.CounterpartiesDenied, !parent.CounterpartiesDenied.All(child.CounterpartiesDenied.Contains)),
        (LedgerField.OpenHoldsMax, OrAny(child.OpenHoldsMax) > OrAny(parent.OpenHoldsMax)),
        (LedgerField.DealsMax, OrAny(child.DealsMax) > OrAny(parent.DealsMax)),
        (LedgerField.ApprovalAboveMinor, OrAny(child.ApprovalAboveMinor) > OrAny(parent.ApprovalAboveMinor)),
        (LedgerField.DelegationDepthMax, child.DelegationDepthMax > parent.DelegationDepthMax - 1),
    ];

    private static long OrAny(long? limit) => limit ?? long.MaxValue;

    /// <summary>Of lists that allow what they name, or everything where they name nothing.</summary>
    private static bool IsWider<T>(IEnumerable<T> child, IEnumerable<T> parent)
    {
        var (named, allowed) = (child.ToHashSet(), parent.ToHashSet());
        return allowed.Count > 0 && (named.Count == 0 || !named.IsSubsetOf(allowed));
    }

    private LedgerVerdict TellRevoke(RevokeMandate command)
    {
        if (OwnMandate(command.Mandate, command.Principal) is not { } known)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.MandateUnknown);
        }

        if (known.Status == MandateStatus.Revoked)
        {
            return LedgerVerdict.AlreadyDone(known.Changes[^1].Entry);
        }

        known.Changes.Add(new MandateChange(MandateStatus.Revoked, Next));
        return LedgerVerdict.Done;
    }

    private LedgerVerdict TellSuspend(SuspendMandate command) => TellChange(
        OwnMandate(command.Mandate, command.Principal), command.Revision, MandateStatus.Suspended);

    private LedgerVerdict TellResume(ResumeMandate command) => TellChange(
        OwnMandate(command.Mandate, command.Principal), command.Revision, MandateStatus.Active);

    /// <summary>A change of a revision happens once; the change that it was stays found for ever.</summary>
    private LedgerVerdict TellChange(NaiveMandate? known, int revision, MandateStatus wanted)
    {
        if (known is null)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.MandateUnknown);
        }

        var changes = known.Changes;
        if (changes.Index().FirstOrDefault(change => change.Index + 1 == revision).Item is { Entry.Value: > 0 } made
            && made.Status == wanted)
        {
            return LedgerVerdict.AlreadyDone(made.Entry);
        }

        if (known.Status == MandateStatus.Revoked)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.MandateRevoked, changes[^1].Entry);
        }

        if (revision != changes.Count + 1)
        {
            return LedgerVerdict.Refuses(
                new LedgerRefused(LedgerRefusal.MandateRevisionIsStale, revision, changes.Count + 1));
        }

        if (changes.Count >= 254)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.MandateRevisionsExhausted);
        }

        if (known.Status == wanted)
        {
            return wanted == MandateStatus.Active
                ? LedgerVerdict.Refuses(LedgerRefusal.MandateNotSuspended)
                : LedgerVerdict.Refuses(LedgerRefusal.MandateAlreadySuspended, changes[^1].Entry);
        }

        changes.Add(new MandateChange(wanted, Next));
        return LedgerVerdict.Done;
    }

    private NaiveMandate? OwnMandate(MandateId id, PrincipalNumber principal) =>
        _mandates.TryGetValue(id, out var known) && known.Mandate.Principal == principal ? known : null;

    private sealed record NaiveMandate(Mandate Mandate, EntryNumber GrantedBy, List<MandateChange> Changes)
    {
        public MandateStatus Status => Changes.Count == 0 ? MandateStatus.Active : Changes[^1].Status;
    }
}
