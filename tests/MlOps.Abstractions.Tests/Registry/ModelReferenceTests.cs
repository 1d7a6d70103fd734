using FsCheck;
using FsCheck.Xunit;
using MlOps.Registry;

namespace MlOps.Abstractions.Tests.Registry;

public sealed class ModelReferenceTests
{
    [Theory]
    [InlineData("models:/credit@champion", "credit", null, "champion")]
    [InlineData("models:/credit/7", "credit", 7, null)]
    [InlineData("models:/credit", "credit", null, null)]
    [InlineData("credit@champion", "credit", null, "champion")]
    [InlineData("credit/7", "credit", 7, null)]
    [InlineData("credit", "credit", null, null)]
    [InlineData("models:/Flight delays v1.2_b-c@a_b-1", "Flight delays v1.2_b-c", null, "a_b-1")]
    [InlineData("credit/007", "credit", 7, null)]
    [InlineData("credit@v7a", "credit", null, "v7a")]
    [InlineData("credit@v", "credit", null, "v")]
    public void A_reference_is_read_with_and_without_its_prefix(string text, string name, int? number, string? alias) =>
        Assert.Equal(new ModelReference { Name = name, Number = number, Alias = alias }, ModelReference.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("models:/")]
    [InlineData("models://credit")]
    [InlineData("models:/@champion")]
    [InlineData("models:/credit@")]
    [InlineData("models:/credit/")]
    [InlineData("models:/credit/0")]
    [InlineData("models:/credit/-1")]
    [InlineData("models:/credit/+1")]
    [InlineData("models:/credit/1.0")]
    [InlineData("models:/credit/2147483648")]
    [InlineData("models:/credit/1/2")]
    [InlineData("models:/credit/champion")]
    [InlineData("models:/credit@7@8")]
    [InlineData("models:/credit@champion/7")]
    [InlineData("models:/credit@latest")]
    [InlineData("models:/credit@Latest")]
    [InlineData("models:/credit@v7")]
    [InlineData("models:/credit@V12")]
    [InlineData("models:/credit@a b")]
    [InlineData("models:/ credit")]
    [InlineData("models:/credit ")]
    [InlineData("MODELS:/credit")]
    [InlineData("runs:/credit")]
    [InlineData("models:/../credit")]
    [InlineData(@"models:/a\b")]
    [InlineData("models:/a\tb")]
    [InlineData("models:/a\0")]
    public void What_is_not_a_reference_is_refused(string? text)
    {
        Assert.False(ModelReference.TryParse(text, out var reference));
        Assert.Null(reference);
        Assert.Equal(ErrorCodes.InvalidName, Assert.Throws<MlOpsException>(() => ModelReference.Parse(text!)).Code);
    }

    [Fact]
    public void Names_and_aliases_have_a_greatest_length()
    {
        Assert.True(ModelReference.IsName(new string('n', 250)));
        Assert.False(ModelReference.IsName(new string('n', 251)));
        Assert.True(ModelReference.IsAlias(new string('a', 255)));
        Assert.False(ModelReference.IsAlias(new string('a', 256)));
    }

    [Property(MaxTest = 500)]
    public void A_reference_reads_back_from_its_text(NonEmptyString name, NonEmptyString alias, PositiveInt number)
    {
        var model = ModelReference.IsName(name.Get) ? name.Get : "credit 1.0";
        var references = new List<ModelReference>
        {
            new() { Name = model },
            new() { Name = model, Number = number.Get },
            new() { Name = model, Alias = ModelReference.IsAlias(alias.Get) ? alias.Get : "champion" },
        };

        Assert.Equal(references, references.Select(reference => ModelReference.Parse(reference.ToString())));
        Assert.Equal(references, references.Select(reference => ModelReference.Parse(reference.ToString()["models:/".Length..])));
    }

    [Property(MaxTest = 1000)]
    public void Any_text_is_read_to_a_valid_reference_or_refused(string? text)
    {
        if (ModelReference.TryParse(text, out var reference))
        {
            Assert.True(ModelReference.IsName(reference.Name));
            Assert.True(reference.Alias is null || (reference.Number is null && ModelReference.IsAlias(reference.Alias)));
            Assert.Equal(reference, ModelReference.Parse(reference.ToString()));
        }
    }
}
