namespace Market.Domain.Settling;

/// <summary>A row that knows the key by which it is found.</summary>
/// <typeparam name="TKey">The key.</typeparam>
internal interface IKeyedRow<TKey>
{
    /// <summary>The key; does not change once the row is in a table.</summary>
    TKey Key { get; }
}
