namespace Market.Silo.Commands.Audit.Reading;

/// <summary>A list whose equality is that of its elements, in order.</summary>
internal readonly struct Items<T>(T[] values) : IEquatable<Items<T>>
{
    private readonly T[]? _values = values;

    public ReadOnlySpan<T> All => _values;

    public int Count => _values?.Length ?? 0;

    public T this[int place] => _values![place];

    public static bool operator ==(Items<T> left, Items<T> right) => left.Equals(right);

    public static bool operator !=(Items<T> left, Items<T> right) => !left.Equals(right);

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => All.GetEnumerator();

    public bool Equals(Items<T> other) => All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => obj is Items<T> other && Equals(other);

    public override int GetHashCode() => Count;

    public override string ToString() => $"[{string.Join(", ", _values ?? [])}]";
}
