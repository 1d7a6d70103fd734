using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Writes one input of a model from what is predicted for.</summary>
internal abstract class InputBinding<TIn>(string name)
{
    public string Name { get; } = name;

    public abstract void Check(TensorSpec spec);

    public abstract void Write(TIn input, ModelTensor tensor, int row);
}

internal sealed class ScalarInput<TIn, T>(string name, Func<TIn, T> value) : InputBinding<TIn>(name)
{
    public override void Check(TensorSpec spec) => Binding.CheckType<T>(spec, scalar: true);

    public override void Write(TIn input, ModelTensor tensor, int row) => tensor.AsSpan<T>()[row] = value(input);
}

internal sealed class VectorInput<TIn, T>(string name, TensorWriter<TIn, T> write) : InputBinding<TIn>(name)
{
    public override void Check(TensorSpec spec) => Binding.CheckType<T>(spec, scalar: false);

    public override void Write(TIn input, ModelTensor tensor, int row)
    {
        var span = tensor.AsSpan<T>();
        var width = tensor.Spec.Shape.Count == 0 ? 1 : tensor.Spec.ElementsPerRow;
        write(input, span.Slice(row * width, width));
    }
}
