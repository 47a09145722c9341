namespace Market.Simulations.Results;

/// <summary>
/// A results folder cannot be read, written or gone on with; the message says why, and what would do.
/// </summary>
/// <param name="message">What is wrong, in a sentence for the person who asked.</param>
/// <param name="cause">What it follows from; null where it is the cause.</param>
internal sealed class ResultFolderException(string message, Exception? cause = null) : Exception(message, cause);
