using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Domain.Wire;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>Rank these outcomes.</summary>
/// <param name="Slot">The number under which a negotiation names them; 0 forgets all before.</param>
/// <param name="Agenda">What is negotiated.</param>
/// <param name="Utility">What the party wants.</param>
internal sealed record HostPrepare(int Slot, Agenda Agenda, HostedUtility Utility);

/// <summary>Load this class.</summary>
/// <param name="Slot">The number under which a negotiation names it, from 0 up.</param>
/// <param name="Code">Where it is.</param>
internal sealed record HostLoad(int Slot, UserCode Code);

/// <summary>Begin a negotiation: the strategy is made in its first turn.</summary>
/// <param name="Strategy">Slot of its class.</param>
/// <param name="Outcomes">Slot of its outcomes.</param>
/// <param name="Seed">Seed of its chance.</param>
/// <param name="Side">The side that it sees itself on.</param>
internal sealed record HostBegin(int Strategy, int Outcomes, ulong Seed, Party Side);

/// <summary>The two messages of every act, written and read without a record.</summary>
internal static class HostActs
{
    private const int TurnFields = 4;

    /// <summary>Writes a turn: parties, round, rounds, standing offer, then who offered what since the last.</summary>
    public static void WriteTurn(MessagePackWriter writer, in TurnView turn, SeenOffers seen)
    {
        writer.BeginArray(TurnFields + (2 * seen.Offers.Count));
        writer.WriteInt64(turn.Parties);
        writer.WriteInt64(turn.Round);
        writer.WriteInt64(turn.RoundsMax);
        writer.WriteInt64(turn.Offer);
        foreach (var (place, offer) in seen.Offers)
        {
            writer.WriteInt64(place);
            writer.WriteInt64(offer);
        }

        writer.EndArray();
    }

    /// <summary>Reads a turn.</summary>
    /// <exception cref="WireFormatException">It is none.</exception>
    public static TurnView ReadTurn(ReadOnlySpan<byte> bytes, SeenOffers seen)
    {
        var reader = new MessagePackReader(bytes);
        var count = reader.BeginArray(TurnFields);
        var turn = new TurnView(Next(ref reader), Next(ref reader), Next(ref reader), Next(ref reader));
        seen.Clear();
        for (var read = TurnFields; read + 1 < count; read += 2)
        {
            seen.Add(Next(ref reader), Next(ref reader));
        }

        reader.EndArray(0);
        return turn;
    }

    /// <summary>Writes an act: its kind, and the number of the outcome.</summary>
    public static void WriteAct(MessagePackWriter writer, in TurnAct act)
    {
        writer.BeginArray(2);
        writer.WriteInt64((int)act.Kind);
        writer.WriteInt64(act.Outcome);
        writer.EndArray();
    }

    /// <summary>Reads an act.</summary>
    /// <exception cref="WireFormatException">It is none.</exception>
    public static TurnAct ReadAct(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        reader.BeginArray(2);
        var kind = (NegotiatorActKind)reader.ReadInteger(0, (int)NegotiatorActKind.Accept);
        var outcome = Next(ref reader);
        reader.RequireEnd();
        return kind switch
        {
            NegotiatorActKind.Propose => TurnAct.Propose(outcome),
            NegotiatorActKind.Accept => TurnAct.Accept,
            _ => TurnAct.End,
        };
    }

    private static int Next(ref MessagePackReader reader) => (int)reader.ReadInteger(int.MinValue, int.MaxValue);
}
