using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>One row of a deal's or negotiation's life.</summary>
/// <param name="Position">Its place in the journal.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its version; of the ledger, the entry's number.</param>
/// <param name="At">When.</param>
/// <param name="Event">What happened.</param>
/// <param name="Content">The same as a line for people.</param>
/// <param name="Hash">The offer's hash; null where it has none.</param>
/// <param name="Signature">Who signed, and whether the signature verifies; null where nobody did.</param>
internal sealed record RowLine(
    long Position, long Stream, long Version, string At, string Event, string Content, string? Hash, string? Signature);

/// <summary>
/// A deal's whole life: its negotiation from the opening on, its entries in the book, and what each signature is worth.
/// </summary>
internal sealed class DealView
{
    private readonly AuditStore _store;
    private readonly List<(StoredRow Row, object Event)> _ofLedger = [];
    private readonly AuditRun _run;
    private readonly Func<LedgerEntry, bool> _isWanted;
    private readonly DealId? _deal;
    private readonly HashSet<long> _claims = [];
    private NegotiationId? _negotiation;

    private DealView(
        AuditStore store, AuditFindings findings, AuditPlace place, DealId? deal, NegotiationId? negotiation)
    {
        _store = store;
        (_deal, _negotiation) = (deal, negotiation);
        _isWanted = entry => deal is not null
            ? DealOf(entry) == deal
            : entry is DealBooked { Negotiation: var n } && n == negotiation
                || entry is DealRefused { Negotiation: var m } && m == negotiation;
        Context = new AuditContext(
            store.ReadMarket() ?? default, findings, AuditKeys.Load(place.DataFolder), signatures: null);
        _run = new AuditRun(Context, new StreamsAudit(findings)) { Read = Take };
    }

    private AuditContext Context { get; }

    /// <summary>The life of a deal, "deal_" and 64 hexadecimal digits; empty where there is none.</summary>
    public static IReadOnlyList<RowLine> OfDeal(AuditPlace place, string deal, AuditFindings findings) =>
        Read(place, findings, ParseDeal(deal), null);

    /// <summary>The life of a negotiation, "neg_" and 32 hexadecimal digits; empty where there is none.</summary>
    public static IReadOnlyList<RowLine> OfNegotiation(AuditPlace place, string negotiation, AuditFindings findings) =>
        Read(place, findings, null, Guid.TryParseExact(After("neg_", negotiation), "n", out var id) ? new(id) : null);

    private static List<RowLine> Read(
        AuditPlace place, AuditFindings findings, DealId? deal, NegotiationId? negotiation)
    {
        using var store = AuditStore.Open(place);
        if (deal is null && negotiation is null)
        {
            return [];
        }

        var view = new DealView(store, findings, place, deal, negotiation);
        OfflineAudit.Scan(store, view._run, findings, progress: null, CancellationToken.None);
        return view.Lines();
    }

    private void Take(StoredStream stream, StoredRow row, object @event)
    {
        if (@event is LedgerEntry entry
            && (_isWanted(entry) || (entry is ClaimPaid paid && _claims.Contains(paid.Claim))))
        {
            if (entry is RefundClaimed)
            {
                _claims.Add(row.Version);
            }

            _ofLedger.Add((row.Copy(), @event));
        }
        else if (@event is NegotiationFact fact && _negotiation is null && DealOf(fact) == _deal)
        {
            _negotiation = fact.Negotiation;
        }
    }

    private List<RowLine> Lines()
    {
        var text = new EventText(_run.Ledger.Book);
        var verdicts = new SignatureVerdicts(Context);
        return
        [
            .. OfNegotiation().Concat(_ofLedger).OrderBy(static one => one.Row.Position).Select(one => new RowLine(
                one.Row.Position, one.Row.Stream, one.Row.Version, AtOf(one.Event).ToString(),
                one.Event.GetType().Name, text.Of(one.Event), HashOf(one.Event), SignatureOf(one.Event, verdicts))),
        ];
    }

    private List<(StoredRow Row, object Event)> OfNegotiation()
    {
        var rows = new List<(StoredRow, object)>();
        if (_negotiation is { } negotiation
            && _run.Streams.Find(StreamKind.Negotiation, negotiation.Value) is { IsBroken: false } stream)
        {
            foreach (var row in _store.ReadStream(stream.Number))
            {
                rows.Add((row.Copy(), StoredEventReader.Read(row.Body)));
            }
        }

        return rows;
    }

    private static Moment AtOf(object @event) => @event switch
    {
        LedgerEntry e => e.At,
        NegotiationFact e => e.At,
        _ => default,
    };

    private static string? HashOf(object @event) => @event switch
    {
        NegotiationOpened e => e.FirstOffer?.Hash.ToString(),
        OfferMade e => e.Offer.Hash.ToString(),
        OfferAccepted e => e.OfferHash.ToString(),
        PostedPriceTaken e => e.Offer.Hash.ToString(),
        _ => null,
    };

    private static string? SignatureOf(object @event, SignatureVerdicts verdicts) => @event switch
    {
        NegotiationOpened e => verdicts.Of(e.Evidence),
        OfferMade e => verdicts.Of(e.Evidence),
        OfferAccepted e => verdicts.Of(e.Evidence),
        PostedPriceTaken e => verdicts.Of(e.Evidence),
        DealSettled e => verdicts.Of(e.Receipt),
        _ => null,
    };

    private static DealId? DealOf(object @event) => @event switch
    {
        OfferAccepted e => e.Deal,
        PostedPriceTaken e => e.Deal,
        DealBooked e => e.Deal,
        DealRefused e => e.Deal,
        DeliveryConfirmed e => e.Deal,
        DeliveryCancelled e => e.Deal,
        Reversal e => e.Deal,
        _ => null,
    };

    private static DealId? ParseDeal(string text) =>
        Hash32.Parse(After("deal_", text)) is { } hash ? new DealId(hash) : null;

    private static string After(string prefix, string text) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
}
