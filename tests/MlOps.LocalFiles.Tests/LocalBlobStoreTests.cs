using MlOps.Conformance;
using MlOps.Storage;

namespace MlOps.LocalFiles.Tests;

public sealed class LocalBlobStoreTests : BlobStoreConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-blobs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Damaged_bytes_are_never_handed_out_and_storing_them_again_mends_them()
    {
        var store = new LocalBlobStore(_folder);
        var blob = await store.PutAsync(new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder, "objects", blob.Hash.Value[..2], blob.Hash.Value[2..]);
        await File.WriteAllBytesAsync(path, [1, 2, 4], TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<MlOpsException>(() => store.OpenReadAsync(blob.Hash, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.BlobCorrupt, error.Code);
        await store.PutAsync(new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        await using var stream = await store.OpenReadAsync(blob.Hash, TestContext.Current.CancellationToken);
        Assert.Equal(3, stream.Length);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Damage_after_an_object_was_read_is_seen_at_the_next_opening(int length)
    {
        var token = TestContext.Current.CancellationToken;
        var store = new LocalBlobStore(_folder);
        var blob = await store.PutAsync(new MemoryStream([1, 2, 3]), token);
        await (await store.OpenReadAsync(blob.Hash, token)).DisposeAsync();
        var path = Path.Combine(_folder, "objects", blob.Hash.Value[..2], blob.Hash.Value[2..]);
        var before = File.GetLastWriteTimeUtc(path);
        await File.WriteAllBytesAsync(path, new byte[length], token);
        File.SetLastWriteTimeUtc(path, before.AddSeconds(1));

        var error = await Assert.ThrowsAsync<MlOpsException>(() => store.OpenReadAsync(blob.Hash, token));
        Assert.Equal(ErrorCodes.BlobCorrupt, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_objects_are_listed_and_no_hash_leads_out_of_the_folder()
    {
        var token = TestContext.Current.CancellationToken;
        var store = new LocalBlobStore(Path.Combine(_folder, "store"));
        var blob = await store.PutAsync(new MemoryStream([1]), token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "store", "objects", blob.Hash.Value[..2], "notes.txt"), "x", token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "outside"), "x", token);

        Assert.Equal([blob], await store.ListAsync(token).ToListAsync(token));
        Assert.False(ContentHash.TryParse("../../outside", out var hash));
        Assert.Equal(ErrorCodes.BlobNotFound, (await Assert.ThrowsAsync<MlOpsException>(() => store.OpenReadAsync(hash, token))).Code);
        await store.DeleteAsync(hash, token);
        Assert.True(File.Exists(Path.Combine(_folder, "outside")));
    }

    [Fact]
    public async Task Old_leftovers_of_killed_writers_go_and_young_ones_stay()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        var (old, young) = (Path.Combine(temporary, "old"), Path.Combine(temporary, "young"));
        await File.WriteAllTextAsync(old, "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(young, "x", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        await new LocalBlobStore(_folder).PutAsync(new MemoryStream([1]), TestContext.Current.CancellationToken);

        Assert.Equal([young], Directory.GetFiles(temporary));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_said_to_be_unwritable()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<MlOpsException>(
            () => new LocalBlobStore(file).PutAsync(new MemoryStream([1]), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.StorageReadOnly, error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new LocalBlobStore(_folder));
}
