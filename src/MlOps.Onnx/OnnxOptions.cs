namespace MlOps.Onnx;

/// <summary>How ONNX Runtime runs models.</summary>
public sealed class OnnxOptions
{
    /// <summary>The configuration section that binds to it.</summary>
    public const string SectionName = "MlOps:Onnx";

    /// <summary>Threads within an operator. Default 1: the lanes of a server already use all cores, and more threads spin between calls. 0 lets the engine choose.</summary>
    [AllowedRange(0, 1024)]
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>Threads over operators. Default 1; 0 lets the engine choose.</summary>
    [AllowedRange(0, 1024)]
    public int InterOpThreads { get; set; } = 1;
}
