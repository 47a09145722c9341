using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Demo.House;

/// <summary>What a buyer has bought, as its own agent knows it.</summary>
/// <param name="Buyer">The buyer's name.</param>
/// <param name="Seller">The seller's name.</param>
/// <param name="Rounds">Rounds begun until then.</param>
/// <param name="Outcome">The agreed value of every issue.</param>
/// <param name="PaidCents">What was paid.</param>
internal sealed record HouseSale(string Buyer, string Seller, int Rounds, Outcome Outcome, long PaidCents);
