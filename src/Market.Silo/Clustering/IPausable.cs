namespace Market.Silo.Clustering;

/// <summary>What many use at once, each by its number, and what can be closed for a moment.</summary>
internal interface IPausable
{
    /// <summary>Lets nobody in any more.</summary>
    /// <returns>Ends when those within have done.</returns>
    Task Close(Guid number);

    /// <summary>Ends what <see cref="Close"/> began.</summary>
    void Open(Guid number);
}
