namespace Market.Grains.Journaling;

/// <summary>A bounded queue between two threads that may wait for each other.</summary>
/// <param name="limit">Most items in it.</param>
internal sealed class BoundedHandOff<T>(int limit)
    where T : class
{
    private readonly Queue<T> _items = new(limit);
    private bool _isClosed;

    /// <summary>Adds an item, waiting while there is no room.</summary>
    public void Put(T item)
    {
        lock (_items)
        {
            while (_items.Count == limit)
            {
                Monitor.Wait(_items);
            }

            _items.Enqueue(item);
            Monitor.PulseAll(_items);
        }
    }

    /// <summary>Adds an item unless there is no room.</summary>
    public bool TryPut(T item)
    {
        lock (_items)
        {
            if (_items.Count == limit)
            {
                return false;
            }

            _items.Enqueue(item);
            Monitor.PulseAll(_items);
            return true;
        }
    }

    /// <summary>Whether there is none to take.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_items)
            {
                return _items.Count == 0;
            }
        }
    }

    /// <summary>Takes the oldest item, waiting while there is none; null once it is closed and empty.</summary>
    public T? Take()
    {
        lock (_items)
        {
            while (_items.Count == 0)
            {
                if (_isClosed)
                {
                    return null;
                }

                Monitor.Wait(_items);
            }

            Monitor.PulseAll(_items);
            return _items.Dequeue();
        }
    }

    /// <summary>No item follows.</summary>
    public void Close()
    {
        lock (_items)
        {
            _isClosed = true;
            Monitor.PulseAll(_items);
        }
    }
}
