using System.Globalization;
using System.Reflection;

namespace Market.Testing.Xunit;

/// <summary>
/// A method that returns a ValueTask, shown to FsCheck as one that returns a Task, which is what it can wait for.
/// </summary>
internal sealed class ValueTaskMethod : MethodInfo
{
    private readonly MethodInfo _method;

    private ValueTaskMethod(MethodInfo method) => _method = method;

    /// <inheritdoc/>
    public override Type ReturnType => _method.ReturnType.IsGenericType
        ? typeof(Task<>).MakeGenericType(_method.ReturnType.GetGenericArguments())
        : typeof(Task);

    /// <inheritdoc/>
    public override MethodAttributes Attributes => _method.Attributes;

    /// <inheritdoc/>
    public override RuntimeMethodHandle MethodHandle => _method.MethodHandle;

    /// <inheritdoc/>
    public override Type? DeclaringType => _method.DeclaringType;

    /// <inheritdoc/>
    public override string Name => _method.Name;

    /// <inheritdoc/>
    public override Type? ReflectedType => _method.ReflectedType;

    /// <inheritdoc/>
    public override ICustomAttributeProvider ReturnTypeCustomAttributes => _method.ReturnTypeCustomAttributes;

    /// <summary>The method itself, or as one that returns a Task.</summary>
    public static MethodInfo Bridge(MethodInfo method)
    {
        var type = method.ReturnType;
        var isValueTask = type == typeof(ValueTask)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
        return isValueTask ? new ValueTaskMethod(method) : method;
    }

    /// <inheritdoc/>
    public override object? Invoke(
        object? obj, BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture)
    {
        var task = _method.Invoke(obj, invokeAttr, binder, parameters, culture)!;
        return task is ValueTask plain
            ? plain.AsTask()
            : task.GetType().GetMethod(nameof(ValueTask.AsTask))!.Invoke(task, []);
    }

    /// <inheritdoc/>
    public override MethodInfo GetBaseDefinition() => _method.GetBaseDefinition();

    /// <inheritdoc/>
    public override object[] GetCustomAttributes(bool inherit) => _method.GetCustomAttributes(inherit);

    /// <inheritdoc/>
    public override object[] GetCustomAttributes(Type attributeType, bool inherit) =>
        _method.GetCustomAttributes(attributeType, inherit);

    /// <inheritdoc/>
    public override MethodImplAttributes GetMethodImplementationFlags() => _method.GetMethodImplementationFlags();

    /// <inheritdoc/>
    public override ParameterInfo[] GetParameters() => _method.GetParameters();

    /// <inheritdoc/>
    public override bool IsDefined(Type attributeType, bool inherit) => _method.IsDefined(attributeType, inherit);
}
