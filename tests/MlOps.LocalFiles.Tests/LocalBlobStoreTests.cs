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
