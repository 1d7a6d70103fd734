using System.Globalization;
using FsCheck.Xunit;
using MlOps.Features;

namespace MlOps.Abstractions.Tests.Features;

public sealed class FeatureValueTests
{
    [Fact]
    public void The_default_NaN_and_null_are_missing()
    {
        Assert.All(
            [default, FeatureValue.Missing, FeatureValue.Of(double.NaN), FeatureValue.Of((string?)null), (FeatureValue)double.NaN, (FeatureValue)(string?)null],
            value =>
            {
                Assert.True(value.IsMissing);
                Assert.Equal(FeatureValueKind.Missing, value.Kind);
                Assert.Equal(FeatureValue.Missing, value);
                Assert.True(double.IsNaN(value.AsNumber()));
                Assert.Null(value.AsText());
                Assert.False(value.AsBoolean());
                Assert.Equal("missing", value.ToString());
            });
    }

    [Property(MaxTest = 300)]
    public void A_number_comes_back_and_reads_back_from_its_text_in_any_culture(double number)
    {
        using var culture = new CommaCulture();
        var value = FeatureValue.Of(number);

        Assert.Equal(number, value.AsNumber());
        Assert.Equal(double.IsNaN(number), value.IsMissing);
        Assert.True(double.IsNaN(number) || double.Parse(value.AsText()!, CultureInfo.InvariantCulture) == number);
        Assert.Equal(!double.IsNaN(number) && number != 0, value.AsBoolean());
    }

    [Property(MaxTest = 300)]
    public void A_text_comes_back_and_is_no_number(string text)
    {
        var value = FeatureValue.Of(text);

        Assert.Equal(text, value.AsText());
        Assert.True(double.IsNaN(value.AsNumber()));
        Assert.False(value.AsBoolean());
        Assert.Equal(text is null, value.IsMissing);
    }

    [Fact]
    public void Truth_values_count_as_0_and_1()
    {
        Assert.Equal((1, "true", true), (FeatureValue.Of(true).AsNumber(), FeatureValue.Of(true).AsText(), FeatureValue.Of(true).AsBoolean()));
        Assert.Equal((0, "false", false), (FeatureValue.Of(false).AsNumber(), FeatureValue.Of(false).AsText(), FeatureValue.Of(false).AsBoolean()));
        Assert.NotEqual(FeatureValue.Of(1), FeatureValue.Of(true));
    }

    [Property(MaxTest = 300)]
    public void An_instant_is_kept_in_UTC(DateTimeOffset instant)
    {
        using var culture = new CommaCulture();
        var value = FeatureValue.Of(instant);

        Assert.Equal(instant.UtcDateTime, value.AsTime().DateTime);
        Assert.Equal(TimeSpan.Zero, value.AsTime().Offset);
        Assert.Equal(value, FeatureValue.Of(instant.ToUniversalTime()));
        Assert.Equal(value.AsTime(), DateTimeOffset.Parse(value.AsText()!, CultureInfo.InvariantCulture));
        Assert.True(double.IsNaN(value.AsNumber()));
    }

    [Fact]
    public void Only_an_instant_is_an_instant()
    {
        Assert.Contains("Number", Assert.Throws<InvalidOperationException>(() => FeatureValue.Of(1).AsTime()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => FeatureValue.Missing.AsTime());
        Assert.Throws<InvalidOperationException>(() => FeatureValue.Of("2026-01-01").AsTime());
    }

    [Fact]
    public void Values_are_equal_when_kind_and_content_are()
    {
        Assert.Equal(FeatureValue.Of("a"), FeatureValue.Of("a"));
        Assert.NotEqual(FeatureValue.Of("1"), FeatureValue.Of(1));
        Assert.NotEqual(FeatureValue.Of(""), FeatureValue.Missing);
        Assert.NotEqual(FeatureValue.Of(0), FeatureValue.Missing);
        Assert.NotEqual(FeatureValue.Of(default(DateTimeOffset)), FeatureValue.Missing);
        Assert.Equal(FeatureValue.Of("a").GetHashCode(), FeatureValue.Of("a").GetHashCode());
    }
}
