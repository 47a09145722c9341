using Market.Domain.Enrolling;
using Market.Silo.Hosting;

namespace Market.Silo.Tests.Hosting;

/// <summary>A key is taken back only when nobody uses it, and nobody uses it while it is taken back.</summary>
public sealed class SessionKeyLeasesTests
{
    private static readonly SessionKeyId Key = new(Guid.CreateVersion7());

    private readonly SessionKeyLeases _leases = new();

    [Fact]
    public async Task Taking_back_waits_for_those_within_and_lets_nobody_in()
    {
        Assert.True(_leases.TryEnter(Key));
        Assert.True(_leases.TryEnter(Key));
        var isDone = false;
        var closing = _leases.AloneAsync(Key, () => ValueTask.FromResult(isDone = true)).AsTask();
        Assert.False(_leases.TryEnter(Key));
        _leases.Exit(Key);
        Assert.False(isDone);
        _leases.Exit(Key);
        Assert.True(await closing.WaitAsync(Support.TestAgent.Patience));
        Assert.True(_leases.TryEnter(Key));
    }

    [Fact]
    public async Task A_revocation_that_fails_lets_users_in_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _leases.AloneAsync<bool>(
            Key, () => throw new InvalidOperationException("The journal is full.")).AsTask());
        Assert.True(_leases.TryEnter(Key));
    }

    [Fact]
    public async Task Other_keys_are_not_touched()
    {
        Assert.True(_leases.TryEnter(Key));
        var other = new SessionKeyId(Guid.CreateVersion7());
        Assert.True(await _leases.AloneAsync(other, () => ValueTask.FromResult(_leases.TryEnter(Key))));
    }
}
