namespace MlOps.Registry;

/// <summary>The type of a model input's or output's elements.</summary>
public enum TensorElementType
{
    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>64-bit floating point.</summary>
    Float64,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Text.</summary>
    String,
}
