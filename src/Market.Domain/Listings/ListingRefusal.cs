namespace Market.Domain.Listings;

/// <summary>Why a listing, a request or an order is refused. Numbers 410x and 411x.</summary>
public enum ListingRefusal : ushort
{
    /// <summary>There is no such listing.</summary>
    ListingNotFound = 4101,

    /// <summary>There is a newer version of the listing.</summary>
    ListingVersionIsStale = 4102,

    /// <summary>There is no such request of yours.</summary>
    RequestNotFound = 4103,

    /// <summary>A title or category is empty, too long, or has control characters; or the text is too long.</summary>
    NameIsInvalid = 4104,

    /// <summary>
    /// A listing has 1 to 64 lines with positive prices, a request at most 64 with positive quantities, each with names
    /// that differ; both at most 64 attributes; all names are neither empty nor too long, without control characters.
    /// </summary>
    LinesAreInvalid = 4105,

    /// <summary>
    /// The issues make no valid agenda: exactly one price, at most one quantity, possible bounds and charges, names
    /// that differ, and a largest total within the market's largest amount.
    /// </summary>
    IssuesAreInvalid = 4106,

    /// <summary>The posted values are not one allowed value for each issue, or the labels not one a text.</summary>
    PostedValuesAreInvalid = 4107,

    /// <summary>The stock or quantity is not between 1 and the market's largest amount.</summary>
    QuantityOutOfRange = 4108,

    /// <summary>The order names no line, a line that does not exist, one twice, or no quantity of it.</summary>
    OrderIsInvalid = 4109,

    /// <summary>The message id belongs to another act of yours.</summary>
    MessageIdReused = 4110,

    /// <summary>The message id is outside the window in which the market remembers them.</summary>
    MessageIdOutsideWindow = 4111,

    /// <summary>Fewer units are unsold than the change would take out of stock.</summary>
    StockNotAvailable = 4112,

    /// <summary>The listing is withdrawn.</summary>
    ListingIsWithdrawn = 4113,

    /// <summary>You have as many listings as one agent may; withdraw one first.</summary>
    TooManyListings = 4114,

    /// <summary>You have published as many requests within seven days as one agent may.</summary>
    TooManyRequests = 4115,
}
