using System.Reflection;
using System.Reflection.Emit;

namespace Market.Grains.Tests.Hosting;

/// <summary>
/// The types that compiled code names: those that it tells apart (patterns of a switch) and those that it makes. Read
/// from the instructions themselves, so that no list has to be kept beside the code.
/// </summary>
internal static class TypesInCode
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    /// <summary>The types that a class's patterns name.</summary>
    public static IEnumerable<Type> ToldApart(Type code) =>
        Tokens(code, OpCodes.Isinst).Select(static found => found.In.Module.ResolveType(
            found.Token, found.In.DeclaringType!.GetGenericArguments(), Arguments(found.In)));

    /// <summary>The types of which a class makes instances.</summary>
    public static IEnumerable<Type> Made(Type code) =>
        Tokens(code, OpCodes.Newobj).Select(static found => found.In.Module.ResolveMethod(
            found.Token, found.In.DeclaringType!.GetGenericArguments(), Arguments(found.In))!.DeclaringType!);

    private static Type[] Arguments(MethodBase method) => method is MethodInfo ? method.GetGenericArguments() : [];

    private static IEnumerable<(MethodBase In, int Token)> Tokens(Type code, OpCode wanted)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = code.GetMethods(All).Concat<MethodBase>(code.GetConstructors(All));
        foreach (var method in methods)
        {
            foreach (var token in Tokens(method.GetMethodBody()?.GetILAsByteArray() ?? [], wanted))
            {
                yield return (method, token);
            }
        }

        foreach (var found in code.GetNestedTypes(All).SelectMany(nested => Tokens(nested, wanted)))
        {
            yield return found;
        }
    }

    private static IEnumerable<int> Tokens(byte[] il, OpCode wanted)
    {
        for (var at = 0; at < il.Length;)
        {
            var isLong = il[at] == 0xFE;
            var code = Codes[isLong ? unchecked((short)(0xFE00 | il[at + 1])) : il[at]];
            at += isLong ? 2 : 1;
            if (code == wanted)
            {
                yield return BitConverter.ToInt32(il, at);
            }

            at += code.OperandType == OperandType.InlineSwitch
                ? 4 + (4 * BitConverter.ToInt32(il, at))
                : SizeOf(code.OperandType);
        }
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
