using Market.Domain.Admitting;
using Market.Silo.Commands;

namespace Market.Silo.Tests.Commands;

public sealed class AdmissionFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_says_what_is_demanded_allowed_and_refused() => Assert.Equal(
        new AdmissionPolicy(
            DemandsVersion: true,
            DemandsPrincipalKey: true,
            OperatorsAllowed: ["Alice Ltd"],
            ModelsRefused: ["gpt-*", "human"],
            PrincipalsRefused: ["mallory"]),
        Read("""
            demand: [version, principalKey]
            operators:
              allow: [Alice Ltd]
            models: { refuse: ["gpt-*", human] }
            principals:
              refuse:
                - mallory
            """));

    [Fact]
    public void Json_is_read_too() => Assert.Equal(
        new AdmissionPolicy(DemandsOperator: true), Read("""{"demand": ["operator"]}"""));

    [Theory]
    [InlineData("demand: [everything]", "'everything' cannot be demanded; declaredAi, operator")]
    [InlineData("modles: { refuse: [x] }", "'modles' is no key here; demand, operators, models, principals are")]
    [InlineData("models: { refused: [x] }", "'refused' is no key here; allow, refuse are")]
    [InlineData("models: [x]", "'models' needs a list under 'allow' or 'refuse'")]
    [InlineData("demand: version", "'demand' needs a list of words")]
    [InlineData("principals: { allow: [No Handle] }", "an entry is no name or handle")]
    [InlineData("", "it needs one mapping")]
    [InlineData("demand: [", "is no YAML")]
    public void A_wrong_file_is_one_clear_line(string text, string finding)
    {
        var error = Assert.Throws<MarketStartException>(() => Read(text));
        Assert.Contains(finding, error.Message, StringComparison.Ordinal);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_so()
    {
        var error = Assert.Throws<MarketStartException>(() => AdmissionFile.Read(_path + ".none"));
        Assert.Contains("it cannot be read", error.Message, StringComparison.Ordinal);
    }

    private AdmissionPolicy Read(string text)
    {
        File.WriteAllText(_path, text);
        return AdmissionFile.Read(_path);
    }
}
