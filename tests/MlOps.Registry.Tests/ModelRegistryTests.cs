using FsCheck;
using FsCheck.Xunit;
using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.Registry.Tests;

public sealed class ModelRegistryTests
{
    private readonly InMemoryModelStore _store = new();
    private readonly InMemoryBlobStore _blobs = new();
    private readonly ModelRegistry _registry;

    public ModelRegistryTests() => _registry = new ModelRegistry(_store, _store, _blobs);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ModelSignature Signature { get; } = new()
    {
        Inputs = [new TensorSpec { Name = "x", ElementType = TensorElementType.Float32, Shape = [3] }],
        Outputs = [new TensorSpec { Name = "p", ElementType = TensorElementType.Float32 }],
    };

    private async Task<ModelVersion> RegisterAsync(byte content = 1, string name = "flight-delays")
    {
        var builder = new ModelPackageBuilder(_blobs);
        await builder.AddFileAsync("model.zip", new byte[] { content }, Token);
        await builder.AddFileAsync("baseline.bin", new byte[] { 9, 9 }, Token);
        return await _registry.RegisterAsync(new ModelRegistration { Name = name, Package = builder.Build("mlnet", "model.zip", Signature) }, Token);
    }

    [Fact]
    public async Task Versions_count_up_and_are_found_by_number_alias_and_name()
    {
        var first = await RegisterAsync();
        var second = await RegisterAsync(2);
        await _registry.MoveAliasAsync("flight-delays", "champion", 1, null, "first", Token);
        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.Equal(1, (await _registry.GetAsync("models:/flight-delays@champion", Token)).Number);
        Assert.Equal(2, (await _registry.GetAsync("flight-delays", Token)).Number);
        Assert.Equal(1, (await _registry.GetAsync("models:/flight-delays/1", Token)).Number);
        using var file = await _registry.OpenFileAsync(second, "model.zip", Token);
        Assert.Equal(2, file.ReadByte());
    }

    [Fact]
    public async Task The_hash_covers_files_and_signature_and_not_how_the_package_was_made()
    {
        var first = await RegisterAsync();
        var same = await RegisterAsync();
        var other = await RegisterAsync(2);
        Assert.Equal(first.Hash, same.Hash);
        Assert.NotEqual(first.Hash, other.Hash);
        var package = first.Package;
        var wider = package with { Signature = package.Signature with { Outputs = package.Signature.Inputs } };
        var noted = package with { Metadata = new Dictionary<string, string> { ["engine"] = "5.0" }, Files = [.. package.Files.Reverse()] };
        Assert.NotEqual(first.Hash, (await _registry.RegisterAsync(new ModelRegistration { Name = "a", Package = wider }, Token)).Hash);
        Assert.Equal(first.Hash, (await _registry.RegisterAsync(new ModelRegistration { Name = "a", Package = noted }, Token)).Hash);
    }

    [Fact]
    public async Task A_package_without_its_files_or_with_a_bad_name_is_refused()
    {
        var good = (await RegisterAsync()).Package;
        var missing = good with { Files = [.. good.Files.Select(file => file with { Hash = ContentHash.Of([7, 7, 7]) })] };
        Assert.Equal(ErrorCodes.BlobNotFound, (await RefusedAsync("ok", missing)).Code);
        Assert.Equal(ErrorCodes.InvalidName, (await RefusedAsync("a/b", good)).Code);
        Assert.Equal(ErrorCodes.InvalidName, (await RefusedAsync("ok", good with { EntryPoint = "other.zip" })).Code);
        Assert.Single(await _registry.ListVersionsAsync(cancellationToken: Token));

        Task<MlOpsException> RefusedAsync(string name, ModelPackage package) => Assert.ThrowsAsync<MlOpsException>(
            () => _registry.RegisterAsync(new ModelRegistration { Name = name, Package = package }, Token));
    }

