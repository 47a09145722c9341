using System.Diagnostics;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Telemetry;

/// <summary>One request or one attempt to connect, measured from here until it has ended.</summary>
internal readonly struct Measured
{
    private const string Connect = "connect";
    private readonly string _name;
    private readonly long _start;
    private readonly Activity? _span;

    private Measured(string name)
    {
        _name = name;
        _start = Stopwatch.GetTimestamp();
        _span = Instruments.Source.StartActivity(name, ActivityKind.Client);
    }

    /// <summary>An attempt to connect begins.</summary>
    public static Measured Connecting() => new(Connect);

    /// <summary>A request begins.</summary>
    public static Measured Request(object message) => new(NameOf(message));

    /// <summary>The attempt has led to a connection.</summary>
    public void Connected() => End("connected", refusal: null);

    /// <summary>The request is answered.</summary>
    public void Answered(object answer)
    {
        var refusal = (answer as Refused)?.RefusalCode.ToString();
        End(refusal is null ? "answered" : "refused", refusal);
    }

    /// <summary>It has ended without an answer.</summary>
    public void Failed(Exception error)
    {
        var refusal = (error as MarketRefusedException)?.Code.ToString();
        _span?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
        End(error is OperationCanceledException ? "cancelled" : refusal is null ? "failed" : "refused", refusal);
    }

    // Of a signed act: that of the act.
    private static string NameOf(object message)
    {
        if (message is not SignedAct signed)
        {
            return message.GetType().Name;
        }

        var reader = new MessagePackReader(signed.Act.Span);
        reader.BeginArray(required: 2);
        return WireCatalog.TypeOf((int)reader.ReadInteger(0, ushort.MaxValue))?.Name ?? nameof(SignedAct);
    }

    private void End(string outcome, string? refusal)
    {
        var isRequest = _name != Connect;
        var tags = new TagList { { MarketClientTelemetry.OutcomeTag, outcome } };
        if (isRequest)
        {
            tags.Add(MarketClientTelemetry.MessageTag, _name);
            Instruments.RequestDuration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        }

        if (refusal is not null)
        {
            tags.Add(MarketClientTelemetry.RefusalTag, refusal);
        }

        (isRequest ? Instruments.Requests : Instruments.Connects).Add(1, tags);
        foreach (var (key, value) in tags)
        {
            _span?.SetTag(key, value);
        }

        _span?.Dispose();
    }
}
