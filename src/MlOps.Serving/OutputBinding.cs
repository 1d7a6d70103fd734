using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Makes an answer of one output of a model.</summary>
internal abstract class OutputBinding<TOut>(string name)
{
    public string Name { get; } = name;

    public abstract void Check(TensorSpec spec);

    public abstract TOut Read(ModelTensor tensor, int row);
}

internal sealed class ScalarOutput<T, TOut>(string name, Func<T, TOut> read) : OutputBinding<TOut>(name)
{
    public override void Check(TensorSpec spec) => Binding.CheckType<T>(spec, scalar: true);

    public override TOut Read(ModelTensor tensor, int row) => read(tensor.AsSpan<T>()[row]);
}

internal sealed class VectorOutput<T, TOut>(string name, TensorReader<T, TOut> read) : OutputBinding<TOut>(name)
{
    public override void Check(TensorSpec spec) => Binding.CheckType<T>(spec, scalar: false);

    public override TOut Read(ModelTensor tensor, int row)
    {
        var width = tensor.Spec.Shape.Count == 0 ? 1 : tensor.Spec.ElementsPerRow;
        return read(tensor.AsSpan<T>().Slice(row * width, width));
    }
}
