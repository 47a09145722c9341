using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.House;

/// <summary>An agent of the house's market. Only the agent itself is given its secret.</summary>
/// <param name="Profile">What anybody may know.</param>
/// <param name="Secret">What only the agent itself knows.</param>
public sealed record HouseAgent(HouseAgentProfile Profile, HouseAgentSecret Secret)
{
    /// <summary>
    /// The price at which an outcome's other terms would leave the agent nothing, in cents: the most that a buyer pays
    /// for them, the least that a seller takes.
    /// </summary>
    public long LimitCents(Outcome outcome)
    {
        var surplus = (long)Secret.Utility.Of(outcome);
        var price = outcome[HouseCategory.PriceIssue];
        return Profile.Party == Party.Buyer ? price + surplus : price - surplus;
    }
}

/// <summary>The public part of an agent.</summary>
/// <param name="Name">Its name, unique in the market.</param>
/// <param name="Party">Whether it buys or sells.</param>
/// <param name="Category">What it wants or offers.</param>
/// <param name="Quantity">Pieces that it needs or has in stock; each negotiation is about one.</param>
public sealed record HouseAgentProfile(string Name, Party Party, HouseCategory Category, long Quantity)
{
    /// <summary>
    /// A name without the remark what its bearer wants or sells, which is unique in one category only.
    /// </summary>
    public static string ShortNameOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split(" (", 2)[0];
    }
}

/// <summary>The private part of an agent.</summary>
/// <param name="Utility">What an outcome leaves the agent, in cents; 0 is the reservation value.</param>
/// <param name="Strategy">How it concedes.</param>
public sealed record HouseAgentSecret(UtilityFunction Utility, TimeDependentPreset Strategy);
