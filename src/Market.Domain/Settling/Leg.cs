namespace Market.Domain.Settling;

/// <summary>One movement of an asset, by the names of its accounts; the legs of a command happen all or none.</summary>
/// <param name="Debit">Where the amount leaves.</param>
/// <param name="Credit">Where the amount arrives; of the same asset.</param>
/// <param name="Amount">Minor units or units, at least 1 and at most <see cref="MarketLimits.AmountMax"/>.</param>
public readonly record struct Leg(AccountName Debit, AccountName Credit, long Amount);

/// <summary>A leg as an entry carries it: by the numbers of its accounts.</summary>
/// <param name="Debit">Where the amount leaves.</param>
/// <param name="Credit">Where the amount arrives.</param>
/// <param name="Amount">Minor units or units.</param>
public readonly record struct Posting(AccountNumber Debit, AccountNumber Credit, long Amount);

/// <summary>An account that an entry opens, so that the journal alone says which number is which account.</summary>
/// <param name="Number">The next free number of the book.</param>
/// <param name="Name">The account.</param>
public readonly record struct OpenedAccount(AccountNumber Number, AccountName Name);
