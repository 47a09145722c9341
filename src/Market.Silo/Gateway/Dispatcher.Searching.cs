using Market.Domain.Listings;
using Market.Domain.Wire.Messages;
using Market.Grains.Searching;

namespace Market.Silo.Gateway;

/// <content>
/// Searching. A search may take milliseconds, so it never runs on the thread that reads a connection.
/// </content>
internal sealed partial class Dispatcher
{
    private ValueTask<object> SearchAsync(SearchListings query) => OffThreadAsync(() => catalog.SearchAsync(query));

    private ValueTask<object> SearchAsync(SearchRequests query) => OffThreadAsync(() => catalog.SearchAsync(query));

    private ValueTask<object> SearchAsync(CompareListings query) => OffThreadAsync(() => catalog.CompareAsync(query));

    private ValueTask<object> SearchAsync(GetPriceHistory query) =>
        OffThreadAsync(() => catalog.ReadPricesAsync(query));

    private static async ValueTask<object> OffThreadAsync<T>(Func<ValueTask<CatalogAnswer<T>>> ask)
        where T : class
    {
        var answer = await Task.Run(async () => await ask().ConfigureAwait(false)).ConfigureAwait(false);
        return answer.Refusal is not { } refusal ? answer.Found!
            : Refusals.Of(
                refusal,
                answer.Detail,
                refusal == SearchRefusal.CatalogIsBehind ? GatewayOptions.RetryAfter : null);
    }
}
