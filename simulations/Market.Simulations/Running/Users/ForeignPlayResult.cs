namespace Market.Simulations.Running.Users;

/// <summary>How a play with foreign strategies went; by default, to its end.</summary>
/// <param name="OverdueSeat">The seat whose act took too long; null where none did.</param>
/// <param name="ActEnded">Is set when that act ends after all; null where none took too long.</param>
internal readonly record struct ForeignPlayResult(int? OverdueSeat, ManualResetEventSlim? ActEnded);
