using System.Diagnostics;
using Microsoft.ML;
using MlOps.Data;
using MlOps.Tracking;

namespace MlOps.MicrosoftML;

/// <summary>Trains and logs at once.</summary>
public static class FitTrackedExtensions
{
    /// <summary>
    /// Fits a pipeline and logs the trainers' options, <c>fit_seconds</c>, <c>skipped_rows</c> where the trainer left rows out, the metrics
    /// along the trees of a calibrated binary ensemble, and the final metrics of the validation rows: <c>auc</c>, <c>log_loss</c> (natural logarithm), <c>accuracy</c> and <c>f1</c> (threshold 0.5) of a
    /// calibrated binary classifier, <c>rmse</c> and <c>mae</c> of a regression.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The curves are <c>train_log_loss</c> and <c>validation_log_loss</c> after every tree, and <c>train_auc</c> and <c>validation_auc</c>
    /// after every tenth and the last; over at most 2,048 evenly chosen rows, with the finished model's calibrator. Where the trees cannot be
    /// read faithfully, checked by the model's own score of some hundred rows, the tag <c>mlnet.iterations</c> says why there are no curves.
    /// </para>
    /// <para>
    /// Most trainers, FastTree among them, leave out rows with a missing (NaN) feature and only say so to <see cref="MLContext.Log"/>:
    /// <c>skipped_rows</c> and the tag <c>mlnet.skipped_rows</c> take it from there, so fits that run at the same time need contexts of their own.
    /// </para>
    /// <para>The meter <c>MlOps.MicrosoftML</c> has what ML.NET itself took: <c>mlops.training.fit_duration</c> and <c>mlops.training.scoring_duration</c>.</para>
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
        TTransformer model;
        using (var skipped = new SkippedRows(ml))
        {
            model = pipeline.Fit(train);
            run.LogMetric("fit_seconds", MicrosoftMLTelemetry.RecordFit(started));
            skipped.Log(run);
        }

        TreeIterations.Log(run, model, validation is null ? [("train", train)] : [("train", train), ("validation", validation)], labelColumn);
        if (validation is not null)
        {
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
