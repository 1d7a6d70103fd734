using MlOps.Data.Checks.Formats;

namespace MlOps.Data.Tests.Checks;

public sealed class TextFormatTests
{
    [Theory]
    [InlineData(TextFormat.Email, "a@b.de|first.last+tag@sub.example.org|o'neil@example.co.uk|用户@例子.公司|x@a-b.io", "a@b|@b.de|a@|a b@c.de|a..b@c.de|.a@b.de|a.@b.de|a@-b.de|a@b..de|a@b.d.1|a@b@c.de|\"a\"@b.de|a@b.de ")]
    [InlineData(TextFormat.Url, "http://example.org|https://a.b/c?d=e#f|ftp://host/file|https://user@host:8080/|http://[::1]/|HTTP://EXAMPLE.org|http://[2001:db8::1]:8080|http://a_b.example./x|http://例え.jp/ü?q=ä#ö|http://u:p@a.b|https://a?b=c@d|http://192.0.2.1:65535", "example.org|mailto:a@b.de|http:/a.b|http://|https://a b|/etc/passwd|javascript:alert(1)|file:///etc/passwd|http:///x|http://a..b|http://-a.b|http://a-.b|http://a:65536|http://a:b/|http://[::1|http://[::g]/|http://[::1]x|https://a.b/c\nd|xhttp://a.b|http://u@|http://.|http://a.b/c d")]
    [InlineData(TextFormat.Uuid, "123e4567-e89b-12d3-a456-426614174000|123E4567-E89B-12D3-A456-426614174000", "123e4567e89b12d3a456426614174000|{123e4567-e89b-12d3-a456-426614174000}|123e4567-e89b-12d3-a456-42661417400|123g4567-e89b-12d3-a456-426614174000")]
    [InlineData(TextFormat.IPv4, "0.0.0.0|255.255.255.255|192.168.1.10", "256.1.1.1|1.1.1|1.1.1.1.1|01.1.1.1|1.1.1.|a.1.1.1|1.1.1.1 |0x1.1.1.1")]
    [InlineData(TextFormat.IPv6, "::|::1|2001:db8::8a2e:370:7334|1:2:3:4:5:6:7:8|::ffff:192.0.2.1|1::8|1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|1::2::3|12345::|:1|1:|g::|[::1]|fe80::1%eth0|1.2.3.4|::1.2.3|1:2:3:4:5:6:7:1.2.3.4|1.2.3.4::|1:2:3:4:5:6:7::8")]
    [InlineData(TextFormat.Iban, "DE89370400440532013000|GB82 WEST 1234 5698 7654 32|fr1420041010050500013M02606|NO9386011117947", "DE89370400440532013001|DE00370400440532013000|GB82WEST1234569876543|XX|89DE370400440532013000|DE89370400440532013000 | DE89370400440532013000|DE89-3704-0044-0532-0130-00|DE8937040044053201300012345678901234567890")]
    [InlineData(TextFormat.CreditCard, "4111111111111111|5500-0000-0000-0004|3400 0000 0000 009|6011000000000004", "4111111111111112|411111111111|41111111111111111111|4111  1111 1111 1111|-4111111111111111|4111a11111111111")]
    [InlineData(TextFormat.Date, "2026-01-31|2024-02-29|0001-01-01", "2026-02-29|2026-1-31|31.01.2026|2026-01-31T00:00|2026-13-01| 2026-01-31")]
    [InlineData(TextFormat.DateTime, "2026-01-31T23:59:59|2026-01-31T23:59|2026-01-31 23:59:59|2026-01-31T23:59:59.123Z|2026-01-31T23:59:59+02:00|2026-01-31T23:59:59.1234567-05:30", "2026-01-31|2026-01-31T24:00:00|2026-01-31T23:59:59.|2026-02-30T00:00:00|2026-01-31X23:59:59|2026-01-31T23|2026-01-31T23:59:59 Z")]
    [InlineData(TextFormat.Json, "{}|[1,2]|null|\"a\"|1e3|{\"a\":{\"b\":[true]}}", "{|[1,]|'a'|{} {}|{\"a\":}|nul| ")]
    [InlineData(TextFormat.Hex, "0|deadBEEF|0x1F", "0x|xyz|1 2|#ff")]
    [InlineData(TextFormat.SemanticVersion, "0.0.1|1.2.3-alpha.1+build.007|10.20.30|1.0.0-0A.is.legal|1.0.0+001", "1|1.2|01.2.3|1.2.3-01|1.2.3-|1.2.3+|v1.2.3|1.2.3.4|1.2.3-a..b|1.2.3-ä")]
    [InlineData(TextFormat.PhoneE164, "+14155552671|+442071838750|+123456789012345", "14155552671|+0123|+1234567890123456|+1 415|+|+1")]
    [InlineData(TextFormat.Integer, "0|-12|+3|00|123456789012345678901234567890", "1.0|1e3|-|٣|1 000|0x1")]
    [InlineData(TextFormat.Number, "0|-1.5|+.5|1e-3|12.", "1,5|abc|1e999|NaN|Infinity|1e|--1| 1")]
    [InlineData(TextFormat.Boolean, "true|False|TRUE", "1|yes|t|true ")]
    [InlineData(TextFormat.SocialSecurityNumber, "123-45-6789|078-05-1120", "000-12-3456|666-12-3456|900-12-3456|123-00-4567|123-45-0000|123456789|123-45-678")]
    public async Task A_format_takes_what_it_says_and_nothing_else(TextFormat format, string right, string wrong)
    {
        var test = TextFormats.Test(format);
        Assert.All(right.Split('|'), text => Assert.True(test(text), text));
        Assert.All(wrong.Split('|').Append(""), text => Assert.False(test(text), text));
        var data = HeldRows.Of(("text", [.. right.Split('|'), null, .. wrong.Split('|')]));
        var result = (await DataChecks.Define("c", c => c.Column("text", text => text.HasFormat(format))).RunAsync(data, TestContext.Current.CancellationToken)).Results[0];
        Assert.Equal((right.Split('|').Length + wrong.Split('|').Length, wrong.Split('|').Length), (result.Evaluated, result.Failed));
    }

    [Fact]
    public void Every_format_has_a_name_that_finds_it()
    {
        Assert.All(Enum.GetValues<TextFormat>(), format => Assert.Equal(format, FormatNames.Find(FormatNames.NameOf(format))));
        Assert.Null(FormatNames.Find("emial"));
    }
}
