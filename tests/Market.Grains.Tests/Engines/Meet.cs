namespace Market.Grains.Tests.Hosting;

/// <summary>Keeps the grain's turn until it may leave: the phase barrier of the mailbox tests.</summary>
public sealed record Meet(TaskCompletionSource Entered, ManualResetEventSlim MayLeave);
