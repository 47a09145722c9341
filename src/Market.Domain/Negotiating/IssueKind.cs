namespace Market.Domain.Negotiating;

/// <summary>What a negotiable dimension means, and so how the server computes totals from it.</summary>
public enum IssueKind : byte
{
    /// <summary>Price of one unit, in minor units of the agenda's currency.</summary>
    UnitPrice = 1,

    /// <summary>Price of the whole order, in minor units of the agenda's currency.</summary>
    TotalPrice = 2,

    /// <summary>Units of the listing that change hands.</summary>
    Quantity = 3,

    /// <summary>A whole number in a range with a step: delivery days, warranty months.</summary>
    Range = 4,

    /// <summary>One of several named choices; its value is the choice's place from 0.</summary>
    Choice = 5,

    /// <summary>An amount in minor units that is no part of the price: a deposit, a penalty.</summary>
    Money = 6,

    /// <summary>A day; its value is the number of days since 1970-01-01, UTC.</summary>
    Date = 7,

    /// <summary>Yes or no: 1 or 0.</summary>
    Boolean = 8,

    /// <summary>
    /// A short text of the parties' own: a colour, a name to engrave. Its value is 0, and its text is among the labels
    /// of the terms.
    /// </summary>
    Text = 9,
}
