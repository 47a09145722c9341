namespace Market.Grains.Tests.Engines;

/// <summary>Keeps the grain's turn until it may leave: the phase barrier of the mailbox tests.</summary>
public sealed record Meet(TaskCompletionSource Entered, ManualResetEventSlim MayLeave);
