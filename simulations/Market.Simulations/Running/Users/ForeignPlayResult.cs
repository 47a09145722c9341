namespace Market.Simulations.Running.Users;

/// <summary>How a play with foreign strategies went; by default, to its end.</summary>
/// <param name="OverdueSeat">The seat whose act took too long; null where none did.</param>
/// <param name="WasLeftBehind">Whether it could not be stopped, and goes on on a thread that nobody waits for.</param>
internal readonly record struct ForeignPlayResult(int? OverdueSeat, bool WasLeftBehind);
