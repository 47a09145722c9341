using Market.Domain;
using Market.Domain.Settling;
using Market.Grains.Watching;

namespace Market.Grains.Subjects;

/// <summary>What <see cref="SubjectWatch"/> saves.</summary>
/// <param name="Remains">What is left of stocks and needs.</param>
/// <param name="Open">The open negotiations: the listing that each is about, and the request or null.</param>
public sealed record SavedSubjectWatch(SavedRemains Remains, ValueArray<OpenNegotiation<Asset>> Open);

/// <summary>What is left of stocks and needs.</summary>
/// <param name="Accounts">Their accounts.</param>
/// <param name="Available">What is available of each.</param>
/// <param name="Held">What is held of them, and what claims will move.</param>
public sealed record SavedRemains(
    ValueArray<TrackedAccount> Accounts,
    ValueArray<AvailableSubject> Available,
    ValueArray<HeldPostings> Held);

/// <summary>An account of a stock or a need.</summary>
/// <param name="Number">Its number in the book.</param>
/// <param name="Subject">The units of a listing, or the need of a request.</param>
public sealed record TrackedAccount(int Number, Asset Subject);

/// <summary>What is available of a stock or a need.</summary>
/// <param name="Subject">The units of a listing, or the need of a request.</param>
/// <param name="Available">How many.</param>
public sealed record AvailableSubject(Asset Subject, long Available);

/// <summary>Postings of a hold, of a deal held until delivery, or of a claim.</summary>
/// <param name="Entry">The entry that placed them.</param>
/// <param name="Id">The hold's or deal's id; zero for a claim.</param>
/// <param name="Postings">Those that touch a stock or a need.</param>
public sealed record HeldPostings(EntryNumber Entry, Hash256 Id, ValueArray<Posting> Postings);
