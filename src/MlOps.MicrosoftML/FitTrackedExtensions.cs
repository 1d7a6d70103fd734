using System.Diagnostics;
using Microsoft.ML;
using MlOps.Data;
using MlOps.Tracking;

namespace MlOps.MicrosoftML;

/// <summary>Trains and logs at once.</summary>
public static class FitTrackedExtensions
{
    /// <summary>
    /// Fits a pipeline and logs the trainers' options, <c>fit_seconds</c>, the metrics after each tree of a binary tree ensemble, and the final
    /// metrics of the validation rows: <c>auc</c>, <c>log_loss</c> (natural logarithm), <c>accuracy</c> and <c>f1</c> (threshold 0.5) of a
    /// calibrated binary classifier, <c>rmse</c> and <c>mae</c> of a regression.
    /// </summary>
    /// <remarks>
    /// The curves are named <c>train_log_loss</c>, <c>validation_auc</c> and so on, over at most 20,000 evenly chosen rows, with the finished
    /// model's calibrator. Where the trees cannot be read faithfully the tag <c>mlnet.iterations</c> says why there are no curves.
    /// </remarks>
    /// <param name="ml">The context of the pipeline.</param>
    /// <param name="run">Where to log.</param>
    /// <param name="pipeline">What to fit.</param>
    /// <param name="train">The rows to fit on.</param>
    /// <param name="validation">Rows to measure on; null measures the training rows' curves alone.</param>
    /// <param name="labelColumn">The label; Boolean for a classifier, Single for a regression.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>: the data have no such label.</exception>
    public static TTransformer FitTracked<TTransformer>(
        this MLContext ml,
        IRun run,
        IEstimator<TTransformer> pipeline,
        IDataView train,
        IDataView? validation = null,
        string labelColumn = "Label")
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(train);
        RequireLabel(train, labelColumn, "training");
        if (validation is not null)
        {
            RequireLabel(validation, labelColumn, "validation");
        }

        run.LogParameters(PipelineParameters.Of(pipeline));
        var started = Stopwatch.GetTimestamp();
        var model = pipeline.Fit(train);
        run.LogMetric("fit_seconds", Stopwatch.GetElapsedTime(started).TotalSeconds);

        TreeIterations.Log(run, model, train, "train", labelColumn);
        if (validation is not null)
        {
            TreeIterations.Log(run, model, validation, "validation", labelColumn);
            FinalMetrics.Log(run, model.Transform(validation), labelColumn);
        }

        return model;
    }

    private static void RequireLabel(IDataView view, string label, string role)
    {
        if (view.Schema.GetColumnOrNull(label) is null)
        {
            var names = view.Schema.Select(column => column.Name).ToList();
            var nearest = NearestName.Of(label, names);
            throw new MlOpsException(
                ErrorCodes.ColumnNotFound,
                $"The {role} data have no label column '{label}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} "
                + $"Their columns are: {string.Join(", ", names)}. Name the label with labelColumn.");
        }
    }
}
