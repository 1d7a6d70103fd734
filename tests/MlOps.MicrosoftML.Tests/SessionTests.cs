using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Registry;
using MlOps.Serving;
using MlOps.Testing;

namespace MlOps.MicrosoftML.Tests;

public sealed class SessionTests
{
    private readonly MLContext _ml = new(seed: 3);
    private readonly InMemoryBlobStore _blobs = new();

    [Fact]
    public async Task A_session_answers_as_transform_does_for_every_row_with_missing_numbers_and_texts_never_seen()
    {
        var (model, package) = await TrainAsync();
        Trip[] rows = [.. Trip.Draw(9, 200), new() { Distance = float.NaN, Share = float.NaN, Origin = "never seen" }, new() { Share = 0.5f, Origin = "" }];
        var expected = Probabilities(model, rows);
        await using var loaded = await LoadAsync(package);
        using var session = loaded.CreateSession(7);

        Assert.Equal(expected, Answers(session, rows));
        Assert.Contains(rows, row => float.IsNaN(row.Share));
        Assert.True(expected.Distinct().Count() > 20, "answers that hardly differ prove nothing");
    }

    [Fact]
    public async Task Two_threads_with_a_session_each_stay_right()
    {
        var (model, package) = await TrainAsync();
        await using var loaded = await LoadAsync(package);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(thread => Task.Run(() =>
        {
            var rows = Trip.Draw(20 + thread, 300);
            var expected = Probabilities(model, rows);
            using var session = loaded.CreateSession(16);
            for (var round = 0; round < 50; round++)
            {
                Assert.Equal(expected, Answers(session, rows));
            }
        })));
    }

    [Fact]
    public async Task A_damaged_model_file_is_named_in_the_error()
    {
        var (_, package) = await TrainAsync();
        using var whole = new MemoryStream();
        await (await new ModelPackageReader(package, _blobs).OpenAsync(package.EntryPoint, TestContext.Current.CancellationToken))
            .CopyToAsync(whole, TestContext.Current.CancellationToken);
        var builder = new ModelPackageBuilder(_blobs);
        await builder.AddFileAsync("model.zip", new MemoryStream(whole.ToArray()[..(int)(whole.Length / 2)]), TestContext.Current.CancellationToken);
        var damaged = builder.Build("mlnet", "model.zip", package.Signature);

        var error = await Assert.ThrowsAsync<MlOpsException>(() => LoadAsync(damaged));

        Assert.Equal(ErrorCodes.ModelLoadFailed, error.Code);
        Assert.Contains("'model.zip'", error.Message, StringComparison.Ordinal);
    }

    private async Task<(ITransformer Model, ModelPackage Package)> TrainAsync()
    {
        var view = _ml.Data.LoadFromEnumerable(Trip.Draw(3, 600));
        await using var run = new RecordingRun(_blobs);
        var model = _ml.FitTracked(
            run,
            Trip.Prepared(_ml).Append(_ml.BinaryClassification.Trainers.FastTree("Late", numberOfTrees: 20, numberOfLeaves: 8)),
            view,
            labelColumn: "Late");
        var package = await run.LogModelAsync(
            _ml, model, view.Schema, _blobs, outputs: ["Probability"], cancellationToken: TestContext.Current.CancellationToken);
        return (model, package);
    }

    private Task<IModel> LoadAsync(ModelPackage package) =>
        new MicrosoftMLRuntime().LoadAsync(new ModelPackageReader(package, _blobs), TestContext.Current.CancellationToken);

    private float[] Probabilities(ITransformer model, Trip[] rows) =>
        [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Probability")];

    private static float[] Answers(IModelSession session, Trip[] rows)
    {
        var inputs = session.Inputs.ToDictionary(tensor => tensor.Spec.Name);
        var answers = new List<float>();
        foreach (var batch in rows.Chunk(session.MaxBatchSize))
        {
            for (var row = 0; row < batch.Length; row++)
            {
                inputs["Distance"].AsSpan<float>()[row] = batch[row].Distance;
                inputs["Share"].AsSpan<float>()[row] = batch[row].Share;
                inputs["Origin"].AsSpan<string>()[row] = batch[row].Origin;
            }

            session.Run(batch.Length);
            answers.AddRange(session.Outputs[0].AsSpan<float>()[..batch.Length]);
        }

        return [.. answers];
    }
}
