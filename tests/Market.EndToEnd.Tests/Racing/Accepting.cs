using Market.Client;

namespace Market.EndToEnd.Tests.Racing;

/// <summary>Accepts of many at once.</summary>
internal static class Accepting
{
    /// <summary>
    /// Accepts what stands in each negotiation. All offers are read before the first is accepted: what loses to
    /// another accept has none standing any more.
    /// </summary>
    public static async Task AcceptAsync(this IEnumerable<Negotiation> negotiations)
    {
        var all = negotiations.ToList();
        var states = await Eventually.DoneAsync("every offer arrives", Task.WhenAll(
            all.Select(static one => one.WaitForAsync(static state => state.Standing is not null))));
        await Task.WhenAll(all.Zip(states, static (one, state) => one.TryAcceptAsync(state.Standing!)));
    }
}
