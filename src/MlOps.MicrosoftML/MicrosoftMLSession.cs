using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Registry;
using MlOps.Serving;

namespace MlOps.MicrosoftML;

/// <summary>One lane: an input row over the session's buffers, and the model's output row over that.</summary>
internal sealed class MicrosoftMLSession : IModelSession
{
    private readonly BufferRow _input;
    private readonly DataViewRow _output;
    private readonly Action<int>[] _copies;

    public MicrosoftMLSession(IRowToRowMapper mapper, DataViewSchema inputSchema, ModelSignature signature, int maxBatchSize)
    {
        MaxBatchSize = maxBatchSize;
        _input = new BufferRow(inputSchema);
        Inputs = [.. signature.Inputs.Select(spec => AddInput(spec, inputSchema[spec.Name]))];
        var columns = signature.Outputs.Select(spec => mapper.OutputSchema[spec.Name]).ToArray();
        _output = mapper.GetRow(_input, columns);
        var outputs = signature.Outputs.Zip(columns, AddOutput).ToArray();
        Outputs = [.. outputs.Select(output => output.Tensor)];
        _copies = [.. outputs.Select(output => output.Copy)];
    }

    public int MaxBatchSize { get; }

    public IReadOnlyList<ModelTensor> Inputs { get; }

    public IReadOnlyList<ModelTensor> Outputs { get; }

    public void Run(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MaxBatchSize);
        for (var row = 0; row < rows; row++)
        {
            _input.MoveTo(row);
            foreach (var copy in _copies)
            {
                copy(row);
            }
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _input.Dispose();
    }

    private ModelTensor AddInput(TensorSpec spec, DataViewSchema.Column column)
    {
        switch (spec.ElementType)
        {
            case TensorElementType.Float32 when spec.Shape.Count > 0:
                var (vectors, width) = (new float[MaxBatchSize * spec.ElementsPerRow], spec.ElementsPerRow);
                _input.SetGetter(column, (ref VBuffer<float> value) =>
                {
                    var editor = VBufferEditor.Create(ref value, width);
                    vectors.AsSpan(_input.Row * width, width).CopyTo(editor.Values);
                    value = editor.Commit();
                });
                return new ModelTensor<float>(spec, vectors);
            case TensorElementType.Float32:
                return AddScalar<float>(spec, column);
            case TensorElementType.Float64:
                return AddScalar<double>(spec, column);
            case TensorElementType.Int32:
                return AddScalar<int>(spec, column);
            case TensorElementType.Int64:
                return AddScalar<long>(spec, column);
            case TensorElementType.Boolean:
                return AddScalar<bool>(spec, column);
            default:
                var texts = new string[MaxBatchSize];
                _input.SetGetter(column, (ref ReadOnlyMemory<char> value) => value = texts[_input.Row].AsMemory());
                return new ModelTensor<string>(spec, texts);
        }
    }

    private ModelTensor<T> AddScalar<T>(TensorSpec spec, DataViewSchema.Column column)
    {
        var buffer = new T[MaxBatchSize];
        _input.SetGetter(column, (ref T value) => value = buffer[_input.Row]);
        return new ModelTensor<T>(spec, buffer);
    }

    private (ModelTensor Tensor, Action<int> Copy) AddOutput(TensorSpec spec, DataViewSchema.Column column)
    {
        switch (spec.ElementType)
        {
            case TensorElementType.Float32 when spec.Shape.Count > 0:
                var (vectors, width) = (new float[MaxBatchSize * spec.ElementsPerRow], spec.ElementsPerRow);
                var vectorGetter = _output.GetGetter<VBuffer<float>>(column);
                VBuffer<float> vector = default;
                return (new ModelTensor<float>(spec, vectors), row =>
                {
                    vectorGetter(ref vector);
                    vector.CopyTo(vectors.AsSpan(row * width, width));
                }
                );
            case TensorElementType.Float32:
                return AddScalarOutput<float>(spec, column);
            case TensorElementType.Float64:
                return AddScalarOutput<double>(spec, column);
            case TensorElementType.Int32:
                return AddScalarOutput<int>(spec, column);
            case TensorElementType.Int64:
                return AddScalarOutput<long>(spec, column);
            case TensorElementType.Boolean:
                return AddScalarOutput<bool>(spec, column);
            default:
                var texts = new string[MaxBatchSize];
                var textGetter = _output.GetGetter<ReadOnlyMemory<char>>(column);
                ReadOnlyMemory<char> text = default;
                return (new ModelTensor<string>(spec, texts), row =>
                {
                    textGetter(ref text);
                    texts[row] = text.ToString();
                }
                );
        }
    }

    private (ModelTensor Tensor, Action<int> Copy) AddScalarOutput<T>(TensorSpec spec, DataViewSchema.Column column)
    {
        var buffer = new T[MaxBatchSize];
        var getter = _output.GetGetter<T>(column);
        return (new ModelTensor<T>(spec, buffer), row => getter(ref buffer[row]));
    }
}
