using Microsoft.ML.OnnxRuntime;
using MlOps.Registry;
using MlOps.Serving;

namespace MlOps.Onnx;

/// <summary>One inference session, shared by all lanes.</summary>
internal sealed class OnnxInferenceModel : IModel
{
    private readonly InferenceSession _session;

    public OnnxInferenceModel(InferenceSession session, ModelSignature expected)
    {
        _session = session;
        try
        {
            Signature = OnnxSignature.Of(session);
            if (expected.ToString() != Signature.ToString())
            {
                throw new MlOpsException(
                    ErrorCodes.ModelLoadFailed, $"The package's signature {expected} is not that of the ONNX model, {Signature}: register the model again.");
            }
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public ModelSignature Signature { get; }

    public IModelSession CreateSession(int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
        return new OnnxModelSession(_session, Signature, maxBatchSize);
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }
}
