using MlOps.Registry;

namespace MlOps.Serving.Tests;

/// <summary>
/// A model whose answer is its own version: an answer that does not fit the version that it names would come from a mix. It fails at NaN, and at
/// an infinite input it waits for the gate.
/// </summary>
internal sealed class EchoModel(EchoRuntime runtime, int version, ModelSignature signature) : IModel
{
    private volatile bool _disposed;

    public static ModelSignature TheSignature { get; } = SignatureOf("x");

    public static ModelSignature AnotherSignature { get; } = SignatureOf("y");

    public ModelSignature Signature => signature;

    private int Version => version;

    private EchoRuntime Runtime => runtime;

    public static ModelSignature SignatureOf(string input, string output = "version") => new()
    {
        Inputs = [new TensorSpec { Name = input, ElementType = TensorElementType.Float32 }],
        Outputs = [new TensorSpec { Name = output, ElementType = TensorElementType.Float32 }],
    };

    public IModelSession CreateSession(int maxBatchSize) => new Session(this, maxBatchSize);

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ValueTask.CompletedTask;
    }

    private sealed class Session(EchoModel model, int maxBatchSize) : IModelSession
    {
        public int MaxBatchSize => maxBatchSize;

        public IReadOnlyList<ModelTensor> Inputs { get; } = [new ModelTensor<float>(model.Signature.Inputs[0], new float[maxBatchSize])];

        public IReadOnlyList<ModelTensor> Outputs { get; } = [new ModelTensor<float>(model.Signature.Outputs[0], new float[maxBatchSize])];

        public void Run(int rows)
        {
            ObjectDisposedException.ThrowIf(model._disposed, model);
            var inputs = Inputs[0].AsSpan<float>()[..rows];
            if (inputs.Contains(float.PositiveInfinity))
            {
                model.Runtime.Running.Set();
                model.Runtime.Gate.Wait();
            }

            if (inputs.Contains(float.NaN))
            {
                throw new ArithmeticException("the engine cannot take NaN");
            }

            Outputs[0].AsSpan<float>()[..rows].Fill(model.Version);
        }

        public void Dispose()
        {
        }
    }
}
