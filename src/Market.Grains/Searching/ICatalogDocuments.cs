namespace Market.Grains.Searching;

/// <summary>The documents of one kind while a batch is written.</summary>
internal interface ICatalogDocuments
{
    /// <summary>
    /// Puts a document in, in the place of an older version; an older one than what is there is ignored.
    /// </summary>
    void Put(SearchDocument document);

    /// <summary>Takes a document out; one that is not there is ignored.</summary>
    void Remove(Guid id);
}
