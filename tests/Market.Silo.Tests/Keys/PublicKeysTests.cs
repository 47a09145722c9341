using System.Security.Cryptography;
using Market.Silo.Gateway;

namespace Market.Silo.Tests.Keys;

/// <summary>What a hostile client may send as a key.</summary>
public sealed class PublicKeysTests
{
    private static readonly byte[] Sound = MakeKey(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void A_key_of_the_one_curve_in_its_one_form_is_taken()
    {
        using var key = PublicKeys.Import(Sound);
        Assert.Equal(Sound, key!.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Whatever_bit_is_turned_the_answer_is_no_key_or_another_key_and_never_an_exception()
    {
        for (var bit = 0; bit < Sound.Length * 8; bit++)
        {
            var changed = (byte[])Sound.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            using var key = PublicKeys.Import(changed);
            if (key is not null)
            {
                Assert.Equal(changed, key.ExportSubjectPublicKeyInfo());
            }
        }
    }

    [Fact]
    public void A_key_of_another_curve_or_length_is_refused()
    {
        Assert.Null(PublicKeys.Import(MakeKey(ECCurve.NamedCurves.nistP384)));
        Assert.Null(PublicKeys.Import([]));
        Assert.Null(PublicKeys.Import([.. Sound, 0]));
    }

    private static byte[] MakeKey(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportSubjectPublicKeyInfo();
    }
}
