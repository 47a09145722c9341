using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Benchmarks;

/// <summary>One deal, prepared before the measurement: what the two agents send, and its bytes.</summary>
/// <param name="Open">The opening, with the first offer.</param>
/// <param name="OpenBytes">Its exact bytes.</param>
/// <param name="Acts">Three counteroffers and the accept.</param>
internal sealed record DealScript(OpenNegotiationCommand Open, byte[] OpenBytes, ScriptedAct[] Acts);

/// <summary>An act, who sends it, its exact bytes and, where deals are signed, the signature over them.</summary>
internal sealed record ScriptedAct(AgentNumber From, NegotiationAct Act, byte[] Bytes, Evidence? Evidence);

/// <summary>
/// Prepares deals by running the very machine that the market runs, under the same frozen clock: so the offers' hashes,
/// which an accept must name, are known beforehand and signing costs the measurement nothing.
/// </summary>
internal sealed class DealScripts(BenchMarket market, bool signed)
{
    private const int Counteroffers = 3;

    /// <summary>The opening of a negotiation, with a first offer.</summary>
    public OpenNegotiationCommand Opening(int deal) => Open(deal).Command;

    private (OpenNegotiationCommand Command, byte[] Bytes) Open(int deal)
    {
        var buyer = market.BuyerOf(deal);
        var subject = market.SubjectOf(deal);
        var rules = new NegotiationRules(Protocol.Bilateral, 12, TimeSpan.FromMinutes(10), 100, signed);
        var message = NextMessage();
        var open = new OpenNegotiationCommand(
            message, default, new NegotiationId(MessageIds.Derive("negotiation", market.Id, buyer.Agent, message)),
            Party.Buyer, buyer, market.SellerOf(deal), subject, rules,
            ProposedOffer.Firm(subject.Agenda.TermsOf(Outcome.Of(6000, 2, 24))), null);
        var bytes = WireCatalog.EncodeTagged(open);
        return (open with { Digest = ActDigest.Of(bytes), Evidence = Sign(buyer.Agent, bytes) }, bytes);
    }

    /// <summary>A whole deal.</summary>
    public DealScript Make(int deal)
    {
        var (open, openBytes) = Open(deal);
        var (id, buyer, seller, subject) = (open.Negotiation, open.Buyer, open.Seller, open.Subject);
        var state = new NegotiationState(market.Id);
        Apply(state, open);
        var acts = new ScriptedAct[Counteroffers + 1];
        for (var i = 0; i < Counteroffers; i++)
        {
            var from = i % 2 == 0 ? seller.Agent : buyer.Agent;
            var terms = subject.Agenda.TermsOf(Outcome.Of(9900 - (500 * i), 5, 12));
            acts[i] = Perform(state, from, new MakeOffer(NextMessage(), id, state.Seq, ProposedOffer.Firm(terms)));
        }

        var standing = state.Standing!;
        acts[Counteroffers] = Perform(
            state, buyer.Agent, new AcceptOffer(NextMessage(), id, state.Seq, standing.Number, standing.Hash));
        return new DealScript(open, openBytes, acts);
    }

    private ScriptedAct Perform(NegotiationState state, AgentNumber from, NegotiationAct act)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        var scripted = new ScriptedAct(from, act, bytes, Sign(from, bytes));
        Apply(state, BenchMarket.CommandOf(scripted, state.Standing?.Hash ?? Hash256.Zero));
        return scripted;
    }

    private void Apply(NegotiationState state, NegotiationCommand command)
    {
        var decision = NegotiationMachine.Decide(state, command, LedgerTime.After(state.LastTime, market.Now));
        state.Apply(
            decision.Event ?? throw new InvalidOperationException($"The script is refused: {decision.Refusal}."));
    }

    private Evidence? Sign(AgentNumber signer, byte[] bytes) => signed
        ? new Evidence(signer, bytes, market.KeyOf(signer).SignData(
            SignedPayload.ForAct(market.Id, bytes),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        : null;

    private MessageId NextMessage() => new(Guid.CreateVersion7(market.Now.ToUtc()));
}
