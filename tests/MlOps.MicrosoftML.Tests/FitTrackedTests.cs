using System.Diagnostics.Metrics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Statistics;
using MlOps.Testing;
using MlOps.Tracking;

namespace MlOps.MicrosoftML.Tests;

public sealed class FitTrackedTests : IAsyncDisposable
{
    private readonly MLContext _ml = new(seed: 5);
    private readonly RecordingRun _run = new(new InMemoryBlobStore());

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public void The_last_point_of_each_curve_is_the_metric_of_the_whole_model()
    {
        // Fewer rows than the replay may read at most: it reads them all.
        var (train, validation) = (View(1, 1_500), View(2, 700));
        var model = FitFastTree(Trip.Prepared(_ml), train, validation, trees: 25);

        foreach (var (role, view) in new[] { ("train", train), ("validation", validation) })
        {
            var (probabilities, labels) = Answers(model, view);
            Assert.Equal(LogLoss.Of(probabilities, labels), Points($"{role}_log_loss")[25], 1e-6);
            Assert.Equal(RocAuc.Of(probabilities, labels), Points($"{role}_auc")[25], 1e-6);
        }

        Assert.Equal(Points("validation_log_loss")[25], Points("log_loss").Values.Single(), 1e-6);
    }

    [Fact]
    public void A_point_of_a_curve_is_the_metric_of_the_first_trees()
    {
        var train = View(1, 1_500);
        FitFastTree(Trip.Prepared(_ml), train, null, trees: 25);
        var all = Points("train_auc");
        _run.Events.Clear();

        // Boosting adds trees one by one: the shorter training grows the first ten trees of the longer one. The calibrators differ, which
        // changes the log loss and not the ranks.
        var (probabilities, labels) = Answers(FitFastTree(Trip.Prepared(_ml), train, null, trees: 10), train);

        Assert.Equal([10, 20, 25], all.Keys);
        Assert.Equal(RocAuc.Of(probabilities, labels), all[10], 1e-6);
    }

    [Fact]
    public void Curves_over_chosen_rows_come_near_those_of_all_rows()
    {
        var train = View(1, 20_000);
        var model = FitFastTree(Trip.Prepared(_ml), train, null, trees: 12);
        var (probabilities, labels) = Answers(model, train);

        Assert.Equal(12, Points("train_log_loss").Count);
        Assert.InRange(Points("train_auc")[12] - RocAuc.Of(probabilities, labels), -0.02, 0.02);
    }

    [Fact]
    public void Rows_that_the_trainer_skips_are_logged()
    {
        FitFastTree(Trip.Raw(_ml), View(1, 800), View(2, 200), trees: 5);

        Assert.Equal(100, Points("skipped_rows").Values.Single());
        Assert.Contains("100 instances with missing features", Tag("mlnet.skipped_rows"), StringComparison.Ordinal);
        Assert.Equal(5, Points("validation_log_loss").Count);
    }

    [Fact]
    public void A_later_fit_does_not_count_for_an_earlier_run_and_indicated_missing_values_are_kept()
    {
        FitFastTree(Trip.Prepared(_ml), View(1, 800), null, trees: 5);
        Trip.Raw(_ml).Append(_ml.BinaryClassification.Trainers.FastTree("Late", numberOfTrees: 5)).Fit(View(1, 800));

        Assert.Empty(Points("skipped_rows"));
    }

    [Fact]
    public void A_trainer_that_passes_over_the_rows_ten_times_skips_each_once()
    {
        _ml.FitTracked(
            _run, Trip.Raw(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron("Late", numberOfIterations: 10)), View(1, 800), labelColumn: "Late");

        Assert.Equal(100, Points("skipped_rows").Values.Single());
    }

    [Fact]
    public void Trees_that_send_missing_values_down_a_hidden_branch_give_a_tag_and_no_curve()
    {
        _ml.FitTracked(
            _run, Trip.Raw(_ml).Append(_ml.BinaryClassification.Trainers.LightGbm("Late", numberOfIterations: 10)), View(1, 2_000), labelColumn: "Late");

        Assert.StartsWith("not replayed", Tag("mlnet.iterations"), StringComparison.Ordinal);
        Assert.Empty(Points("train_log_loss"));
    }

    [Fact]
    public void A_regression_has_its_errors_and_no_curves()
    {
        var validation = View(2, 300);
        var model = _ml.FitTracked(
            _run,
            Trip.Prepared(_ml).Append(_ml.Regression.Trainers.FastTree("Delay", numberOfTrees: 10, numberOfLeaves: 8)),
            View(1, 600),
            validation,
            labelColumn: "Delay");

        var expected = _ml.Regression.Evaluate(model.Transform(validation), "Delay");
        Assert.Equal(expected.RootMeanSquaredError, Points("rmse").Values.Single(), 1e-6);
        Assert.Equal(expected.MeanAbsoluteError, Points("mae").Values.Single(), 1e-6);
        Assert.DoesNotContain(_run.Events, entry => entry.Name.StartsWith("train_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Data_without_the_label_are_refused_before_anything_is_fitted(bool inValidation)
    {
        var whole = View(1, 100);
        var unlabelled = _ml.Transforms.DropColumns("Late").Fit(whole).Transform(whole);
        var error = Assert.Throws<MlOpsException>(() => inValidation
            ? FitFastTree(Trip.Raw(_ml), whole, unlabelled, trees: 5)
            : FitFastTree(Trip.Raw(_ml), unlabelled, whole, trees: 5));

        Assert.Equal(ErrorCodes.ColumnNotFound, error.Code);
        Assert.Contains($"The {(inValidation ? "validation" : "training")} data have no label column 'Late'", error.Message, StringComparison.Ordinal);
        Assert.Empty(_run.Events);
    }

    [Fact]
    public void The_engines_share_of_the_time_is_measured()
    {
        var measured = new List<(string Name, double Seconds)>();
        var thread = Environment.CurrentManagedThreadId;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "MlOps.MicrosoftML")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                measured.Add((instrument.Name, seconds));
            }
        });
        listener.Start();

        FitFastTree(Trip.Prepared(_ml), View(1, 500), View(2, 200), trees: 5);

        Assert.Equal(Points("fit_seconds").Values.Single(), measured.Single(entry => entry.Name == "mlops.training.fit_duration").Seconds);
        Assert.Equal(3, measured.Count(entry => entry is { Name: "mlops.training.scoring_duration", Seconds: > 0 }));
    }

    private ITransformer FitFastTree(IEstimator<ITransformer> prepared, IDataView train, IDataView? validation, int trees)
    {
        IEstimator<ITransformer> pipeline = prepared.Append(_ml.BinaryClassification.Trainers.FastTree("Late", numberOfTrees: trees, numberOfLeaves: 8));
        return _ml.FitTracked(_run, pipeline, train, validation, labelColumn: "Late");
    }

    private IDataView View(int seed, int rows) => _ml.Data.LoadFromEnumerable(Trip.Draw(seed, rows));

    private static (double[] Probabilities, bool[] Labels) Answers(ITransformer model, IDataView view)
    {
        var scored = model.Transform(view);
        return ([.. scored.GetColumn<float>("Probability").Select(value => (double)value)], [.. scored.GetColumn<bool>("Late")]);
    }

    private SortedDictionary<long, double> Points(string metric) => new(_run.Events
        .Where(entry => entry.Kind == RunEventKind.Metric && entry.Name == metric).ToDictionary(entry => entry.Step, entry => entry.Number));

    private string Tag(string name) => _run.Events.Last(entry => entry.Kind == RunEventKind.Tag && entry.Name == name).Text!;
}
