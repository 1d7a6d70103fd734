using MlOps.Registry;
using MlOps.Serving;
using MlOps.Storage;

namespace MlOps.Conformance;

/// <summary>What every engine promises of the models that it loads.</summary>
public abstract class ModelRuntimeConformance
{
    private const int Rows = 7;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The blobs that <see cref="PackageAsync"/> fills.</summary>
    protected abstract IBlobStore Blobs { get; }

    protected abstract Task<IModelRuntime> CreateAsync();

    /// <summary>A model with number inputs, each of at least one element, whose answers differ from row to row.</summary>
    protected abstract Task<ModelPackage> PackageAsync();

    [Fact]
    public async Task The_buffers_follow_the_signature()
    {
        await using var model = await LoadAsync();
        using var session = model.CreateSession(Rows);

        Assert.Equal(Rows, session.MaxBatchSize);
        Assert.Equal(model.Signature.Inputs.Select(spec => spec.Name), session.Inputs.Select(tensor => tensor.Spec.Name));
        Assert.Equal(model.Signature.Outputs.Select(spec => spec.Name), session.Outputs.Select(tensor => tensor.Spec.Name));
        Assert.All(session.Inputs, tensor => Assert.Equal(Rows * tensor.Spec.ElementsPerRow, tensor.AsSpan<float>().Length));
    }

    [Fact]
    public async Task A_row_has_the_same_answer_alone_in_a_batch_and_in_a_part_of_one()
    {
        await using var model = await LoadAsync();
        using var single = model.CreateSession(1);
        using var batch = model.CreateSession(Rows);
        var alone = Enumerable.Range(0, Rows).Select(row => Answers(single, row, 1)[0]).ToArray();

        Close(alone, Answers(batch, 0, Rows));
        Close(alone[2..5], Answers(batch, 2, 3));
        Assert.True(alone.Distinct().Count() > 1, "answers that do not differ prove nothing");
    }

    [Fact]
    public async Task Threads_with_a_session_each_do_not_disturb_each_other()
    {
        await using var model = await LoadAsync();
        using var reference = model.CreateSession(Rows);
        var expected = Enumerable.Range(0, 4).Select(thread => Answers(reference, thread * Rows, Rows)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(
            () =>
            {
                using var session = model.CreateSession(Rows);
                for (var round = 0; round < 50; round++)
                {
                    Close(expected[thread], Answers(session, thread * Rows, Rows));
                }
            },
            Token)));
    }

    [Fact]
    public async Task More_rows_than_a_session_holds_and_none_at_all_are_refused()
    {
        await using var model = await LoadAsync();
        using var session = model.CreateSession(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => session.Run(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Run(0));
        Assert.Equal(2, Answers(session, 0, 2).Length);
    }

    [Fact]
    public async Task A_cut_file_and_another_signature_are_refused_and_named()
    {
        var package = await PackageAsync();
        using var whole = new MemoryStream();
        await using (var file = await new ModelPackageReader(package, Blobs).OpenAsync(package.EntryPoint, Token))
        {
            await file.CopyToAsync(whole, Token);
        }

        var builder = new ModelPackageBuilder(Blobs);
        await builder.AddFileAsync(package.EntryPoint, whole.ToArray().AsMemory(0, (int)whole.Length / 2), Token);
        var cut = await RefusedAsync(builder.Build(package.Flavor, package.EntryPoint, package.Signature));
        Assert.Contains(package.EntryPoint, cut.Message, StringComparison.Ordinal);

        var inputs = package.Signature.Inputs;
        var other = await RefusedAsync(package with
        {
            Signature = package.Signature with { Inputs = [inputs[0] with { Name = "not_an_input" }, .. inputs.Skip(1)] },
        });
        Assert.Contains("not_an_input", other.Message, StringComparison.Ordinal);
    }

    private static float[] Answers(IModelSession session, int first, int rows)
    {
        foreach (var tensor in session.Inputs)
        {
            var cells = tensor.AsSpan<float>();
            for (var cell = 0; cell < rows * tensor.Spec.ElementsPerRow; cell++)
            {
                cells[cell] = MathF.Sin((first * tensor.Spec.ElementsPerRow) + cell) * 3;
            }
        }

        session.Run(rows);
        return session.Outputs[0].AsSpan<float>()[..rows].ToArray();
    }

    // Engines may add up in another order for another number of rows.
    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row], actual[row], 1e-5f);
        }
    }

    private async Task<IModel> LoadAsync()
    {
        var package = await PackageAsync();
        var runtime = await CreateAsync();
        Assert.Equal(package.Flavor, runtime.Flavor);
        return await runtime.LoadAsync(new ModelPackageReader(package, Blobs), Token);
    }

    private async Task<MlOpsException> RefusedAsync(ModelPackage package)
    {
        var runtime = await CreateAsync();
        return await Assert.ThrowsAsync<MlOpsException>(() => runtime.LoadAsync(new ModelPackageReader(package, Blobs), Token));
    }
}
