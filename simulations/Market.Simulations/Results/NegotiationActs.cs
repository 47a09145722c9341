using Market.Domain;

namespace Market.Simulations.Results;

/// <summary>A line of events.jsonl: all that is needed to show a negotiation again.</summary>
/// <param name="Number">The negotiation's place in the run.</param>
/// <param name="Digest">Its digest, as in negotiations.csv.</param>
/// <param name="Acts">Its acts; see <see cref="ActLog"/> for what a number means.</param>
internal sealed record NegotiationActs(long Number, string Digest, ValueArray<int> Acts);
