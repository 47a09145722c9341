using System.Threading.Channels;
using Market.Domain.Strategies;

namespace Market.EndToEnd.Tests.Hosted;

/// <summary>A strategy that says when it has decided a turn, so that a test can do something at that moment.</summary>
internal sealed class Paced : IAsyncNegotiator
{
    private readonly INegotiator _strategy;
    private readonly Paces _paces = new();

    public Paced(INegotiator strategy, out Paces paces) => (_strategy, paces) = (strategy, _paces);

    /// <inheritdoc/>
    public ValueTask<NegotiatorAct> ActAsync(NegotiationView view, CancellationToken cancellationToken)
    {
        _paces.Tell();
        return ValueTask.FromResult(_strategy.Act(view));
    }

    /// <summary>Its turns, as they are decided.</summary>
    internal sealed class Paces
    {
        private readonly Channel<bool> _decided = Channel.CreateUnbounded<bool>();

        /// <summary>Waits until the next turn is decided.</summary>
        public Task NextAsync() => _decided.Reader.ReadAsync().AsTask();

        internal void Tell() => _decided.Writer.TryWrite(true);
    }
}
