namespace Market.Grains.Hosting;

// How a mailbox gets its activation. The turn is parked meanwhile, and messages wait.
internal sealed partial class Mailbox
{
    /// <summary>Loads the activation. False when the turn is parked until the journal has answered.</summary>
    private bool TryLoad()
    {
        var loading = Activation.LoadAsync(cluster.Services, this, grain);
        if (!loading.IsCompletedSuccessfully)
        {
            _ = FinishLoadingAsync(loading);
            return false;
        }

        SetLoaded(loading.Result);
        return true;
    }

    private async Task FinishLoadingAsync(ValueTask<Activation?> loading)
    {
        try
        {
            SetLoaded(await loading.ConfigureAwait(false));
        }
        catch (StreamDamagedException damage)
        {
            _damage = damage;
            cluster.Services.Report(damage.Message, damage);
        }
#pragma warning disable CA1031 // Whatever the storage throws, those who wait must hear of it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            // Not "overloaded": what waits may repeat a message whose effect is stored.
            var reason = $"Grain {grain.Kind} {grain.Key} could not be loaded.";
            cluster.Services.Report(reason, error);
            FailQueued(_ => new OutcomeUnknownException(reason, error));
        }

        Schedule();
    }

    private void SetLoaded(Activation? activation)
    {
        _activation = activation;
        if (activation is null)
        {
            ForEachQueued(static (_, envelope) => envelope.Complete(GrainNotFound.Instance));
        }
    }
}
