namespace Market.Grains.Hosting;

// The diagnostic mode in which everything that crosses the port does so as bytes.
public sealed partial class EmbeddedCluster
{
    private static object AsBytes(object message) => GrainMessageCodec.DecodeMessage(GrainMessageCodec.Encode(message));

    private async ValueTask<object> AskAsBytesAsync(
        GrainId grain, object message, CancellationToken cancellationToken)
    {
        var copy = AsBytes(message);
        byte[] reply;
        try
        {
            reply = GrainMessageCodec.Encode(
                await AskObjectAsync(grain, copy, cancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Whatever the ask ended with crosses as bytes too, and is thrown below.
        catch (Exception error)
#pragma warning restore CA1031
        {
            reply = GrainMessageCodec.EncodeFailure(grain, error);
        }

        return GrainMessageCodec.DecodeReply(reply, cancellationToken);
    }
}
