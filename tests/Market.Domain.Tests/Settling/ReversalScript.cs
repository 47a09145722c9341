using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>One act of a random script, in small numbers so that ids collide and limits are hit.</summary>
/// <param name="Kind">Which command; see <see cref="ReversalScript.ToCommand"/>.</param>
/// <param name="A">Which principal, listing, mandate: small.</param>
/// <param name="B">Which other one: small.</param>
/// <param name="Id">Which command id or deal: few enough to be used twice.</param>
/// <param name="Amount">Minor units, units or minutes.</param>
public readonly record struct ReversalStep(int Kind, int A, int B, int Id, int Amount);

/// <summary>Random scripts of ledger commands.</summary>
/// <param name="Steps">One after the other.</param>
public sealed record ReversalScript(ValueArray<ReversalStep> Steps)
{
    public const int Kinds = 29;
    private const int Ids = 60;
    private static readonly RequestId OtherRequest = new(Some.Id(202));

    /// <summary>A script of a seed, for tests that need always the same ones.</summary>
    public static ReversalScript Of(int seed, int length)
    {
        var random = new Random(seed);
        return new ReversalScript(Enumerable.Range(0, length).Select(_ => new ReversalStep(
            random.Next(Kinds), random.Next(4), random.Next(4), random.Next(Ids), random.Next(61))).ToValueArray());
    }

    /// <summary>
    /// The command of a step at a moment; null where the step only lets time pass. Claims and
    /// their deals are named by what is in the book, which the caller knows.
    /// </summary>
    internal static LedgerCommand? ToCommand(ReversalStep step, LedgerTime now, ReversalTargets targets)
    {
        var principal = new PrincipalNumber(1 + step.A);
        var other = new PrincipalNumber(1 + step.B);
        var id = Some.CommandId(step.Id);
        var soon = now + TimeSpan.FromMinutes(step.Amount);
        return step.Kind switch
        {
            0 or 1 => new Deposit(id, principal, Some.Usd(20 * step.Amount)),
            2 => new Withdraw(id, principal, Some.Usd(step.Amount)),
            3 => new MintUnits(id, Some.Listing, principal, step.Amount),
            4 => new MintNeed(id, Some.Request, principal, step.Amount),
            5 => new Transfer(id, [FundsLeg(principal, other, step.Amount), FundsLeg(other, principal, step.Id)]),
            6 => new HoldTransfer(id, FundsLeg(principal, other, step.Amount), soon),
            7 => new PostHold(id, step.Amount / 2),
            8 => new VoidHold(id),
            9 => new ExpireHolds(1 + step.A),
            10 or 11 => new GrantMandate(Some.Mandate(100, 180, MandateOf(step.A), principal)),
            12 => new RevokeMandate(MandateOf(step.A), principal),
            13 => new ConfirmDelivery(Some.DealId(step.Id)),
            14 => new CancelDelivery(Some.DealId(step.Id)),
            15 => null,
            22 => new OpenAccount(id, step.Amount % 2 == 0
                ? AccountName.Funds(principal, Currency.Usd)
                : AccountName.Need(principal, step.B == 0 ? Some.Request : OtherRequest)),
            23 => new CloseSubject(id, step.B == 0 ? Asset.Unit(Some.Listing) : Asset.Need(Some.Request)),
            24 or 25 => new Reverse(Fresh(step), Some.DealId(step.Amount % Ids), AmountsBack(step)),
            26 => ToReversal(step, targets),
            27 => targets.Deal is { } deal
                ? new Withdraw(Fresh(step), deal.Seller.Principal, Some.Usd(targets.SellerFunds))
                : new PayClaim(id, targets.Claim),
            28 => new PayClaim(Fresh(step), targets.Claim),
            _ => ToSettle(step, principal, other, soon),
        };
    }

    private static Settle ToSettle(ReversalStep step, PrincipalNumber buyer, PrincipalNumber seller, LedgerTime soon)
    {
        var isHeld = step.Kind % 2 == 0;
        var total = Some.Usd(2 * step.Amount);
        RequestId? request = step.Kind >= 20 ? Some.Request : null;
        return new Settle(
            Some.DealId(step.Id),
            new NegotiationId(Some.Id(step.Id)),
            Some.Hash(step.Kind),
            new DealParty(Some.AgentA, buyer, step.Kind >= 18 ? MandateOf(step.A) : null),
            new DealParty(Some.AgentB, seller, null),
            total,
            DealLegs.Build(buyer, seller, total, feeBasisPoints: 250, Some.Listing, 1 + (step.Amount % 3), request),
            isHeld ? SettlementMode.OnDelivery : SettlementMode.Immediate,
            isHeld ? soon : null);
    }

    private static Reverse ToReversal(ReversalStep step, ReversalTargets targets) => new(
        Fresh(step),
        targets.Deal?.Deal ?? Some.DealId(step.Id),
        targets.Deal is { } deal ? [.. deal.Postings.Select(posting => posting.Amount / (1 + (step.Id % 2)))] : [1]);

    // Of more ids than other commands have: most of those are used up before there is anything to take back.
    private static LedgerCommandId Fresh(ReversalStep step) =>
        Some.CommandId(1_000 + step.Id + (100 * step.A) + (1_000 * step.B));

    private static ValueArray<long> AmountsBack(ReversalStep step)
    {
        long[] amounts = [step.Id / 2, step.A % 2, step.B % 2, step.B % 2];
        return amounts.Take(step.Kind == 25 ? 4 : 3).ToValueArray();
    }

    private static Leg FundsLeg(PrincipalNumber from, PrincipalNumber to, long amount) =>
        new(AccountName.Funds(from, Currency.Usd), AccountName.Funds(to, Currency.Usd), amount);

    private static MandateId MandateOf(int number) => new(Some.Id(300 + number));

    /// <inheritdoc/>
    public override string ToString() => string.Join(Environment.NewLine, Steps);
}

/// <summary>What steps aim at that a random number would hardly ever hit.</summary>
/// <param name="Claim">The entry of the newest claim; 0 where there is none.</param>
/// <param name="Deal">The newest deal; null where there is none.</param>
/// <param name="SellerFunds">What its seller has.</param>
internal readonly record struct ReversalTargets(EntryNumber Claim, DealBooked? Deal, long SellerFunds);
