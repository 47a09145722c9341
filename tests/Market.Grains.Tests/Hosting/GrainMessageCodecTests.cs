using System.Reflection;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Testing;

namespace Market.Grains.Tests.Hosting;

/// <summary>Whatever crosses the port to the grains can do so as bytes.</summary>
public sealed class GrainMessageCodecTests
{
    private static readonly Assembly[] Sources = [typeof(NegotiationState).Assembly, typeof(IGrain).Assembly];

    /// <summary>What a grain names and no engine carries: it never leaves the activation.</summary>
    private static readonly Type[] Inside = [typeof(Recalled), typeof(GrainCapture)];

    /// <summary>
    /// Every message that a grain takes, and every record that grains and their steps make, other than parts of those.
    /// </summary>
    private static List<Type> Crossing { get; } = FindCrossing();

    [Fact]
    public void The_messages_are_found_in_the_grains_own_switches()
    {
        // One that is matched by its base, one by itself, one by a property pattern, one in a grain's helper.
        Type[] some =
        [
            typeof(PerformAct), typeof(Settle), typeof(DeadlineReached), typeof(OpenForTender), typeof(FindAgent),
            typeof(TellLedger), typeof(TellLedgerAnswer), typeof(Settled), typeof(AgentKeysFound), typeof(OwnPart),
        ];

        Assert.Empty(some.Except(Crossing));
    }

    [Fact]
    public void Every_message_has_a_number()
    {
        var known = WireCatalog.Types.Select(static type => type.Value).ToHashSet();

        Assert.Empty(Crossing.Where(type => !known.Contains(type)).Select(static type => type.FullName));
    }

    [Fact]
    public void Nothing_of_a_message_is_outside_of_its_wire_form()
    {
        var lost = Crossing.SelectMany(static type => type
            .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(static property => property.SetMethod is not null && property.Name != "EqualityContract")
            .Where(property => !type.GetConstructors().SelectMany(static made => made.GetParameters())
                .Any(parameter => parameter.Name == property.Name))
            .Select(property => $"{type.Name}.{property.Name}"));

        Assert.Empty(lost);
    }

    [Property(MaxTest = 20)]
    public void Every_message_comes_back_from_its_bytes(int seed)
    {
        var types = WireCatalog.Types.Select(static type => type.Value).ToList();
        var generator = new WireValueGenerator(seed, types);
        foreach (var type in Crossing)
        {
            var bytes = GrainMessageCodec.Encode(generator.Next(type));
            var read = GrainMessageCodec.DecodeMessage(bytes);

            Assert.IsType(type, read);
            Assert.Equal(bytes, GrainMessageCodec.Encode(read));
        }
    }

    [Fact]
    public void An_overload_keeps_its_time_to_retry()
    {
        var back = Back<GrainOverloadedException>(new GrainOverloadedException(TimeSpan.FromMilliseconds(70)));

        Assert.Equal(TimeSpan.FromMilliseconds(70), back.RetryAfter);
    }

    [Fact]
    public void An_unknown_outcome_keeps_its_reason_and_leaves_its_cause_where_it_happened()
    {
        var back = Back<OutcomeUnknownException>(new OutcomeUnknownException("Lost.", new IOException("disk")));

        Assert.Equal("Lost.", back.Message);
        Assert.Null(back.InnerException);
    }

    [Fact]
    public void A_fault_names_its_grain()
    {
        var fault = new GrainFaultException(GrainId.Ledger, "Settle made it throw.", new FormatException("x"));
        var back = Back<GrainFaultException>(fault);

        Assert.Equal((fault.Grain, fault.Message), (back.Grain, back.Message));
    }

    [Fact]
    public void A_damaged_stream_names_its_row()
    {
        var damage = new StreamDamagedException(GrainId.Directory, 4, 17, "its hash is wrong.");
        var back = Back<StreamDamagedException>(damage);

        Assert.Equal((4, 17, damage.Message), (back.Stream, back.Version, back.Message));
    }

    [Fact]
    public void A_cancelled_ask_ends_with_the_askers_own_token()
    {
        using var source = new CancellationTokenSource();
        var bytes = GrainMessageCodec.EncodeFailure(GrainId.Ledger, new TaskCanceledException());

        var back = Assert.Throws<OperationCanceledException>(
            () => GrainMessageCodec.DecodeReply(bytes, source.Token));

        Assert.Equal(source.Token, back.CancellationToken);
    }

    [Fact]
    public void Any_other_exception_is_the_grains_fault()
    {
        var back = Back<GrainFaultException>(new InvalidOperationException("The grain gave no answer to Read."));

        Assert.Equal(GrainId.Ledger, back.Grain);
        Assert.Contains("gave no answer to Read", back.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_another_version_is_refused()
    {
        byte[] bytes = [0x92, 0xcd, 0xea, 0x60, 0x90]; // [60,000, []]

        Assert.Throws<WireFormatException>(() => GrainMessageCodec.DecodeMessage(bytes));
        Assert.Throws<WireFormatException>(() => GrainMessageCodec.DecodeReply(bytes));
        Assert.Throws<ArgumentException>(() => GrainMessageCodec.Encode("a text is no message"));
    }

    private static T Back<T>(Exception error)
        where T : Exception =>
        Assert.Throws<T>(() => GrainMessageCodec.DecodeReply(GrainMessageCodec.EncodeFailure(GrainId.Ledger, error)));

    private static List<Type> FindCrossing()
    {
        WireCatalog.Register(typeof(IGrain).Assembly);
        var grains = typeof(IGrain).Assembly.GetTypes().Where(static type =>
            (type.IsAssignableTo(typeof(IGrain)) && !type.IsAbstract)
            || type.Name.EndsWith("Steps", StringComparison.Ordinal)
            || type.Name == "LedgerTells");
        var named = grains
            .SelectMany(static grain => TypesInCode.ToldApart(grain).Concat(TypesInCode.Made(grain)))
            .Append(typeof(GrainNotFound))
            .SelectMany(Concrete)
            .Where(static type => IsRecord(type) && Sources.Contains(type.Assembly))
            .Distinct()
            .OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .ToList();
        var parts = named.SelectMany(Parts).ToHashSet();
        return [.. named.Except(Inside).Where(type => !parts.Contains(type) || HasNumber(type))];
    }

    private static bool HasNumber(Type type) => type.GetCustomAttribute<WireTypeAttribute>() is not null;

    /// <summary>The types of a record's parameters, of their elements too.</summary>
    private static IEnumerable<Type> Parts(Type type) => type.GetConstructors()
        .SelectMany(static made => made.GetParameters())
        .SelectMany(static parameter => parameter.ParameterType.GetGenericArguments().Append(parameter.ParameterType));

    private static IEnumerable<Type> Concrete(Type type) => type.IsAbstract
        ? Sources.SelectMany(static source => source.GetTypes())
            .Where(other => !other.IsAbstract && type.IsAssignableFrom(other))
        : [type];

    private static bool IsRecord(Type type) => type.IsClass && type.GetMethod("<Clone>$") is not null;
}
