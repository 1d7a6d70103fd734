using MlOps.Registry;
using MlOps.Storage;

namespace MlOps.Conformance;

/// <summary>What every model store and its audit log promise.</summary>
public abstract class ModelStoreConformance
{
    private static readonly DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected abstract Task<(IModelStore Store, IAuditLog Audit)> CreateAsync();

    [Fact]
    public async Task Concurrent_adders_get_consecutive_numbers()
    {
        var (store, audit) = await CreateAsync();
        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.AddAsync(Version("m"), Entry("m")))));

        Assert.Equal(Enumerable.Range(1, 16), added.Select(version => version.Number).Order());
        Assert.Equal(Enumerable.Range(1, 16).Reverse(), (await store.ListVersionsAsync("m")).Select(version => version.Number));
        Assert.Equal(Enumerable.Range(1, 16), (await audit.ListAsync("m")).Select(entry => entry.Version!.Value));
    }

    [Fact]
    public async Task Of_concurrent_movers_that_read_the_same_state_one_wins()
    {
        var (store, audit) = await CreateAsync();
        foreach (var expected in new int?[] { null, 0 })
        {
            var before = (await audit.ListAsync()).Count;
            var current = (await store.ListAliasesAsync("m")).SingleOrDefault()?.Version;
            var won = await Task.WhenAll(Enumerable.Range(100 + before, 16).Select(number => Task.Run(() => store.MoveAliasAsync(
                new ModelAlias("m", "champion", number, _now), current, Entry("m")))));

            Assert.Single(won, moved => moved);
            Assert.Equal(before + 1, (await audit.ListAsync()).Count);
            Assert.Equal(expected is null, current is null);
        }
    }

    [Fact]
    public async Task A_version_comes_back_as_it_was_with_odd_metrics()
    {
        var (store, _) = await CreateAsync();
        var version = Version("m") with { Metrics = new Dictionary<string, double> { ["a"] = double.NaN, ["b"] = double.PositiveInfinity } };
        await store.AddAsync(version, Entry("m"));

        var read = Assert.Single(await store.ListVersionsAsync());
        Assert.Equal(version.Hash, read.Hash);
        Assert.Equal(version.Metrics, read.Metrics);
        Assert.Equal(version.Package.Files, read.Package.Files);
        Assert.Equal([2, 3], read.Package.Signature.Inputs[0].Shape);
    }

    private static ModelVersion Version(string name) => new()
    {
        Name = name,
        Number = 0,
        Hash = ContentHash.Of("v"u8),
        CreatedAt = _now,
        Package = new ModelPackage
        {
            Flavor = "onnx",
            EntryPoint = "m.onnx",
            Files = [new StoredFile { Path = "m.onnx", Hash = ContentHash.Of("f"u8), Length = 1 }],
            Signature = new ModelSignature
            {
                Inputs = [new TensorSpec { Name = "x", ElementType = TensorElementType.Float32, Shape = [2, 3] }],
                Outputs = [],
            },
        },
    };

    private static AuditEntry Entry(string model) => new() { At = _now, Model = model, Action = "registered", Reason = "r", Actor = "a" };
}
