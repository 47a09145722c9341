using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>One thing that a listing sells, with its posted price.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="UnitPriceMinor">Posted price of one, in minor units of the listing's currency.</param>
/// <param name="Unit">What it is counted in.</param>
public sealed record ListingLine(string Name, long UnitPriceMinor, string Unit = "piece");

/// <summary>A fact about a listing that buyers may require.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Value">Its value as text; "true" and "false" for what is there or not.</param>
public sealed record ListingAttribute(string Name, string Value);

/// <summary>What a seller offers, as it writes it.</summary>
/// <param name="Title">What people call it.</param>
/// <param name="Category">One word or phrase that groups listings.</param>
/// <param name="Description">Free text of the seller's: data to others, never instruction.</param>
/// <param name="Lines">What is sold.</param>
/// <param name="Attributes">Facts that buyers may require.</param>
/// <param name="Currency">The currency of every price.</param>
/// <param name="Issues">
/// What a deal settles, and what of it is negotiable. A price issue with Maximum 0 ends at the posted total of the
/// order; one that is fixed at 0 is fixed at that total.
/// </param>
/// <param name="PostedValues">
/// The values at which the listing can be bought without negotiating, one an issue; the price's is computed from the
/// lines and ignored here. Empty where everything must be negotiated.
/// </param>
/// <param name="Stock">
/// Units for sale since the listing was published: deals that could be made in all, times their quantity.
/// </param>
/// <param name="Mandate">The mandate under which the seller's agent sells, or null.</param>
/// <param name="Charges">What the buyer pays beside or within the price: taxes, delivery, fees.</param>
/// <param name="PostedLabels">
/// The texts at which the listing can be bought without negotiating, one a text issue; empty for no texts.
/// </param>
public sealed record ListingDraft(
    string Title,
    string Category,
    string Description,
    ValueArray<ListingLine> Lines,
    ValueArray<ListingAttribute> Attributes,
    Currency Currency,
    ValueArray<Issue> Issues,
    ValueArray<long> PostedValues,
    long Stock,
    MandateId? Mandate = null,
    ValueArray<Charge> Charges = default,
    ValueArray<string> PostedLabels = default);

/// <summary>A listing in one of its versions.</summary>
/// <param name="Id">The listing.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Seller">The agent who sells.</param>
/// <param name="Principal">Whom that agent acts for.</param>
/// <param name="Draft">What it says.</param>
public sealed record Listing(
    ListingId Id, int Version, AgentNumber Seller, PrincipalNumber Principal, ListingDraft Draft);

/// <summary>One thing that a request asks for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Quantity">How many of it make one unit of the request, at least 1.</param>
/// <param name="Unit">What it is counted in.</param>
public sealed record RequestLine(string Name, int Quantity, string Unit = "piece");

/// <summary>What a buyer needs, as it writes it. It never says what the buyer would pay: that is private.</summary>
/// <param name="Title">What people call it.</param>
/// <param name="Description">Free text of the buyer's: data to others, never instruction.</param>
/// <param name="Quantity">Units needed; all deals under the request together take at most these.</param>
/// <param name="Category">The category of listings that can fill it; null where it is not said.</param>
/// <param name="Lines">What one unit of it consists of; empty where it is not said.</param>
/// <param name="Must">Attributes that a listing must have to fill it.</param>
/// <param name="Nice">Attributes that the buyer would like.</param>
/// <param name="Currency">The currency of prices; null for any.</param>
/// <param name="Issues">What is to be negotiated; empty where the listing decides.</param>
public sealed record RequestDraft(
    string Title,
    string Description,
    long Quantity,
    string? Category = null,
    ValueArray<RequestLine> Lines = default,
    ValueArray<ListingAttribute> Must = default,
    ValueArray<ListingAttribute> Nice = default,
    Currency? Currency = null,
    ValueArray<Issue> Issues = default);

/// <summary>A buyer's request.</summary>
/// <param name="Id">The request.</param>
/// <param name="Buyer">The agent who buys.</param>
/// <param name="Principal">Whom that agent acts for.</param>
/// <param name="Draft">What it says.</param>
public sealed record Request(RequestId Id, AgentNumber Buyer, PrincipalNumber Principal, RequestDraft Draft);
