using Market.Grains.Hosting;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace Market.Silo.Orleans;

/// <summary>
/// What the engine places: a shell around a mailbox of this silo, which holds the plain grain with all of the embedded
/// cluster's rules. Reentrant, since the mailbox gives one message at a time and the journal fences.
/// </summary>
/// <param name="silo">This silo.</param>
/// <param name="kind">What it is.</param>
[Reentrant]
internal abstract class GrainShell(SiloCluster silo, GrainKind kind) : Grain, IMarketGrain
{
    private static readonly DeactivationReason LeftMemory =
        new(DeactivationReasonCode.ApplicationRequested, "Its mailbox is gone, or was poisoned.");

    private Grains.Hosting.GrainId Id => new(kind, this.GetPrimaryKey());

    public Task<byte[]> AskAsync(byte[] message, CancellationToken cancellationToken) =>
        silo.AnswerAsync(Id, message, cancellationToken);

    public Task TellAsync(byte[] message)
    {
        silo.Take(Id, message);
        return Task.CompletedTask;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        silo.Placed(Id, () => GrainContext.Deactivate(LeftMemory, CancellationToken.None));
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        silo.DisplacedAsync(Id, cancellationToken);
}

// Those of agents are placed where they are first asked, mostly by their agent's own connection; the two of which a
// market has one, anywhere.
[GrainType("buyer"), PreferLocalPlacement]
internal sealed class BuyerAgentShell(SiloCluster silo) : GrainShell(silo, GrainKind.BuyerAgent), IBuyerAgentGrain;
[GrainType("seller"), PreferLocalPlacement]
internal sealed class SellerAgentShell(SiloCluster silo) : GrainShell(silo, GrainKind.SellerAgent), ISellerAgentGrain;
[GrainType("negotiation"), PreferLocalPlacement]
internal sealed class NegotiationShell(SiloCluster silo) : GrainShell(silo, GrainKind.Negotiation), INegotiationGrain;
[GrainType("tender"), PreferLocalPlacement]
internal sealed class TenderShell(SiloCluster silo) : GrainShell(silo, GrainKind.Tender), ITenderGrain;
[GrainType("approvals"), PreferLocalPlacement]
internal sealed class ApprovalsShell(SiloCluster silo) : GrainShell(silo, GrainKind.Approvals), IApprovalsGrain;
[GrainType("ledger")]
internal sealed class LedgerShell(SiloCluster silo) : GrainShell(silo, GrainKind.Ledger), ILedgerGrain;
[GrainType("directory")]
internal sealed class DirectoryShell(SiloCluster silo) : GrainShell(silo, GrainKind.Directory), IDirectoryGrain;
