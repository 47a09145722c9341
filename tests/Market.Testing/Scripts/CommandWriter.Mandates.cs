using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>
/// Mandates with limits of every kind, some delegated from others, and deals that mostly keep to them.
/// </content>
internal sealed partial class CommandWriter
{
    private const int MandatesMax = 10;
    private static readonly string[] Categories = ["food", "tools", "Food"];
    private readonly List<Mandate> _mandates = [];

    /// <summary>Mostly a new mandate; sometimes one that may be granted already, with other limits.</summary>
    public Mandate Mandate()
    {
        var isNew = _mandates.Count == 0 || (_mandates.Count < MandatesMax && !OneIn(5));
        var id = isNew ? TestIds.Mandate(1 + _mandates.Count) : Pick(_mandates).Id;
        var mandate = _mandates.Count > 0 && OneIn(3) ? Delegated(id) : Own(id);
        if (isNew)
        {
            _mandates.Add(mandate);
        }

        return mandate;
    }

    private Mandate Own(MandateId id)
    {
        var starts = OneIn(6) ? Clock + TimeSpan.FromMinutes(_random.Next(60)) : TestIds.Start;
        var perDeal = 1 + Amount(1_200);
        return new Mandate(
            id, Principal(), Agent(), Coin(), perDeal, Math.Max(1, perDeal + Amount(900) - Amount(100)), starts,
            starts + TimeSpan.FromMinutes(10 + _random.Next(20_000)),
            (BudgetWindow)(1 + _random.Next(3)),
            OneIn(6) ? (MandateActions)(1 + _random.Next(2)) : MandateActions.BuyAndSell,
            OneIn(5) ? [Category()] : [],
            OneIn(6) ? [Principal(), Principal()] : [],
            OneIn(8) ? [Principal()] : [],
            OneIn(4) ? _random.Next(3) : null,
            OneIn(5) ? 1 + _random.Next(3) : null,
            OneIn(5) ? Amount(300) : null,
            DelegationDepthMax: OneIn(2) ? 1 + _random.Next(2) : 0);
    }

    /// <summary>Mostly as wide as its parent in all but its caps; sometimes wider in something.</summary>
    private Mandate Delegated(MandateId id)
    {
        var parents = _mandates.Where(known => known.DelegationDepthMax > 0 && known.Id != id).ToList();
        var parent = parents.Count == 0 || OneIn(10) ? Pick(_mandates) : Pick(parents);
        var child = parent with
        {
            Id = id,
            Agent = Agent(),
            Parent = parent.Id,
            PerDealMaxMinor = Math.Max(1, parent.PerDealMaxMinor - Amount(100)),
            BudgetMaxMinor = Math.Max(1, parent.BudgetMaxMinor - Amount(100)),
            Window = OneIn(3) ? BudgetWindow.Total : parent.Window,
            DelegationDepthMax = Math.Max(0, parent.DelegationDepthMax - 1),
        };
        return OneIn(3) ? Widened(child) : child;
    }

    private Mandate Widened(Mandate child) => _random.Next(10) switch
    {
        0 => child with { Principal = Other(child.Principal) },
        1 => child with { PerDealMaxMinor = child.PerDealMaxMinor + Amount(150) },
        2 => child with { BudgetMaxMinor = child.BudgetMaxMinor + Amount(150) },
        3 => child with { ExpiresAt = child.ExpiresAt + TimeSpan.FromMinutes(1) },
        4 => child with { Window = BudgetWindow.Day, OpenHoldsMax = OneIn(2) ? null : 1 },
        5 => child with { Actions = MandateActions.Buy, Categories = OneIn(2) ? [] : [Category()] },
        6 => child with { CounterpartiesAllowed = [], DealsMax = OneIn(2) ? null : 2 },
        7 => child with { CounterpartiesDenied = [] },
        8 => child with { ApprovalAboveMinor = OneIn(2) ? null : Amount(200) },
        _ => child with { DelegationDepthMax = child.DelegationDepthMax + 1 },
    };

    private string Category() => Categories[_random.Next(Categories.Length)];

    /// <summary>Mostly the other step than the last, of the revision that it has.</summary>
    private LedgerCommand SuspendOrResume()
    {
        var mandate = GrantedMandate();
        var standing = LedgerQueries.GetMandate(_book.State, mandate.Id);
        var stopped = _mandates
            .Select(known => LedgerQueries.GetMandate(_book.State, known.Id))
            .FirstOrDefault(known => known?.Status == MandateStatus.Suspended);
        if (stopped is not null && OneIn(2))
        {
            (mandate, standing) = (stopped.Mandate, stopped);
        }

        var revision = OneIn(6) ? _random.Next(5) : standing?.Revision ?? 1;
        var resumes = (standing?.Status == MandateStatus.Suspended) != OneIn(6);
        return resumes
            ? new ResumeMandate(mandate.Id, mandate.Principal, revision)
            : new SuspendMandate(mandate.Id, mandate.Principal, revision);
    }

    /// <summary>Often one under which a deal is held: the deal stays what it is.</summary>
    private RevokeMandate RevokeMandate()
    {
        var inUse = _mandates
            .Where(known => LedgerQueries.GetMandate(_book.State, known.Id) is
            {
                Status: not MandateStatus.Revoked,
                OpenHolds: > 0,
            })
            .ToList();
        var mandate = inUse.Count > 0 && !OneIn(4) ? Pick(inUse) : GrantedMandate();
        return new RevokeMandate(mandate.Id, mandate.Principal);
    }

    private Mandate GrantedMandate() => _mandates.Count == 0 ? Mandate() : Pick(_mandates);

    /// <summary>A side that acts under a mandate, sometimes for another one.</summary>
    private DealParty Under(Mandate? mandate, PrincipalNumber principal, Hash256 terms)
    {
        if (mandate is null)
        {
            return new DealParty(
                Agent(), principal, OneIn(20) ? TestIds.Mandate(MandatesMax + 1) : null);
        }

        var approval = OneIn(6) ? TestIds.Hash(7) : OneIn(2) ? terms : (Hash256?)null;
        return new DealParty(
            OneIn(16) ? Agent() : mandate.Agent,
            OneIn(16) ? principal : mandate.Principal,
            mandate.Id,
            mandate.ApprovalAboveMinor is null ? null : approval);
    }
}
