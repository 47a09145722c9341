using Market.Domain;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>A customer's own file. Only its own agent is given one.</summary>
/// <param name="Profile">What anybody may know.</param>
/// <param name="Secret">What only the customer's own agent knows.</param>
public sealed record MagenticCustomer(MagenticCustomerProfile Profile, MagenticCustomerSecret Secret);

/// <summary>The public part of a customer: what it asks for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Request">The request in plain language.</param>
/// <param name="Items">The order: each of these items once.</param>
/// <param name="Amenities">What the business must have.</param>
public sealed record MagenticCustomerProfile(
    MagenticId Id, string Name, string Request, ValueArray<string> Items, ValueArray<string> Amenities);

/// <summary>The private part of a customer: what it expects to pay.</summary>
/// <param name="PricesCents">One price for each item of the order.</param>
public sealed record MagenticCustomerSecret(ValueArray<long> PricesCents)
{
    /// <summary>
    /// The most that the whole order is worth to the customer, in cents: twice what it expects to pay.
    /// </summary>
    public long WorthCents => 2 * PricesCents.Sum();
}
