namespace Market.Grains.Hosting;

/// <summary>What became of a message that was put into a mailbox.</summary>
internal enum PostResult : byte
{
    /// <summary>It is queued.</summary>
    Accepted = 1,

    /// <summary>There is no room for it.</summary>
    Full = 2,

    /// <summary>The mailbox is gone; its grain gets a new one.</summary>
    Retired = 3,
}
