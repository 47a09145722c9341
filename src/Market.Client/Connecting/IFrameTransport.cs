namespace Market.Client.Connecting;

/// <summary>One connection that carries whole frames both ways. One sender and one receiver at a time.</summary>
internal interface IFrameTransport : IAsyncDisposable
{
    /// <summary>Sends a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="more">Whether another frame follows at once, so that this one may wait for it and share its
    /// packet.</param>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame, bool more);

    /// <summary>The next frame; its bytes are valid until the next call.</summary>
    /// <exception cref="MarketConnectionException">The market has closed the connection, or sent no frame.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Says goodbye; what was sent before still arrives. Whoever receives is told of the end by an exception.
    /// </summary>
    ValueTask CloseAsync();

    /// <summary>Ends the connection at once; whoever receives is told so by an exception.</summary>
    void Abort();
}

/// <summary>Makes connections.</summary>
internal interface IFrameDialer
{
    /// <summary>Makes a new connection.</summary>
    ValueTask<IFrameTransport> DialAsync(CancellationToken cancellationToken);
}
