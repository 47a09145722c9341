namespace Market.Benchmarks;

/// <summary>
/// What one negotiated deal costs, and what the parts that all deals of a market share can do; measured.
/// </summary>
/// <param name="Messages">Messages that grains take: asks of the gateway, and tells between grains.</param>
/// <param name="Rows">Rows of the journal; one of them is the ledger's.</param>
/// <param name="StoredBytes">Bytes on the disk, indices included.</param>
/// <param name="ProcessorMilliseconds">
/// Processor time of the server from the socket to the disk: signatures verified, the receipt signed, both sides told.
/// </param>
/// <param name="BookSettlements">
/// Settlements a second that one book can take: its grain decides one at a time, so this is one core's work.
/// </param>
/// <param name="JournalRows">Durable rows a second that one journal takes.</param>
internal sealed record ScaleCosts(
    double Messages,
    double Rows,
    double StoredBytes,
    double ProcessorMilliseconds,
    double BookSettlements,
    double JournalRows);
