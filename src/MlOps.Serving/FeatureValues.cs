using MlOps.Features;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Carries values between features and tensors.</summary>
internal static class FeatureValues
{
    public static void Write(FeatureValue value, ModelTensor tensor, int row)
    {
        switch (tensor.Spec.ElementType)
        {
            case TensorElementType.Float32:
                tensor.AsSpan<float>()[row] = (float)Number(value, tensor);
                break;
            case TensorElementType.Float64:
                tensor.AsSpan<double>()[row] = Number(value, tensor);
                break;
            case TensorElementType.Int32:
                tensor.AsSpan<int>()[row] = checked((int)Integer(value, tensor));
                break;
            case TensorElementType.Int64:
                tensor.AsSpan<long>()[row] = Integer(value, tensor);
                break;
            case TensorElementType.Boolean:
                tensor.AsSpan<bool>()[row] = Number(value, tensor) is not (0 or double.NaN);
                break;
            default:
                tensor.AsSpan<string>()[row] = value.AsText() ?? "";
                break;
        }
    }

    public static FeatureValue Read(ModelTensor tensor, int element) => tensor.Spec.ElementType switch
    {
        TensorElementType.Float32 => tensor.AsSpan<float>()[element],
        TensorElementType.Float64 => tensor.AsSpan<double>()[element],
        TensorElementType.Int32 => tensor.AsSpan<int>()[element],
        TensorElementType.Int64 => tensor.AsSpan<long>()[element],
        TensorElementType.Boolean => tensor.AsSpan<bool>()[element],
        _ => tensor.AsSpan<string>()[element],
    };

    // A missing number is NaN by FeatureValue's own rule; a text or an instant would be NaN too, and that would hide a mistake.
    private static double Number(FeatureValue value, ModelTensor tensor) =>
        value.Kind is FeatureValueKind.Text or FeatureValueKind.Time ? throw Mismatch(value, tensor) : value.AsNumber();

    private static long Integer(FeatureValue value, ModelTensor tensor)
    {
        var number = Number(value, tensor);
        return double.IsNaN(number) || number is >= 9.2233720368547758e18 or < -9.2233720368547758e18
            || (tensor.Spec.ElementType == TensorElementType.Int32 && number is > int.MaxValue or < int.MinValue)
            ? throw Mismatch(value, tensor)
            : (long)number;
    }

    private static MlOpsException Mismatch(FeatureValue value, ModelTensor tensor) => new(
        ErrorCodes.SignatureMismatch,
        $"The feature '{tensor.Spec.Name}' is {(value.IsMissing ? "missing" : value.Kind)}, which the model's {tensor.Spec.ElementType} input cannot hold: "
        + "define the feature as a number, or train the model on a type that can say what is missing.");
}
