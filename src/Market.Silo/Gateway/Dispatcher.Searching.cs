using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;
using Market.Grains.Searching;

namespace Market.Silo.Gateway;

/// <content>
/// Searching. A search may take milliseconds, so it never runs on the thread that reads a connection, and only so many
/// run at once.
/// </content>
internal sealed partial class Dispatcher
{
    private readonly SearchLane _searches = SearchLane.ForThisMachine();

    private ValueTask<object> SearchAsync(Agent agent, SearchListings query) =>
        SearchAsync(agent, () => catalog.SearchAsync(query));

    private ValueTask<object> SearchAsync(Agent agent, SearchRequests query) =>
        SearchAsync(agent, () => catalog.SearchAsync(query));

    private ValueTask<object> SearchAsync(Agent agent, CompareListings query) =>
        SearchAsync(agent, () => catalog.CompareAsync(query));

    private ValueTask<object> SearchAsync(Agent agent, GetPriceHistory query) =>
        SearchAsync(agent, () => catalog.ReadPricesAsync(query));

    private async ValueTask<object> SearchAsync<T>(Agent agent, Func<ValueTask<CatalogAnswer<T>>> ask)
        where T : class
    {
        var answer = await _searches.RunAsync(agent.Number.Value, ask).ConfigureAwait(false);
        return answer.Refusal is not { } refusal ? answer.Found!
            : Refusals.Of(
                refusal,
                answer.Detail,
                refusal == SearchRefusal.CatalogIsBehind ? GatewayOptions.RetryAfter : null);
    }
}
