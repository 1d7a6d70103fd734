using Microsoft.ML.OnnxRuntime;
using MlOps.Registry;
using MlOps.Serving;

namespace MlOps.Onnx;

/// <summary>A tensor's managed memory and the ways ONNX Runtime sees its first rows.</summary>
internal abstract class OnnxLane(ModelTensor tensor)
{
    public ModelTensor Tensor { get; } = tensor;

    /// <summary>Wraps the first rows of the buffer, or for strings makes native ones.</summary>
    public abstract OrtValue View(int rows);

    /// <summary>Carries strings to the native tensor before a run; numbers lie there already.</summary>
    public virtual void BeforeRun(OrtValue value, int rows)
    {
    }

    /// <summary>Carries strings from the native tensor after a run.</summary>
    public virtual void AfterRun(OrtValue value, int rows)
    {
    }

    public static OnnxLane Create(TensorSpec spec, int maxRows) => spec.ElementType switch
    {
        TensorElementType.Float32 => new Numbers<float>(spec, maxRows),
        TensorElementType.Float64 => new Numbers<double>(spec, maxRows),
        TensorElementType.Int32 => new Numbers<int>(spec, maxRows),
        TensorElementType.Int64 => new Numbers<long>(spec, maxRows),
        TensorElementType.Boolean => new Numbers<bool>(spec, maxRows),
        _ => new Texts(spec, new string[maxRows * spec.ElementsPerRow]),
    };

    private static long[] Shape(TensorSpec spec, int rows) => [rows, .. spec.Shape.Select(size => (long)size)];

    private sealed class Numbers<T> : OnnxLane
        where T : unmanaged
    {
        private readonly T[] _buffer;

        public Numbers(TensorSpec spec, int maxRows)
            : this(spec, GC.AllocateArray<T>(maxRows * spec.ElementsPerRow, pinned: true))
        {
        }

        private Numbers(TensorSpec spec, T[] buffer)
            : base(new ModelTensor<T>(spec, buffer)) => _buffer = buffer;

        public override OrtValue View(int rows) => OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, _buffer.AsMemory(0, rows * Tensor.Spec.ElementsPerRow), Shape(Tensor.Spec, rows));
    }

    private sealed class Texts(TensorSpec spec, string[] buffer) : OnnxLane(new ModelTensor<string>(spec, buffer))
    {
        public override OrtValue View(int rows) =>
            OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, Shape(Tensor.Spec, rows));

        public override void BeforeRun(OrtValue value, int rows)
        {
            for (var index = 0; index < rows * Tensor.Spec.ElementsPerRow; index++)
            {
                value.StringTensorSetElementAt((buffer[index] ?? "").AsSpan(), index);
            }
        }

        public override void AfterRun(OrtValue value, int rows)
        {
            for (var index = 0; index < rows * Tensor.Spec.ElementsPerRow; index++)
            {
                buffer[index] = value.GetStringElement(index);
            }
        }
    }
}
