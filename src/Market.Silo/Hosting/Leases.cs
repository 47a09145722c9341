using Market.Domain;
using Market.Domain.Enrolling;
using Market.Silo.Clustering;

namespace Market.Silo.Hosting;

/// <summary>Who is just using which session key.</summary>
internal sealed class SessionKeyLeases : Leases<SessionKeyId>
{
    /// <inheritdoc/>
    protected override Guid NumberOf(SessionKeyId key) => key.Value;
}

/// <summary>Of which agents acts that they signed are just being decided.</summary>
internal sealed class AgentKeyLeases : Leases<AgentNumber>
{
    /// <inheritdoc/>
    protected override Guid NumberOf(AgentNumber key) => new(key.Value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>
/// Who is just using which key. A revocation lets nobody in any more and waits until those within have done, so that
/// nothing that a key signed is recorded after its revocation.
/// </summary>
/// <typeparam name="TKey">What is used: a key, or all keys of an agent.</typeparam>
internal abstract class Leases<TKey> : IPausable
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Users> _users = [];

    /// <summary>The other silos of a cluster; null for a market of one process.</summary>
    public KeyPauses? Elsewhere { get; init; }

    /// <summary>Begins to use a key; false while it is being taken back.</summary>
    public bool TryEnter(TKey key)
    {
        lock (_gate)
        {
            var users = Get(NumberOf(key));
            if (users.Closers > 0)
            {
                return false;
            }

            users.Within++;
            return true;
        }
    }

    /// <summary>Begins to use a key, as soon as nobody is taking it back.</summary>
    public async ValueTask EnterAsync(TKey key)
    {
        while (true)
        {
            Task done;
            lock (_gate)
            {
                var users = Get(NumberOf(key));
                if (users.Closers == 0)
                {
                    users.Within++;
                    return;
                }

                users.Done ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                done = users.Done.Task;
            }

            await done.ConfigureAwait(false);
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> or <see cref="EnterAsync"/> began.</summary>
    public void Exit(TKey key)
    {
        lock (_gate)
        {
            var number = NumberOf(key);
            var users = _users[number];
            users.Within--;
            if (users.Within == 0)
            {
                users.Left?.TrySetResult();
            }

            Tidy(number, users);
        }
    }

    /// <summary>Does something while nobody uses a key, on no silo.</summary>
    /// <exception cref="Market.Grains.Hosting.OutcomeUnknownException">
    /// Another silo did not say that nobody uses it there; nothing was done.
    /// </exception>
    public async ValueTask<T> AloneAsync<T>(TKey key, Func<ValueTask<T>> action)
    {
        var number = NumberOf(key);
        var left = Close(number);
        try
        {
            await left.ConfigureAwait(false);
            return Elsewhere is null
                ? await action().ConfigureAwait(false)
                : await Elsewhere.AloneAsync(GetType(), number, action).ConfigureAwait(false);
        }
        finally
        {
            Open(number);
        }
    }

    /// <summary>Lets nobody in any more.</summary>
    /// <returns>Ends when those within have done.</returns>
    public Task Close(Guid number)
    {
        lock (_gate)
        {
            var users = Get(number);
            users.Closers++;
            if (users.Within > 0)
            {
                users.Left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return users.Left?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Ends what <see cref="Close"/> began.</summary>
    public void Open(Guid number)
    {
        lock (_gate)
        {
            var users = _users[number];
            users.Closers--;
            if (users.Closers == 0)
            {
                users.Done?.TrySetResult();
                users.Done = null;
            }

            Tidy(number, users);
        }
    }

    /// <summary>The number by which silos name a key.</summary>
    protected abstract Guid NumberOf(TKey key);

    private Users Get(Guid key)
    {
        if (!_users.TryGetValue(key, out var users))
        {
            _users.Add(key, users = new Users());
        }

        return users;
    }

    private void Tidy(Guid key, Users users)
    {
        if (users is { Within: 0, Closers: 0 })
        {
            _users.Remove(key);
        }
    }

    private sealed class Users
    {
        public int Within { get; set; }

        public int Closers { get; set; }

        public TaskCompletionSource? Left { get; set; }

        public TaskCompletionSource? Done { get; set; }
    }
}
