using MlOps.Storage;

namespace MlOps.Conformance;

/// <summary>What every blob store promises.</summary>
public abstract class BlobStoreConformance
{
    protected abstract Task<IBlobStore> CreateAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_001)]
    public async Task Bytes_come_back_under_their_hash(int length)
    {
        var store = await CreateAsync();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        var blob = await store.PutAsync(new MemoryStream(bytes));

        Assert.Equal(new BlobInfo(ContentHash.Of(bytes), length), blob);
        await using var stream = await store.OpenReadAsync(blob.Hash);
        Assert.True(stream.CanSeek);
        var read = new byte[length];
        await stream.ReadExactlyAsync(read);
        Assert.Equal(bytes, read);
    }

    [Fact]
    public async Task Equal_bytes_from_many_writers_are_one_object()
    {
        var store = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.PutAsync(new MemoryStream([1, 2, 3])))));
        Assert.Equal([new BlobInfo(ContentHash.Of([1, 2, 3]), 3)], await ListAsync(store));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_deleting_it_again_is_no_error()
    {
        var store = await CreateAsync();
        var blob = await store.PutAsync(new MemoryStream([1]));
        Assert.True(await store.ExistsAsync(blob.Hash));
        await store.DeleteAsync(blob.Hash);
        await store.DeleteAsync(blob.Hash);

        Assert.False(await store.ExistsAsync(blob.Hash));
        Assert.Empty(await ListAsync(store));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => store.OpenReadAsync(blob.Hash));
        Assert.Equal(ErrorCodes.BlobNotFound, error.Code);
    }

    private static async Task<List<BlobInfo>> ListAsync(IBlobStore store)
    {
        var found = new List<BlobInfo>();
        await foreach (var blob in store.ListAsync())
        {
            found.Add(blob);
        }

        return found;
    }
}
