namespace Market.Domain.Settling;

/// <summary>An old entry of the book, read from its journal since a decision asked for it.</summary>
/// <param name="Number">The entry's number.</param>
/// <param name="Event">The entry.</param>
public readonly record struct RecalledEntry(EntryNumber Number, LedgerEvent Event);
