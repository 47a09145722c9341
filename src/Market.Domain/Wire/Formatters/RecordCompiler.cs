using System.Reflection;
using System.Reflection.Emit;

namespace Market.Domain.Wire.Formatters;

/// <summary>
/// Generates the code that a hand would write for a record: one call for each parameter, without boxing or reflection.
/// The formatters are static read-only fields, so the just-in-time compiler knows their types and calls them directly.
/// </summary>
internal static class RecordCompiler
{
    /// <summary>
    /// Generates <c>writer.BeginArray(n); formatter0.Write(writer, value.P0); …; writer.EndArray();</c>
    /// </summary>
    /// <exception cref="NotSupportedException">A parameter's type has no wire form.</exception>
    public static WriteRecord<T> CompileWrite<T>()
    {
        var shape = ShapeOf(typeof(T));
        var method = NewMethod(
            "Write" + typeof(T).Name, typeof(void), [typeof(object[]), typeof(MessagePackWriter), typeof(T)]);
        var code = method.GetILGenerator();
        if (!shape.IsTransparent)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldc_I4, shape.Members.Length);
            code.Emit(OpCodes.Call, Of<MessagePackWriter>(nameof(MessagePackWriter.BeginArray), typeof(int)));
        }

        foreach (var member in shape.Members)
        {
            var formatter = EmitFormatter(code, member);
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(typeof(T).IsValueType ? OpCodes.Ldarga : OpCodes.Ldarg, (short)2);
            code.Emit(OpCodes.Call, member.Property.GetMethod!);
            code.Emit(OpCodes.Callvirt, formatter.GetMethod("Write")!);
        }

        if (!shape.IsTransparent)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Call, Of<MessagePackWriter>(nameof(MessagePackWriter.EndArray)));
        }

        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<WriteRecord<T>>(Array.Empty<object?>());
    }

    /// <summary>
    /// Generates <c>var n = reader.BeginArray(required); …; var Pi = n > i ? formatter.Read(ref reader) : default; …;
    /// reader.EndArray(n − parameters); return new T(P0, …);</c>
    /// </summary>
    /// <exception cref="NotSupportedException">A parameter's type has no wire form.</exception>
    public static ReadRecord<T> CompileRead<T>()
    {
        var shape = ShapeOf(typeof(T));
        var method = NewMethod(
            "Read" + typeof(T).Name, typeof(T), [typeof(object[]), typeof(MessagePackReader).MakeByRefType()]);
        var code = method.GetILGenerator();
        var count = code.DeclareLocal(typeof(int));
        if (!shape.IsTransparent)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldc_I4, shape.Required);
            code.Emit(OpCodes.Call, Of<MessagePackReader>(nameof(MessagePackReader.BeginArray), typeof(int)));
            code.Emit(OpCodes.Stloc, count);
        }

        for (var i = 0; i < shape.Members.Length; i++)
            EmitRead(code, shape, i, count);

        // The parameters lie on the stack in the constructor's order; ending the array does not disturb them.
        if (!shape.IsTransparent)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldloc, count);
            code.Emit(OpCodes.Ldc_I4, shape.Members.Length);
            code.Emit(OpCodes.Sub);
            code.Emit(OpCodes.Call, Of<MessagePackReader>(nameof(MessagePackReader.EndArray), typeof(int)));
        }

        code.Emit(OpCodes.Newobj, shape.Constructor);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<ReadRecord<T>>(shape.Members.Select(static member => member.Default).ToArray());
    }

    private static void EmitRead(ILGenerator code, RecordShape shape, int index, LocalBuilder count)
    {
        var member = shape.Members[index];
        var value = code.DeclareLocal(member.Type);
        var absent = code.DefineLabel();
        var done = code.DefineLabel();
        var mayBeAbsent = member.HasDefault && !shape.IsTransparent;
        if (mayBeAbsent)
        {
            code.Emit(OpCodes.Ldloc, count);
            code.Emit(OpCodes.Ldc_I4, index);
            code.Emit(OpCodes.Ble, absent);
        }

        var formatter = EmitFormatter(code, member);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Callvirt, formatter.GetMethod("Read")!);
        code.Emit(OpCodes.Stloc, value);
        if (mayBeAbsent)
        {
            code.Emit(OpCodes.Br, done);
            code.MarkLabel(absent);
            EmitDefault(code, member, index, value);
            code.MarkLabel(done);
        }

        code.Emit(OpCodes.Ldloc, value);
    }

    /// <summary>Takes the parameter's default from the array that the delegate carries as its first argument.</summary>
    private static void EmitDefault(ILGenerator code, RecordMember member, int index, LocalBuilder value)
    {
        if (member.Default is null)
        {
            code.Emit(OpCodes.Ldloca, value);
            code.Emit(OpCodes.Initobj, member.Type);
            return;
        }

        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4, index);
        code.Emit(OpCodes.Ldelem_Ref);
        code.Emit(OpCodes.Unbox_Any, member.Type);
        code.Emit(OpCodes.Stloc, value);
    }

    private static Type EmitFormatter(ILGenerator code, RecordMember member)
    {
        // Reading the field runs its initializer now, so that the generated code can treat it as a constant.
        if (WireFormatterFactory.Get(member.Type) is IUnsupportedFormatter unsupported)
        {
            throw new NotSupportedException(
                $"{member.Property.DeclaringType}.{member.Property.Name}: {unsupported.Reason}");
        }

        var holder = member.IsNullableReference ? typeof(NullableReferenceFormatter<>) : typeof(WireFormatterOf<>);
        var field = WireFormatterFactory.InstanceField(holder, member.Type);
        _ = field.GetValue(null);
        code.Emit(OpCodes.Ldsfld, field);
        return field.FieldType;
    }

    private static RecordShape ShapeOf(Type type) => RecordShape.TryOf(type, out var shape, out var why)
        ? shape
        : throw new NotSupportedException($"{type} has no wire form: {why}.");

    // Skips visibility checks: a record, its constructor's types and the formatters may be internal.
    private static DynamicMethod NewMethod(string name, Type result, Type[] parameters) =>
        new(name, result, parameters, typeof(RecordCompiler).Module, skipVisibility: true);

    private static MethodInfo Of<T>(string name, params Type[] parameters)
        where T : allows ref struct => typeof(T).GetMethod(name, parameters)!;
}
