namespace Market.Simulations.Running;

/// <summary>What was asked for cannot run; the message says why, and what would.</summary>
/// <param name="message">What is wrong, in a sentence for the person who asked.</param>
/// <param name="cause">What it follows from; null where it is the cause.</param>
internal sealed class RunRefusedException(string message, Exception? cause = null) : Exception(message, cause);
