namespace Market.Domain;

/// <summary>
/// One field that is refused, or that differs from what its sender had seen: for programs to read, where a refusal's
/// explanation is for people.
/// </summary>
/// <param name="Path">
/// Where, in the names of the wire: <c>lines[0].unitPriceMinor</c>, <c>issues[2].value</c>.
/// </param>
/// <param name="Problem">What is wrong with it, in a few words.</param>
/// <param name="Given">What was sent, or was seen; null where there was nothing.</param>
/// <param name="Expected">What would be right, or is there now; null where there is nothing.</param>
public sealed record FieldProblem(string Path, string Problem, string? Given, string? Expected)
{
    /// <summary>
    /// Characters of a value that is quoted; what is longer is cut and ends in "…". A description may be much longer,
    /// and a refusal is to stay small.
    /// </summary>
    public const int ValueLengthMax = 200;
}

/// <summary>
/// Collects what is wrong with something, field by field, up to <see cref="MarketLimits.FieldProblemsMax"/>.
/// </summary>
internal sealed class FieldProblems
{
    private readonly List<FieldProblem> _problems = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool AreNone => _problems.Count == 0;

    /// <summary>Adds a problem; what is beyond the limit is left out.</summary>
    public void Add(string path, string problem, string? given, string? expected)
    {
        if (_problems.Count < MarketLimits.FieldProblemsMax)
        {
            _problems.Add(new FieldProblem(path, problem, Quoted(given), Quoted(expected)));
        }
    }

    /// <summary>Adds a problem with a number.</summary>
    public void Add(string path, string problem, long given, string expected) =>
        Add(path, problem, given.ToString(System.Globalization.CultureInfo.InvariantCulture), expected);

    /// <summary>Adds a problem with a number that is not within bounds.</summary>
    public void AddOutOfRange(string path, long given, long minimum, long maximum) =>
        Add(path, "is out of range", given, $"{minimum}..{maximum}");

    /// <summary>Adds a problem with a name that <see cref="Names.IsValid"/> does not take.</summary>
    public void AddBadName(string path, string? given) => Add(
        path, "is not a name", given,
        $"1 to {MarketLimits.NameLengthMax} characters, composed, without control or invisible ones");

    /// <summary>What was found, in order.</summary>
    public ValueArray<FieldProblem> ToValueArray() => _problems.ToValueArray();

    private static string? Quoted(string? value)
    {
        if (value is null || value.Length <= FieldProblem.ValueLengthMax)
        {
            return value;
        }

        // A pair of surrogates is not cut in two: half a character has no place on the wire.
        var length = FieldProblem.ValueLengthMax - 1;
        return string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[length - 1]) ? length - 1 : length), "…");
    }
}
