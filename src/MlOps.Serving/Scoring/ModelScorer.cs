using Apache.Arrow;
using MlOps.Data;
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
                for (var start = 0; start < batch.Length; start += session.MaxBatchSize)
                {
                    var rows = Math.Min(session.MaxBatchSize, batch.Length - start);
                    for (var column = 0; column < session.Inputs.Count; column++)
                    {
                        Write(batch.Column(column), start, rows, session.Inputs[column]);
                    }

                    session.Run(rows);
                    for (var row = 0; row < rows; row++)
                    {
                        scores.Add(FeatureValues.Read(outputTensor, row).AsNumber());
                    }
                }
            }
        }

        return [.. scores];
    }

    private static void Write(IArrowArray column, int start, int rows, ModelTensor tensor)
    {
        for (var row = 0; row < rows; row++)
        {
            FeatureValues.Write(Cell(column, start + row, tensor.Spec.Name), tensor, row);
        }
    }

    private static FeatureValue Cell(IArrowArray column, int row, string name) => column switch
    {
        DoubleArray array => array.GetValue(row) ?? double.NaN,
        FloatArray array => array.GetValue(row) ?? double.NaN,
        Int64Array array => array.GetValue(row) ?? double.NaN,
        Int32Array array => array.GetValue(row) ?? double.NaN,
        Int16Array array => array.GetValue(row) ?? double.NaN,
        Int8Array array => array.GetValue(row) ?? double.NaN,
        BooleanArray array => array.GetValue(row) is { } value ? FeatureValue.Of(value) : FeatureValue.Missing,
        StringArray array => array.GetString(row),
        _ => throw new MlOpsException(
            ErrorCodes.ColumnType,
            $"The column '{name}' is {column.Data.DataType.Name}, which a model cannot take: give numbers, truth values or texts."),
    };
}