    [Fact]
    public async Task A_package_builder_sorts_checks_paths_and_needs_an_entry_point()
    {
        var builder = new ModelPackageBuilder(_blobs).AddMetadata("engine", "5.0");
        await builder.AddFileAsync("z.bin", new byte[] { 1 }, Token);
        await builder.AddFileAsync("a\\b.bin", new byte[] { 2 }, Token);
        var package = builder.Build("onnx", "z.bin", Signature);
        Assert.Equal(["a/b.bin", "z.bin"], package.Files.Select(file => file.Path));
        await Assert.ThrowsAsync<MlOpsException>(() => builder.AddFileAsync("../x", new byte[] { 1 }, Token));
        await Assert.ThrowsAsync<MlOpsException>(() => builder.AddFileAsync("z.bin", new byte[] { 1 }, Token));
        Assert.Throws<MlOpsException>(() => builder.Build("onnx", "none.bin", Signature));
    }

    [Fact]
    public async Task An_alias_moves_only_from_the_version_it_was_read_at()
    {
        await RegisterAsync();
        await RegisterAsync(2);
        await _registry.MoveAliasAsync("flight-delays", "champion", 1, null, "first", Token);
        var error = await Assert.ThrowsAsync<MlOpsException>(
            () => _registry.MoveAliasAsync("flight-delays", "champion", 2, null, "stale", Token));
        Assert.Equal(ErrorCodes.AliasConflict, error.Code);
        Assert.Contains("version 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(await _registry.ListAliasesAsync(cancellationToken: Token)).Version);
        var missing = await Assert.ThrowsAsync<MlOpsException>(
            () => _registry.MoveAliasAsync("flight-delays", "champion", 9, 1, "none", Token));
        Assert.Equal(ErrorCodes.ModelNotFound, missing.Code);
        await Assert.ThrowsAsync<MlOpsException>(() => _registry.MoveAliasAsync("flight-delays", "latest", 1, null, "reserved", Token));
    }

    [Fact]
    public async Task A_missing_model_is_explained_by_near_names_and_aliases()
    {
        await RegisterAsync();
        await _registry.MoveAliasAsync("flight-delays", "champion", 1, null, "first", Token);
        Assert.Contains("did you mean 'flight-delays'", await WhyAsync("flight-delay@champion"), StringComparison.Ordinal);
        Assert.Contains("'champion' → 1", await WhyAsync("flight-delays@challenger"), StringComparison.Ordinal);
        Assert.Contains("1 to 1", await WhyAsync("flight-delays/4"), StringComparison.Ordinal);

        async Task<string> WhyAsync(string reference)
        {
            var error = await Assert.ThrowsAsync<MlOpsException>(() => _registry.GetAsync(reference, Token));
            Assert.Equal(ErrorCodes.ModelNotFound, error.Code);
            return error.Message;
        }
    }

    [Fact]
    public async Task A_roll_back_returns_to_the_version_before_and_a_second_one_undoes_it()
    {
        await RegisterAsync();
        await RegisterAsync(2);
        await _registry.MoveAliasAsync("flight-delays", "champion", 1, null, "first", Token);
        var nothing = await Assert.ThrowsAsync<MlOpsException>(() => _registry.RollBackAsync("flight-delays", "champion", "too early", Token));
        Assert.Equal(ErrorCodes.ModelNotFound, nothing.Code);
        await _registry.MoveAliasAsync("flight-delays", "champion", 2, 1, "better", Token);
        Assert.Equal(1, (await _registry.RollBackAsync("flight-delays", "champion", "drift", Token)).Version);
        Assert.Equal(2, (await _registry.RollBackAsync("flight-delays", "champion", "false alarm", Token)).Version);
        var audit = await _store.ListAsync("flight-delays", Token);
        Assert.Equal(["drift", "false alarm"], audit.Where(entry => entry.Action == "rolled-back").Select(entry => entry.Reason));
    }

    [Property]
    public bool Alias_evidence_survives_json(NonEmptyString alias, int? from, int to)
    {
        var move = new AliasMove { Alias = alias.Get, From = from, To = to };
        return AliasMove.Read(move.ToJson()) == move;
    }
}
