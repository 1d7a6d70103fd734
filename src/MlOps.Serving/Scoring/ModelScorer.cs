using Apache.Arrow;
using MlOps.Data;
using MlOps.Data.Columns;
using MlOps.Features;
using MlOps.Registry;

namespace MlOps.Serving;

internal sealed class ModelScorer(ModelHosts hosts) : IModelScorer
{
    private const int BatchSize = 1024;

    public async Task<double[]> ScoreAsync(
        ModelReference model, Dataset data, string output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        var generation = await hosts.LoadOnceAsync(model, cancellationToken).ConfigureAwait(false);
        try
        {
            var session = await generation.RentAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await ScoreAsync(session, generation.Signature, data, output, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                generation.Return(session);
            }
        }
        finally
        {
            generation.Release();
        }
    }

    private static async Task<double[]> ScoreAsync(
        IModelSession session, ModelSignature signature, Dataset data, string output, CancellationToken cancellationToken)
    {
        var outputTensor = session.Outputs[Binding.IndexOf(signature.Outputs, output, "output")];
        var options = new DatasetReadOptions
        {
            Columns = [.. signature.Inputs.Select(input => input.Name)],
            BatchSize = BatchSize,
        };
        var scores = new List<double>();
        await foreach (var batch in data.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                FeatureValue[][] columns =
                    [.. session.Inputs.Select((input, index) => Cells(batch.Column(index), input.Spec.Name, data.Name))];
                for (var start = 0; start < batch.Length; start += session.MaxBatchSize)
                {
                    var rows = Math.Min(session.MaxBatchSize, batch.Length - start);
                    for (var column = 0; column < columns.Length; column++)
                    {
                        for (var row = 0; row < rows; row++)
                        {
                            FeatureValues.Write(columns[column][start + row], session.Inputs[column], row);
                        }
                    }

                    ServingTelemetry.RunEngine(session, rows);
                    for (var row = 0; row < rows; row++)
                    {
                        scores.Add(FeatureValues.Read(outputTensor, row).AsNumber());
                    }
                }
            }
        }

        return [.. scores];
    }

    /// <summary>A column's cells as the values that a tensor is written from.</summary>
    private static FeatureValue[] Cells(IArrowArray column, string name, string dataset)
    {
        var reader = new ColumnReader(column, name, dataset);
        switch (reader.Kind)
        {
            case ColumnKind.Text:
                var texts = new string?[column.Length];
                reader.ReadTexts(texts);
                return System.Array.ConvertAll<string?, FeatureValue>(texts, FeatureValue.Of);
            case ColumnKind.Number or ColumnKind.Boolean:
                var numbers = new double[column.Length];
                reader.ReadNumbers(numbers);
                return System.Array.ConvertAll<double, FeatureValue>(
                    numbers,
                    reader.Kind == ColumnKind.Number
                        ? number => FeatureValue.Of(number)
                        : number => double.IsNaN(number) ? FeatureValue.Missing : FeatureValue.Of(number != 0));
            default:
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The column '{name}' is {column.Data.DataType.Name}, which a model cannot take: give numbers, truth values or texts.");
        }
    }
}
