using System.Reflection;

namespace Market.Client.Tests;

/// <summary>What holds of the whole public surface.</summary>
public sealed class SurfaceTests
{
    private static readonly Type[] Actors =
        [typeof(MarketClient), typeof(PrincipalClient), typeof(Negotiation), typeof(NegotiationTurn), typeof(Tender)];

    /// <summary>
    /// Methods that ask, wait or connect: they are no acts. Registrations of a role are RegisterAsync.
    /// </summary>
    private static readonly HashSet<string> NoActs =
    [
        "ConnectAsync", "DisposeAsync", "RunAsync", "CompareAsync", "HostingAsync", "ForgetPendingAsync",
        "RegisterBuyerAsync", "RegisterSellerAsync",
    ];

    /// <summary>Acts by another name, and acts that give a result already.</summary>
    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["CounterAsync"] = "TryOfferAsync",
        ["AcceptWithApprovalAsync"] = "AcceptWithApprovalAsync",
        ["OfferWithApprovalAsync"] = "OfferWithApprovalAsync",
    };

    private static IEnumerable<MethodInfo> Asynchronous =>
        typeof(MarketClient).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => IsAsynchronous(method.ReturnType));

    [Fact]
    public void Every_asynchronous_method_can_be_cancelled()
    {
        var without = Asynchronous
            .Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync))
            .Where(method => method.GetParameters().All(p => p.ParameterType != typeof(CancellationToken)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        Assert.Empty(without);
        Assert.True(Asynchronous.Count() > 100, "The test sees few methods.");
    }

    [Fact]
    public void Every_act_has_a_form_whose_refusal_is_a_result()
    {
        var without = Asynchronous
            .Where(method => Actors.Contains(method.DeclaringType) && IsAct(method))
            .Where(method => !HasResultForm(method))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        Assert.Empty(without);
    }

    private static bool IsAct(MethodInfo method) =>
        !NoActs.Contains(method.Name)
        && !method.ReturnType.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal)
        && !new[] { "Try", "Get", "List", "Wait", "Find" }
            .Any(question => method.Name.StartsWith(question, StringComparison.Ordinal));

    private static bool HasResultForm(MethodInfo act)
    {
        var name = OtherNames.GetValueOrDefault(act.Name) ?? "Try" + act.Name;
        var parameters = act.GetParameters().Select(static p => p.ParameterType).ToList();
        return act.DeclaringType!.GetMethods().Any(method => method.Name == name
            && method.ReturnType.GetGenericArguments() is [var result]
            && (result == typeof(ActResult) || result.Name.StartsWith("MarketResult", StringComparison.Ordinal))
            && parameters.All(p => method.GetParameters().Any(q => q.ParameterType == p)));
    }

    private static bool IsAsynchronous(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));
}
