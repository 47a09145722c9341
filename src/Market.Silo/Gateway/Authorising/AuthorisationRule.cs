namespace Market.Silo.Gateway.Authorising;

/// <summary>A thing that a message names and that is somebody's.</summary>
/// <param name="Name">What it is called in the message.</param>
/// <param name="Owner">Whose it must be; read from state, never from the message.</param>
/// <param name="Otherwise">What is answered where it is another's, and in the same bytes where there is none.</param>
internal sealed record OwnedThing(string Name, string Owner, Enum Otherwise);

/// <summary>Who may send one type of message, and about what.</summary>
/// <param name="Number">The message's wire number.</param>
/// <param name="Message">Its type.</param>
/// <param name="Senders">The sessions that may send it.</param>
/// <param name="MayBeSigned">Whether it may come inside a signed act.</param>
/// <param name="Things">What it names that is somebody's; empty where it is about the sender's own or the
/// public's.</param>
internal sealed record AuthorisationRule(
    int Number, Type Message, SessionKinds Senders, bool MayBeSigned, IReadOnlyList<OwnedThing> Things);
