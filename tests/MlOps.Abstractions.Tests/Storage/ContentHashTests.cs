using System.Security.Cryptography;
using FsCheck.Xunit;
using MlOps.Storage;

namespace MlOps.Abstractions.Tests.Storage;

public sealed class ContentHashTests
{
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void The_hash_is_the_published_SHA_256()
    {
        Assert.Equal(OfNothing, ContentHash.Of([]).Value);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ContentHash.Of("abc"u8).ToString());
        Assert.Equal("ba7816bf8f01", ContentHash.Of("abc"u8).Short);
    }

    [Property(MaxTest = 200)]
    public async Task Bytes_hash_alike_in_memory_and_from_the_rest_of_a_stream(byte[] before, byte[] bytes)
    {
        using var stream = new MemoryStream([.. before, .. bytes]);
        stream.Position = before.Length;

        Assert.Equal(ContentHash.Of(bytes), await ContentHash.OfAsync(stream, TestContext.Current.CancellationToken));
        Assert.Equal(ContentHash.Of(bytes), ContentHash.FromSha256(SHA256.HashData(bytes)));
    }

    [Property(MaxTest = 200)]
    public void The_text_reads_back_in_either_case(byte[] bytes)
    {
        var hash = ContentHash.Of(bytes);

        Assert.Equal(hash, ContentHash.Parse(hash.Value));
        Assert.Equal(hash, ContentHash.Parse(hash.Value.ToUpperInvariant()));
        Assert.Equal(hash.GetHashCode(), ContentHash.Parse(hash.Value.ToUpperInvariant()).GetHashCode());
        Assert.Equal(hash.Value, ContentHash.Parse(hash.Value.ToUpperInvariant()).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("e3b0")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(" e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("٣٣b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("../../../../../../../../../../../../../../../../../../../../pass")]
    public void What_is_not_64_hexadecimal_digits_is_refused(string text)
    {
        Assert.False(ContentHash.TryParse(text, out var hash));
        Assert.Equal(default, hash);
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => ContentHash.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 500)]
    public void Any_text_is_a_hash_or_is_refused(string? text)
    {
        if (ContentHash.TryParse(text, out var hash))
        {
            Assert.Equal(text, hash.Value, ignoreCase: true);
        }
        else
        {
            Assert.Equal(default, hash);
        }
    }

    [Fact]
    public void The_default_value_is_64_zeros_and_equals_them()
    {
        Assert.Equal(new string('0', 64), default(ContentHash).Value);
        Assert.Equal(default, ContentHash.Parse(new string('0', 64)));
        Assert.Equal(default(ContentHash).GetHashCode(), ContentHash.Parse(new string('0', 64)).GetHashCode());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_hash_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ContentHash.FromSha256(new byte[length]));
}
