using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Market.Domain;
using Market.Domain.Listings;

namespace Market.Grains.Searching;

/// <summary>
/// Collects what a document says, and weighs its words: BM25F (Robertson, Zaragoza and Taylor 2004), which adds up a
/// word's occurrences weighted by field before they are saturated, with a fixed typical length in place of the mean, so
/// that a word's impact depends on the document alone and never changes with what others publish.
/// </summary>
internal sealed class SearchDocumentBuilder
{
    private const int TitleWeight = 8;
    private const int CategoryWeight = 4;
    private const int LineWeight = 4;
    private const int AttributeWeight = 2;
    private const int DescriptionWeight = 1;

    private const double Saturation = 1.2; // k1
    private const double LengthShare = 0.75; // b
    private const double TypicalLength = 120; // weighted words of a listing with a short description

    private readonly Dictionary<string, int> _weights = new(StringComparer.Ordinal);
    private readonly HashSet<string> _facts = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private int _length;

    /// <summary>The tokens, one space apart.</summary>
    public string Tokens => string.Join(' ', _weights.Keys.Concat(_facts));

    public void AddTitle(string title) => AddText(title, TitleWeight);

    public void AddDescription(string description) => AddText(description, DescriptionWeight);

    public void AddCategory(string category)
    {
        AddText(category, CategoryWeight);
        _facts.Add(SearchTokens.OfCategory(category));
    }

    public void AddLine(string name)
    {
        AddText(name, LineWeight);
        _facts.Add(SearchTokens.OfLine(name));
    }

    public void AddAttributes(ValueArray<ListingAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            AddText(attribute.Name, AttributeWeight);
            AddText(attribute.Value, AttributeWeight);
            _facts.Add(SearchTokens.OfAttribute(attribute.Name, attribute.Value));
        }
    }

    /// <summary>The features, as <see cref="FeatureView"/> reads them.</summary>
    public byte[] Features(Guid id, uint currency, long price)
    {
        var features = new byte[FeatureView.HeaderBytes + (5 * _weights.Count) + (4 * _facts.Count)];
        id.TryWriteBytes(features, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(features.AsSpan(16), currency);
        BinaryPrimitives.WriteInt64LittleEndian(features.AsSpan(20), price);
        BinaryPrimitives.WriteUInt16LittleEndian(features.AsSpan(28), (ushort)_weights.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(features.AsSpan(30), (ushort)_facts.Count);
        var at = FeatureView.HeaderBytes;
        foreach (var token in _weights.Keys.Concat(_facts))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(features.AsSpan(at), SearchTokens.PlaceOf(token));
            at += 4;
        }

        foreach (var weight in _weights.Values)
        {
            features[at++] = ImpactOf(weight);
        }

        return features;
    }

    private void AddText(string text, int weight)
    {
        _words.Clear();
        SearchWords.AddTo(_words, text);
        _length += _words.Count * weight;
        foreach (var word in _words)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_weights, SearchTokens.OfWord(word), out _) += weight;
        }
    }

    /// <summary>What a word gives of the most that one can give, from 1 to 255.</summary>
    private byte ImpactOf(int weight)
    {
        var penalty = Saturation * (1 - LengthShare + (LengthShare * _length / TypicalLength));
        return (byte)Math.Clamp(Math.Round(255 * weight / (weight + penalty)), 1, 255);
    }
}
