using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Registry;
using MlOps.Serving;
using MlOps.Testing;
using MlOps.Tracking;

namespace MlOps.MicrosoftML.Tests;

public sealed class TrackedModelTests
{
    [Fact]
    public async Task Sessions_on_eight_threads_answer_as_transform_does_and_the_training_is_logged()
    {
        var ml = new MLContext(seed: 7);
        var random = new Random(7);
        var rows = Enumerable.Range(0, 600).Select(_ => Row.Draw(random)).ToArray();
        var view = ml.Data.LoadFromEnumerable(rows);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("CarrierKey", "Carrier")
            .Append(ml.Transforms.Concatenate("Features", "A", "B", "CarrierKey"))
            .Append(ml.BinaryClassification.Trainers.FastTree(numberOfTrees: 20, numberOfLeaves: 8));
        var blobs = new InMemoryBlobStore();
        await using var run = new RecordingRun(blobs);

        var model = ml.FitTracked(run, pipeline, view, view);
        var package = await run.LogModelAsync(ml, model, view.Schema, blobs, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["A", "B", "Carrier"], package.Signature.Inputs.Select(input => input.Name).Order());
        Assert.Contains("model/model.zip", run.Artifacts);
        Assert.Equal(20, run.Events.Count(entry => entry.Kind == RunEventKind.Metric && entry.Name == "validation_log_loss"));
        Assert.Contains(run.Events, entry => entry.Kind == RunEventKind.Parameter && entry.Name == "NumberOfTrees");

        var expected = model.Transform(view).GetColumn<float>("Probability").ToArray();
        var services = new ServiceCollection();
        new Builder(services).UseMicrosoftML();
        var runtime = services.BuildServiceProvider().GetRequiredService<IModelRuntime>();
        await using var loaded = await runtime.LoadAsync(new ModelPackageReader(package, blobs), TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Predict(loaded, rows, expected))));
    }

    private static void Predict(IModel model, Row[] rows, float[] expected)
    {
        using var session = model.CreateSession(4);
        var input = session.Inputs.ToDictionary(tensor => tensor.Spec.Name);
        var probability = session.Outputs.Single(tensor => tensor.Spec.Name == "Probability");
        for (var call = 0; call < 20_000; call++)
        {
            var index = call % rows.Length;
            input["A"].AsSpan<float>()[0] = rows[index].A;
            input["B"].AsSpan<float>()[0] = rows[index].B;
            input["Carrier"].AsSpan<string>()[0] = rows[index].Carrier;
            session.Run(1);
            Assert.Equal(expected[index], probability.AsSpan<float>()[0]);
        }
    }

    private sealed record Builder(IServiceCollection Services) : IMlOpsBuilder;

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }

        public string Carrier { get; set; } = "";

        public bool Label { get; set; }

        public static Row Draw(Random random)
        {
            var (a, b, carrier) = (random.NextSingle(), random.NextSingle(), random.Next(3));
            return new Row { A = a, B = b, Carrier = $"C{carrier}", Label = a + (b * carrier) + random.NextSingle() > 1.5 };
        }
    }
}
