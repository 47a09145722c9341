using Market.Silo.Clustering;
using Orleans.Runtime;

namespace Market.Silo.Orleans;

/// <summary>Ends a silo that others have declared dead, in one line; whoever runs servers starts it again.</summary>
internal sealed class FatalEnd : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception) =>
        SiloEnd.Now(context ?? "The engine gives up.");
}
