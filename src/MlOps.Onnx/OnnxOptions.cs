namespace MlOps.Onnx;

/// <summary>How ONNX Runtime runs models.</summary>
public sealed class OnnxOptions
{
    /// <summary>Threads within an operator. Default 1: the lanes of a server already use all cores, and more threads spin between calls.</summary>
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>Threads over operators. Default 1.</summary>
    public int InterOpThreads { get; set; } = 1;
}
