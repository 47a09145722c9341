namespace Market.Simulations.LanguageModels;

/// <summary>
/// The provider says that no call can succeed: the key, the address or the model's name is wrong. Nothing falls back
/// then, since every turn would, and the run would measure the fallback.
/// </summary>
/// <param name="message">What is wrong, in a line.</param>
/// <param name="cause">What the client threw.</param>
internal sealed class ChatUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
