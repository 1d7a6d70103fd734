using System.Text;

namespace MlOps.Tracking.Tests;

public sealed class UncommittedDiffTests : IDisposable
{
    private readonly TinyRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    private async Task<string?> ReadAsync(bool dirty = true, int maximum = 1 << 20) =>
        await UncommittedDiff.ReadAsync(_repository.Root, dirty, maximum) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    [Fact]
    public async Task A_clean_tree_has_no_diff() => Assert.Null(await ReadAsync(dirty: false));

    [Fact]
    public async Task Changed_and_new_files_are_in_it_and_the_persons_index_stays_as_it_was()
    {
        _repository.Write("rate.txt", "0.25\n");
        _repository.Write("App/New File.cs", "class New;\n");
        var before = _repository.Git("status", "--porcelain");

        var diff = await ReadAsync();

        Assert.Contains("+0.25", diff, StringComparison.Ordinal);
        Assert.Contains("+class New;", diff, StringComparison.Ordinal);
        Assert.True(UncommittedDiff.HasChanges(diff!));
        Assert.False(UncommittedDiff.IsCut(diff!));
        Assert.Equal(before, _repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task Ignored_files_and_workspaces_are_no_sources()
    {
        _repository.Write("noise.log", "x");
        _repository.Write(".mlops/mlops.db", "x");
        _repository.Write("App/.mlops/objects/ab", "x");
        Assert.Null(await ReadAsync(dirty: false));
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("App/.env.production")]
    [InlineData("keys/server.pfx")]
    [InlineData("secrets.json")]
    [InlineData("id_ed25519")]
    public async Task Files_of_secrets_are_named_and_not_kept(string path)
    {
        _repository.Write(path, "hunter2");
        var diff = await ReadAsync(dirty: false);
        Assert.DoesNotContain("hunter2", diff, StringComparison.Ordinal);
        Assert.Equal([$"{path} (may hold a secret)"], UncommittedDiff.LeftOut(diff!));
        Assert.False(UncommittedDiff.HasChanges(diff!));
    }

    [Fact]
    public async Task A_source_file_whose_name_has_token_in_it_is_kept()
    {
        _repository.Write("App/Tokenizer.cs", "class Tokenizer;\n");
        Assert.Contains("+class Tokenizer;", await ReadAsync(dirty: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_new_files_are_left_out_and_large_changes_cut()
    {
        _repository.Write("data.csv", new string('7', 5000));
        var diff = await ReadAsync(dirty: false, maximum: 10_000);
        Assert.Equal(["data.csv (5000 bytes)"], UncommittedDiff.LeftOut(diff!));

        _repository.Write("rate.txt", string.Join('\n', Enumerable.Range(0, 5000)));
        diff = await ReadAsync(maximum: 10_000);
        Assert.True(UncommittedDiff.IsCut(diff!));
        Assert.InRange(diff!.Length, 10_000, 10_400);
    }

    [Fact]
    public async Task A_binary_change_can_be_applied()
    {
        File.WriteAllBytes(Path.Combine(_repository.Root, "weights.bin"), [0, 255, 1, 254, 0]);
        _repository.CommitAll("weights");
        File.WriteAllBytes(Path.Combine(_repository.Root, "weights.bin"), [0, 7, 0, 9, 200, 201]);
        var patch = _repository.Write("noise.log", (await ReadAsync())!);

        _repository.Git("checkout", "--quiet", "--", "weights.bin");
        _repository.Git("apply", patch);

        Assert.Equal([0, 7, 0, 9, 200, 201], File.ReadAllBytes(Path.Combine(_repository.Root, "weights.bin")));
    }
}
