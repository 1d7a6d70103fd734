using Microsoft.ML.OnnxRuntime;
using MlOps.Registry;
using OnnxType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace MlOps.Onnx;

/// <summary>Reads a signature from a model's own metadata; the first dimension is the batch.</summary>
internal static class OnnxSignature
{
    public static ModelSignature Of(InferenceSession session) => new()
    {
        Inputs = [.. session.InputNames.Select(name => Describe(name, session.InputMetadata[name]))],
        Outputs = [.. session.OutputNames.Select(name => Describe(name, session.OutputMetadata[name]))],
    };

    private static TensorSpec Describe(string name, NodeMetadata node)
    {
        if (!node.IsTensor && !node.IsString)
        {
            throw Unsupported(name, $"is a {node.OnnxValueType}", "export the model so that it gives tensors (for classifiers: without ZipMap)");
        }

        var dimensions = node.Dimensions;
        if (dimensions.Length == 0 || dimensions[0] > 0)
        {
            throw Unsupported(name, $"has the shape [{string.Join(", ", dimensions)}]", "export the model with a dynamic first (batch) dimension");
        }

        if (dimensions.Skip(1).Any(size => size < 0))
        {
            throw Unsupported(name, $"has the shape [{string.Join(", ", dimensions)}]", "export the model with all but the first dimension fixed");
        }

        return new TensorSpec { Name = name, ElementType = ElementType(name, node), Shape = dimensions[1..] };
    }

    private static TensorElementType ElementType(string name, NodeMetadata node) => node.ElementDataType switch
    {
        OnnxType.Float => TensorElementType.Float32,
        OnnxType.Double => TensorElementType.Float64,
        OnnxType.Int32 => TensorElementType.Int32,
        OnnxType.Int64 => TensorElementType.Int64,
        OnnxType.Bool => TensorElementType.Boolean,
        OnnxType.String => TensorElementType.String,
        var other => throw Unsupported(name, $"holds {other} elements", "use float, double, int32, int64, bool or string"),
    };

    private static MlOpsException Unsupported(string name, string what, string remedy) => new(
        ErrorCodes.ModelLoadFailed, $"The ONNX model's '{name}' {what}, which cannot be served: {remedy}.");
}
