using Market.Domain;
using Market.Domain.Enrolling;

namespace Market.Silo.Hosting;

/// <summary>Who is just using which session key.</summary>
internal sealed class SessionKeyLeases : Leases<SessionKeyId>;

/// <summary>Of which agents acts that they signed are just being decided.</summary>
internal sealed class AgentKeyLeases : Leases<AgentNumber>;

/// <summary>
/// Who is just using which key. A revocation lets nobody in any more and waits until those within have done, so that
/// nothing that a key signed is recorded after its revocation.
/// </summary>
/// <typeparam name="TKey">What is used: a key, or all keys of an agent.</typeparam>
internal abstract class Leases<TKey>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Users> _users = [];

    /// <summary>Begins to use a key; false while it is being taken back.</summary>
    public bool TryEnter(TKey key)
    {
        lock (_gate)
        {
            var users = Get(key);
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
                var users = Get(key);
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
            var users = _users[key];
            users.Within--;
            if (users.Within == 0)
            {
                users.Left?.TrySetResult();
            }

            Tidy(key, users);
        }
    }

    /// <summary>Does something while nobody uses a key.</summary>
    public async ValueTask<T> AloneAsync<T>(TKey key, Func<ValueTask<T>> action)
    {
        Task left;
        lock (_gate)
        {
            var users = Get(key);
            users.Closers++;
            if (users.Within > 0)
            {
                users.Left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            left = users.Left?.Task ?? Task.CompletedTask;
        }

        try
        {
            await left.ConfigureAwait(false);
            return await action().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                var users = _users[key];
                users.Closers--;
                if (users.Closers == 0)
                {
                    users.Done?.TrySetResult();
                    users.Done = null;
                }

                Tidy(key, users);
            }
        }
    }

    private Users Get(TKey key)
    {
        if (!_users.TryGetValue(key, out var users))
        {
            _users.Add(key, users = new Users());
        }

        return users;
    }

    private void Tidy(TKey key, Users users)
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
