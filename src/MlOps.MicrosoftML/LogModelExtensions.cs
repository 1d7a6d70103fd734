using Microsoft.ML;
using MlOps.Registry;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.MicrosoftML;

/// <summary>Saves ML.NET models with the run that trained them.</summary>
public static class LogModelExtensions
{
    private const string EntryPoint = "model.zip";

    private static readonly string[] UsualOutputs = ["Probability", "Score", "PredictedLabel"];

    /// <inheritdoc cref="LogModelAsync(IRun, MLContext, ITransformer, DataViewSchema, ModelPackageBuilder, IReadOnlyList{string}?, IReadOnlyList{string}?, CancellationToken)"/>
    /// <param name="run">The run.</param>
    /// <param name="ml">The context of the model.</param>
    /// <param name="model">The fitted transformer.</param>
    /// <param name="inputSchema">The schema of the training data.</param>
    /// <param name="blobs">Where the package's files go.</param>
    /// <param name="inputs">See the other overload.</param>
    /// <param name="outputs">See the other overload.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<ModelPackage> LogModelAsync(
        this IRun run,
        MLContext ml,
        ITransformer model,
        DataViewSchema inputSchema,
        IBlobStore blobs,
        IReadOnlyList<string>? inputs = null,
        IReadOnlyList<string>? outputs = null,
        CancellationToken cancellationToken = default) =>
        run.LogModelAsync(ml, model, inputSchema, new ModelPackageBuilder(blobs), inputs, outputs, cancellationToken);

    /// <summary>Saves a model as a package, and as the artifact <c>model/model.zip</c> of the run.</summary>
    /// <remarks>ML.NET does not write the same bytes for the same model twice, so that logging it again makes a package with another hash.</remarks>
    /// <param name="run">The run that trained it.</param>
    /// <param name="ml">The context of the model.</param>
    /// <param name="model">The fitted transformer.</param>
    /// <param name="inputSchema">The schema of the training data.</param>
    /// <param name="package">Where the files go; files that it has already, such as a baseline, become part of the package.</param>
    /// <param name="inputs">The input columns; null takes those that the outputs depend on, so not the label.</param>
    /// <param name="outputs">The output columns; null takes those of <c>Probability</c>, <c>Score</c> and <c>PredictedLabel</c> that can be served.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.SignatureMismatch"/>: a column cannot be served.</exception>
    public static async Task<ModelPackage> LogModelAsync(
        this IRun run,
        MLContext ml,
        ITransformer model,
        DataViewSchema inputSchema,
        ModelPackageBuilder package,
        IReadOnlyList<string>? inputs = null,
        IReadOnlyList<string>? outputs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentNullException.ThrowIfNull(package);
        var signature = Describe(model, inputSchema, inputs, outputs);
        using var zip = new MemoryStream();
        ml.Model.Save(model, inputSchema, zip);
        zip.Position = 0;
        await package.AddFileAsync(EntryPoint, zip, cancellationToken).ConfigureAwait(false);
        zip.Position = 0;
        await run.LogArtifactAsync($"model/{EntryPoint}", zip, cancellationToken).ConfigureAwait(false);
        return package
            .AddMetadata("mlnet.version", typeof(MLContext).Assembly.GetName().Version?.ToString() ?? "unknown")
            .AddMetadata("run", run.Info.Id.Value)
            .Build(MicrosoftMLRuntime.FlavorName, EntryPoint, signature);
    }

    private static ModelSignature Describe(
        ITransformer model, DataViewSchema inputSchema, IReadOnlyList<string>? inputs, IReadOnlyList<string>? outputs)
    {
        if (!model.IsRowToRowMapper)
        {
            throw new MlOpsException(
                ErrorCodes.SignatureMismatch, "The ML.NET model does not map row to row, so it cannot be served: leave filters and shuffles out of the chain.");
        }

        var mapper = model.GetRowToRowMapper(inputSchema);
        var answers = outputs is null
            ? [.. UsualOutputs.Select(name => mapper.OutputSchema.GetColumnOrNull(name)).OfType<DataViewSchema.Column>().Where(column => ColumnTypes.TryDescribe(column) is not null)]
            : outputs.Select(name => Require(mapper.OutputSchema, name, "output")).ToList();
        if (answers.Count == 0)
        {
            throw new MlOpsException(
                ErrorCodes.SignatureMismatch,
                $"The model has none of the usual outputs ({string.Join(", ", UsualOutputs)}): name its outputs; it has {string.Join(", ", mapper.OutputSchema.Select(column => column.Name))}.");
        }

        var needed = inputs is null
            ? mapper.GetDependencies(answers).DistinctBy(column => column.Index).OrderBy(column => column.Index).ToList()
            : [.. inputs.Select(name => Require(inputSchema, name, "input"))];
        return new ModelSignature
        {
            Inputs = [.. needed.Select(ColumnTypes.Describe)],
            Outputs = [.. answers.Select(ColumnTypes.Describe)],
        };
    }

    private static DataViewSchema.Column Require(DataViewSchema schema, string name, string direction) =>
        schema.GetColumnOrNull(name) ?? throw new MlOpsException(
            ErrorCodes.ColumnNotFound,
            $"The model has no {direction} column '{name}'; it has: {string.Join(", ", schema.Select(column => column.Name))}.");
}
