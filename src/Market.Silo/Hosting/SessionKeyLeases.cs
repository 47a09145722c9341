using Market.Domain.Enrolling;

namespace Market.Silo.Hosting;

/// <summary>
/// Who is just using which session key. A revocation lets nobody in any more and waits until those within have done, so
/// that nothing that a key signed is recorded after its revocation.
/// </summary>
internal sealed class SessionKeyLeases
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionKeyId, Users> _users = [];

    /// <summary>Begins to use a key; false while it is being taken back.</summary>
    public bool TryEnter(SessionKeyId key)
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

    /// <summary>Ends what <see cref="TryEnter"/> began.</summary>
    public void Exit(SessionKeyId key)
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
    public async ValueTask<T> AloneAsync<T>(SessionKeyId key, Func<ValueTask<T>> action)
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
                Tidy(key, users);
            }
        }
    }

    private Users Get(SessionKeyId key)
    {
        if (!_users.TryGetValue(key, out var users))
        {
            _users.Add(key, users = new Users());
        }

        return users;
    }

    private void Tidy(SessionKeyId key, Users users)
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
    }
}
