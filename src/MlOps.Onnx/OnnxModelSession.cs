using Microsoft.ML.OnnxRuntime;
using MlOps.Registry;
using MlOps.Serving;

namespace MlOps.Onnx;

/// <summary>One lane: preallocated buffers, and for each number of rows met so far a binding over them.</summary>
internal sealed class OnnxModelSession : IModelSession
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OnnxLane[] _inputs;
    private readonly OnnxLane[] _outputs;
    private readonly Bound?[] _bound;

    public OnnxModelSession(InferenceSession session, ModelSignature signature, int maxBatchSize)
    {
        _session = session;
        MaxBatchSize = maxBatchSize;
        _inputs = [.. signature.Inputs.Select(spec => OnnxLane.Create(spec, maxBatchSize))];
        _outputs = [.. signature.Outputs.Select(spec => OnnxLane.Create(spec, maxBatchSize))];
        Inputs = [.. _inputs.Select(lane => lane.Tensor)];
        Outputs = [.. _outputs.Select(lane => lane.Tensor)];
        _bound = new Bound?[maxBatchSize + 1];
    }

    public int MaxBatchSize { get; }

    public IReadOnlyList<ModelTensor> Inputs { get; }

    public IReadOnlyList<ModelTensor> Outputs { get; }

    public void Run(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MaxBatchSize);
        var bound = _bound[rows] ??= new Bound(_session, _inputs, _outputs, rows);
        for (var index = 0; index < _inputs.Length; index++)
        {
            _inputs[index].BeforeRun(bound.Inputs[index], rows);
        }

        _session.RunWithBinding(_options, bound.Binding);
        for (var index = 0; index < _outputs.Length; index++)
        {
            _outputs[index].AfterRun(bound.Outputs[index], rows);
        }
    }

    public void Dispose()
    {
        foreach (var bound in _bound)
        {
            bound?.Dispose();
        }

        _options.Dispose();
    }

    private sealed class Bound : IDisposable
    {
        public Bound(InferenceSession session, OnnxLane[] inputs, OnnxLane[] outputs, int rows)
        {
            Inputs = [.. inputs.Select(lane => lane.View(rows))];
            Outputs = [.. outputs.Select(lane => lane.View(rows))];
            Binding = session.CreateIoBinding();
            for (var index = 0; index < inputs.Length; index++)
            {
                Binding.BindInput(inputs[index].Tensor.Spec.Name, Inputs[index]);
            }

            for (var index = 0; index < outputs.Length; index++)
            {
                Binding.BindOutput(outputs[index].Tensor.Spec.Name, Outputs[index]);
            }
        }

        public OrtValue[] Inputs { get; }

        public OrtValue[] Outputs { get; }

        public OrtIoBinding Binding { get; }

        public void Dispose()
        {
            Binding.Dispose();
            foreach (var value in Inputs.Concat(Outputs))
            {
                value.Dispose();
            }
        }
    }
}
