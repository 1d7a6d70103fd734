using FsCheck.Xunit;
using MlOps.Storage;

namespace MlOps.Abstractions.Tests.Storage;

public sealed class StoredFileTests
{
    private static readonly string[] Parts = ["a", "..", ".", "", "b.txt", "C:", "\0", "...", "~", "plots", "\n"];

    [Theory]
    [InlineData("model.zip", "model.zip")]
    [InlineData("plots/roc.svg", "plots/roc.svg")]
    [InlineData(@"plots\deep\roc.svg", "plots/deep/roc.svg")]
    [InlineData("..a/b..", "..a/b..")]
    [InlineData("Füße/模型 1.onnx", "Füße/模型 1.onnx")]
    public void A_relative_path_is_taken_with_forward_slashes(string path, string expected) =>
        Assert.Equal(expected, StoredFile.CheckPath(path));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData(@"a\..\..\b")]
    [InlineData(@"..\a")]
    [InlineData("./a")]
    [InlineData("a/.")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(@"C:\Windows\win.ini")]
    [InlineData("C:a")]
    [InlineData(@"\\server\share\a")]
    [InlineData("file:///a")]
    [InlineData("a:stream")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public void A_hostile_path_is_refused_and_named(string path)
    {
        var error = Assert.Throws<MlOpsException>(() => StoredFile.CheckPath(path));

        Assert.Equal(ErrorCodes.InvalidName, error.Code);
        Assert.StartsWith($"'{path}' is not a usable file path", error.Message, StringComparison.Ordinal);
        Assert.Throws<MlOpsException>(() => StoredFile.Create(path, new BlobInfo(ContentHash.Of([]), 0)));
    }

    [Fact]
    public void A_path_has_at_most_1000_characters()
    {
        Assert.Equal(1000, StoredFile.CheckPath(new string('a', 1000)).Length);
        Assert.Throws<MlOpsException>(() => StoredFile.CheckPath(new string('a', 1001)));
        Assert.Throws<ArgumentNullException>(() => StoredFile.CheckPath(null!));
    }

    [Property(MaxTest = 1000)]
    public void An_accepted_path_never_leaves_its_root(byte[] parts, bool backslashes, string? tail)
    {
        var path = string.Join(backslashes ? '\\' : '/', parts.Select(part => Parts[part % Parts.Length]).Append(tail ?? "end"));
        string accepted;
        try
        {
            accepted = StoredFile.CheckPath(path);
        }
        catch (MlOpsException error)
        {
            Assert.Equal(ErrorCodes.InvalidName, error.Code);
            return;
        }

        var root = Path.Combine(Path.GetTempPath(), "root") + Path.DirectorySeparatorChar;
        Assert.StartsWith(root, Path.GetFullPath(Path.Combine(root, accepted)), StringComparison.Ordinal);
        Assert.Equal(accepted, StoredFile.CheckPath(accepted));
        Assert.DoesNotContain('\\', accepted);
    }

    [Fact]
    public void A_stored_file_takes_hash_and_length_from_its_blob()
    {
        var hash = ContentHash.Of("abc"u8);
        var file = StoredFile.Create(@"a\b", new BlobInfo(hash, 3));

        Assert.Equal(new StoredFile { Path = "a/b", Hash = hash, Length = 3 }, file);
        Assert.Equal("a/b (3 bytes, ba7816bf8f01)", file.ToString());
    }
}
