using Market.Grains.Journaling;

namespace Market.Silo.Clustering;

/// <summary>The cluster's tables cannot be used.</summary>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="inner">The database's own error, if it gave one.</param>
public sealed class ClusterStoreException(string message, Exception? inner = null) : StoreException(message, inner);
