using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Registry;
using MlOps.Serving;

namespace MlOps.MicrosoftML;

/// <summary>A loaded transformer; its sessions share it, each with a row of its own.</summary>
internal sealed class MicrosoftMLModel : IModel
{
    private readonly Lock _lock = new();
    private readonly ITransformer _transformer;
    private readonly DataViewSchema _inputSchema;
    private readonly IRowToRowMapper _mapper;

    public MicrosoftMLModel(ITransformer transformer, DataViewSchema? inputSchema, ModelSignature signature)
    {
        _transformer = transformer;
        _inputSchema = inputSchema ?? throw new MlOpsException(
            ErrorCodes.ModelLoadFailed, "The ML.NET model was saved without its input schema: save it again with the schema of its training data.");
        if (!transformer.IsRowToRowMapper)
        {
            throw new MlOpsException(
                ErrorCodes.ModelLoadFailed, "The ML.NET model does not map row to row, so it cannot answer single inputs: leave filters and shuffles out of the saved chain.");
        }

        _mapper = transformer.GetRowToRowMapper(_inputSchema);
        Signature = signature;
        Check(signature.Inputs, _inputSchema, "input");
        Check(signature.Outputs, _mapper.OutputSchema, "output");
    }

    public ModelSignature Signature { get; }

    public IModelSession CreateSession(int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);

        // Mappers build their getters lazily and not under a lock; running them needs none, for each row has its own.
        lock (_lock)
        {
            return new MicrosoftMLSession(_mapper, _inputSchema, Signature, maxBatchSize);
        }
    }

    public ValueTask DisposeAsync()
    {
        (_transformer as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Check(IReadOnlyList<TensorSpec> specs, DataViewSchema schema, string direction)
    {
        foreach (var spec in specs)
        {
            var column = schema.GetColumnOrNull(spec.Name) ?? throw new MlOpsException(
                ErrorCodes.ModelLoadFailed,
                $"The signature has the {direction} '{spec.Name}', which the ML.NET model has not; it has: {string.Join(", ", schema.Select(found => found.Name))}.");
            var actual = ColumnTypes.Describe(column);
            if (!ColumnTypes.Same(spec, actual))
            {
                throw new MlOpsException(ErrorCodes.ModelLoadFailed, $"The signature has the {direction} '{spec}', but in the ML.NET model it is '{actual}'.");
            }
        }
    }
}
